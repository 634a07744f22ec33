"""A list that was pasted, before it is kept: what is read of each line, and one key for all."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from later_tui.domain.errors import BadInputError
from later_tui.domain.grammar import Draft, read
from later_tui.domain.wording import before
from later_tui.ui import keymap
from later_tui.ui.screens.leaving import leave
from later_tui.ui.screens.panel import Panel
from later_tui.ui.session import Session
from later_tui.ui.wording import every_text
from later_tui.widgets.hints import Hint
from later_tui.widgets.labelled import Labelled
from later_tui.widgets.labelled import LabelledLine as Line

SHOWN = 200
CHARACTERS = 1_000
"""How much is shown of a line: nobody reads more, and to break it into lines takes its time."""
NOT_READ = "not read"


class PastedScreen(Panel[str]):
    """Gives "many" (each line is a thought), "one" (all of them are one), or "" (neither)."""

    KEYS: ClassVar[tuple[keymap.Key, ...]] = (*keymap.PASTED_KEYS, *keymap.PANEL_KEYS)
    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings(KEYS)]

    HOLDS_WORDS: ClassVar[bool] = True

    def __init__(self, session: Session, lines: tuple[str, ...]) -> None:
        super().__init__()
        self._session = session
        self._lines = lines
        self._labelled = Labelled([Line("", "reading…", "soft")])
        self._frame = Vertical(classes="panel")

    def compose(self) -> ComposeResult:
        with self._frame:
            with self.scroller:
                yield self._labelled
            yield self.hints

    def on_mount(self) -> None:
        self._frame.border_title = f"{len(self._lines):,} thoughts?"
        self._show()

    def offers(self) -> Sequence[Hint]:
        return keymap.hints(self, keymap.PASTED_KEYS, [key.id for key in keymap.PASTED_KEYS])

    def action_choose(self, how: str) -> None:
        """Close, and say how the list is meant."""
        leave(self, how)

    @work(exclusive=True)
    async def _show(self) -> None:
        # In a thread: the first date costs the import of a date parser.
        lines = await asyncio.to_thread(lambda: list(self._read()))
        more = len(self._lines) - SHOWN
        if more > 0:
            lines.append(Line("", f"… and {more:,} more", "soft"))
        self._labelled.show(lines)
        if bad := sum(line.label == NOT_READ for line in lines):
            stay = "stays" if bad == 1 else "stay"
            self._frame.border_subtitle = f"{bad} {stay} in the box"
        self.offer()

    def _read(self) -> Iterator[Line]:
        reading, times = self._session.reading, self._session.settings.times
        for words in self._lines[:SHOWN]:
            try:
                draft = read(words, reading)
            except BadInputError as error:
                yield Line(NOT_READ, _beginning(words), "warn")
                yield Line("", str(error), "soft")
            else:
                said = before(draft.window, reading.now, reading.zone, times)
                yield Line(said, " · ".join((_beginning(draft.text), *_besides(draft))))


def _beginning(words: str) -> str:
    return words if len(words) <= CHARACTERS else f"{words[:CHARACTERS]}…"


def _besides(draft: Draft) -> Iterator[str]:
    """Yield what else was read of a line."""
    if draft.every:
        yield every_text(draft.every)
    if draft.count > 1:
        yield f"{draft.count} times"
    if draft.between:
        yield f"between {draft.between}"
    if draft.tags:
        yield " ".join(f"#{tag}" for tag in draft.tags)
    if draft.route:
        yield f"via {draft.route}"
