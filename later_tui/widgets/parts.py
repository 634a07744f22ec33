"""How the parts of a bar are told apart: by their inks, or where those cannot, by shape."""

from rich.segment import Segment
from rich.style import Style
from textual.widget import Widget

PARTS = ("first", "second", "third")
SHADES = "█▒░"
"""The parts of an upright bar by shape."""
LINES = "━═┄"
"""The parts of a lying bar by shape."""
_FEW = (None, "standard", "windows")
"""The colour systems in which inks that differ may become one: sixteen colours, or none."""


def by_shape(widget: Widget) -> bool:
    """Return whether the inks of parts may look alike where `widget` is shown."""
    app = widget.app
    # Without a terminal (tests, pictures) every colour is drawn, whatever $TERM says.
    few = not app.is_headless and app.console.color_system in _FEW
    return app.no_color or app.native_ansi_color or few


def full(ink: Style, width: int = 1) -> Segment:
    """Return `width` cells full of an ink's colour.

    They are blanks on it: the full block of many a font leaves a seam between two lines.
    """
    return Segment(" " * width, Style(bgcolor=ink.color))
