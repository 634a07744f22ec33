"""Which theme the app puts on, and what else fits it to the terminal's colours."""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import App
from textual.filter import LineFilter

from later_tui.ui.themes import THEMES

if TYPE_CHECKING:
    from later_tui.config.settings import Settings

logger = logging.getLogger(__name__)

EVERY_COLOUR = "truecolor"
"""What Rich calls a terminal that shows any colour."""


def dress(app: App[None], settings: "Settings") -> None:
    """Take the themes there are, and put on the one that is wanted. Raises ConfigError."""
    for theme in THEMES:
        app.register_theme(theme)
    if settings.theme in app.available_themes and not settings.themes_dir.is_dir():
        app.theme = settings.theme
        return
    from later_tui.ui.theme_files import find_themes, unknown_theme

    found = find_themes(settings.themes_dir, app.available_themes)
    for theme in found.themes:
        app.register_theme(theme)
    if settings.theme not in app.available_themes:
        raise unknown_theme(settings.theme, app.available_themes, found.faults)
    for fault in found.faults.values():
        logger.warning("%s", fault)
    app.theme = settings.theme


def make_do(app: App[None], settings: "Settings") -> Sequence[LineFilter]:
    """Return what brings the drawn lines down to the colours that the terminal has.

    Where it has too few for any of ours, put on those that are its own.
    """
    system = app.console.color_system
    if system in (None, EVERY_COLOUR):
        return ()
    from later_tui.ui.few_colours import filters, theme

    app.theme = theme(settings, system)
    return filters(system)
