"""The table `[channel.desktop]` of the configuration."""

from collections.abc import Mapping
from dataclasses import dataclass

from later_tui.domain.errors import ConfigError

TERMINALS = ("auto", "osc-99", "osc-777", "osc-9", "off")


@dataclass(frozen=True, slots=True)
class Options:
    """What can be set about the desktop."""

    stay: bool = True
    """Whether a pop-up stays until it is answered or dismissed, or as long as others do."""
    terminal: str = "auto"
    """How to ask the terminal for a notification: by what it is, by one of the three, never."""


def read_options(table: Mapping[str, object]) -> Options:
    """Return the options. Raises ConfigError: an unknown key, or a wrong value."""
    stay: object = True
    terminal: object = "auto"
    for key, value in table.items():
        if key == "stay":
            stay = value
        elif key == "terminal":
            terminal = value
        else:
            raise ConfigError(
                f"[channel.desktop] has an unknown key {key!r}; known are stay and terminal"
            )
    if not isinstance(stay, bool):
        raise ConfigError(f"[channel.desktop] stay must be true or false, not {stay!r}")
    if not isinstance(terminal, str) or terminal not in TERMINALS:
        raise ConfigError(
            f"[channel.desktop] terminal must be one of {', '.join(TERMINALS)}, not {terminal!r}"
        )
    return Options(stay, terminal)
