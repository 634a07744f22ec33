"""The table `[channel.desktop]` of the configuration."""

import re
from dataclasses import dataclass
from typing import Annotated, Literal

from later_tui.channels.option_types import Check


def _sound_name(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", name):
        raise ValueError('the name of a sound in the desktop\'s sound theme, such as "bell"')
    return name


@dataclass(frozen=True, slots=True, kw_only=True)
class DesktopOptions:
    """What can be set about the desktop."""

    stay: bool = True
    """Whether a pop-up stays until it is answered or dismissed, or as long as others do."""
    urgency: Literal["low", "normal", "critical"] = "normal"
    """How much it may disturb; what comes of it is the desktop's own choice."""
    sound: bool | None = None
    """Whether a sound is played with it; without this, as the desktop is set."""
    sound_name: Annotated[str, Check(_sound_name)] | None = None
    """Which sound is played, by its name in the desktop's sound theme."""
    terminal: Literal["auto", "osc-99", "osc-777", "osc-9", "off"] = "auto"
    """How to ask the terminal for a notification: by what it is, by one of the three, never."""
