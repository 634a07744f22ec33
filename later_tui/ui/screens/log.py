"""The last lines of the log."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from later_tui.ui import keymap
from later_tui.ui.logbook import last_lines
from later_tui.ui.rereading import Rereading
from later_tui.ui.screens.panel import Panel
from later_tui.widgets.cells import apart, clean
from later_tui.widgets.hints import Hint

REFRESH_S = 2.0


class LogScreen(Panel[None]):
    """A panel that shows what was logged, the newest at the bottom; it keeps itself current."""

    KEYS: ClassVar[tuple[keymap.Key, ...]] = (*keymap.LOG_KEYS, *keymap.PANEL_KEYS)
    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings(KEYS)]

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._lines: list[str] | None = None
        self._shown = Static("", markup=False, id="lines")

    def compose(self) -> ComposeResult:
        with Vertical(classes="panel wide log"):
            with self.scroller:
                yield self._shown
            yield self.hints

    def on_mount(self) -> None:
        self.query_one(".panel").border_title = "log"
        self.query_one(".panel").border_subtitle = Content(clean(str(self._path)))
        Rereading(self, self._reread, REFRESH_S)

    def offers(self) -> Sequence[Hint]:
        return keymap.hints(self, keymap.LOG_KEYS, ["log.close"])

    async def _reread(self) -> None:
        try:
            lines = await asyncio.to_thread(last_lines, self._path)
        except OSError as error:
            lines = [f"the log cannot be read: {(error.strerror or str(error)).lower()}"]
        if lines == self._lines:
            return
        self._lines = lines
        scroll = self.scroller
        at_end = scroll.scroll_offset.y >= scroll.max_scroll_y - 1
        text = Content("\n").join(_content(apart(line)) for line in lines)
        self._shown.update(
            text if lines else Content.styled("Nothing has gone wrong yet.", "$text-muted")
        )
        self.offer()
        if at_end:
            self.call_after_refresh(scroll.scroll_end, animate=False)


def _content(line: str) -> Content:
    """Return a line with its time faint, and with what was bad in the colour of that."""
    when, blank, rest = line.partition(" ")
    if not (blank and when[:4].isdigit() and "T" in when):
        return Content.styled(line, "$text-muted")
    level, _, words = rest.partition(" ")
    colours = {"WARNING": "$warning", "ERROR": "$error", "CRITICAL": "$error"}
    if level not in (*colours, "INFO", "DEBUG"):
        level, words = "", rest
    told = Content.styled(f"{level.lower():<8} ", colours.get(level, "$text-muted"))
    return Content.styled(f"{when} ", "$text-muted") + told + Content.styled(words, "$foreground")
