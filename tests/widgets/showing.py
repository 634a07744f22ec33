"""Shows one widget in an app of its own and reads what the screen says."""

import html
import re
from collections.abc import Iterator

from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.widget import Widget

BAD_TEXTS = (
    "[/]",
    "buy [milk]",
    "A[/]B [b",
    "[@click=app.quit]x[/]",
    "a\x1b]0;title\x07b",
    "\x1b]52;c;aGk=\x07",
    "\x1b[2Jgone",
    "\x9b31mC1\x85",
    "a\u202eb\u2066c",
    "nul\x00 and\r\nBcc: x\u2028y",
    "$(id) %s {0} <b>&",
    "👩‍👩‍👧‍👦 e\u0301",
    "日本語日本語日本語",
    "\ud800",
    "x" * 5000,
)
ACTIVE = {*map(chr, (*range(32), *range(0x7F, 0xA0))), "\u202e", "\u2066", "\u2028", "\ud800"}


class Showing(App[None]):
    """An app of one widget."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget

    def compose(self) -> ComposeResult:
        yield self.widget


_TEXT = re.compile(
    r'<text[^>]* x="([\d.]+)" y="([\d.]+)" textLength[^>]*>([^<]*)</text>', re.DOTALL
)
_CELL, _LINE = 12.2, 24.4


IDS = tuple(f"text{at}" for at in range(len(BAD_TEXTS)))


def lines(app: App[None], widget: Widget | None = None) -> list[str]:
    """Return what the screen shows, or the lines of it that `widget` has.

    Read from the picture the app makes of itself. A wide character is one character here.
    """
    screen = [""] * app.size.height
    for x, y, text in _TEXT.findall(app.export_screenshot(simplify=False)):
        row = round((float(y) - 20) / _LINE)
        written = html.unescape(text).replace("\xa0", " ").removesuffix("\n")
        missing = round(float(x) / _CELL) - cell_len(screen[row])
        screen[row] += " " * max(missing, 0) + written
    region = widget.region if widget else app.screen.region
    return screen[region.y : region.bottom]


def shown(app: App[None], widget: Widget | None = None) -> str:
    """Return the same as one text."""
    return "\n".join(line.rstrip() for line in lines(app, widget))


def active(app: App[None]) -> set[str]:
    """Return the characters on the screen that a terminal would obey."""
    return {character for line in lines(app) for character in line} & ACTIVE


def letters(text: str) -> Iterator[str]:
    """Return the keys that type `text`."""
    return ("space" if character == " " else character for character in text)
