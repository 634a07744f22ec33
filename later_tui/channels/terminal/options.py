"""The table `[channel.terminal]` of the configuration."""

from dataclasses import dataclass
from typing import Annotated, Literal

from later_tui.channels.option_types import Check


def _device(path: str) -> str:
    if not path.startswith("/dev/"):
        raise ValueError('the path of a terminal, such as "/dev/pts/3" (the command tty says it)')
    return path


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalOptions:
    """What can be set about the terminal."""

    escape: Literal["auto", "osc-99", "osc-777", "osc-9", "line", "bell"] = "auto"
    """How to tell the terminal: by what it is, or always by one of these."""
    bell: bool = True
    """Whether the bell rings with it."""
    tty: Annotated[str, Check(_device)] | None = None
    """The terminal that a worker without the app writes to; without it, the one it runs in."""
