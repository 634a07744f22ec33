"""What the pictures and the recorded session have in common."""

from pathlib import Path
from typing import Any

from textual.app import App
from textual.widgets import Input, TextArea

from later_tui.config.settings import Settings
from tests.ui import stage


def settings_in(folder: Path) -> Settings:
    """Return settings with everything in `folder`."""
    return Settings(
        user="ada",
        timezone=stage.ZONE,
        quiet=stage.QUIET,
        data_dir=folder / "data",
        state_dir=folder / "state",
        config_file=folder / "config.toml",
    )


def still(app: App[Any]) -> None:
    """Keep cursors from blinking: a picture must not depend on when it is taken."""
    for box in app.screen.query(Input):
        box.cursor_blink = False
    for area in app.screen.query(TextArea):
        area.cursor_blink = False


def typed(words: str) -> tuple[str, ...]:
    """Return the keys that type `words`."""
    return tuple("space" if letter == " " else letter for letter in words)
