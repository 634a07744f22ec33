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
from later_tui.widgets.read_lines import ReadLine, ReadLines

SHOWN = 200
"""How many lines are shown; the others are counted, as many at a time."""
CHARACTERS = 1_000
"""How much is shown of a line: nobody reads more, and to break it into lines takes its time."""
SLIM = 70
"""In a terminal of fewer columns the keys have shorter names, so that all of them are there."""


class PastedScreen(Panel[str]):
    """Gives "many" (each line is a thought), "one" (all of them are one), or "" (neither)."""

    KEYS: ClassVar[tuple[keymap.Key, ...]] = (*keymap.PASTED_KEYS, *keymap.PANEL_KEYS)
    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings(KEYS)]
    HINT_LINES: ClassVar[int] = 2

    HOLDS_WORDS: ClassVar[bool] = True

    def __init__(self, session: Session, lines: tuple[str, ...], ticked: int = 0) -> None:
        """`lines` are what may be kept; `ticked` others are done and left out."""
        super().__init__()
        self._ticked = ticked
        self._session = session
        self._lines = lines
        self._bad = 0
        """How many cannot be read, as far as that is known."""
        self._read_lines = ReadLines(more="reading…")
        self._frame = Vertical(classes="panel")

    def compose(self) -> ComposeResult:
        with self._frame:
            with self.scroller:
                yield self._read_lines
            yield self.hints

    def on_mount(self) -> None:
        self._entitle()
        self.offer()
        self._show()

    def offers(self) -> Sequence[Hint]:
        hints = keymap.hints(self, keymap.PASTED_KEYS, [key.id for key in keymap.PASTED_KEYS])
        labels = {"pasted.many": self._keeps()}
        if self.app.size.width < SLIM:
            labels["pasted.one"] = "as one"
        return [hint._replace(label=labels.get(hint.action) or hint.label) for hint in hints]

    def action_choose(self, how: str) -> None:
        """Close, and say how the list is meant."""
        leave(self, how)

    def _keeps(self) -> str:
        """Return what the key for all does, where it does less than to keep all; else nothing."""
        if not self._bad:
            return "keep all" if self.app.size.width < SLIM else ""
        good = len(self._lines) - self._bad
        return f"keep {good:,}" if good else "put into the box"

    def _entitle(self) -> None:
        count, bad = len(self._lines), self._bad
        ticked = f"{self._ticked:,} ticked off {'is' if self._ticked == 1 else 'are'} left out"
        if not bad:
            self._frame.border_title = f"{count:,} thoughts?"
            self._frame.border_subtitle = ticked if self._ticked else ""
            return
        good = count - bad
        thoughts = f"{good:,} thought{'' if good == 1 else 's'}? " if good else ""
        self._frame.border_title = f"{thoughts}{bad:,} {'is' if bad == 1 else 'are'} not read"
        which = f"the {bad:,} not read go" if bad > 1 else "what is not read goes"
        into_box = f"{which} into the box"
        self._frame.border_subtitle = f"{into_box}, {ticked}" if self._ticked else into_box

    @work(exclusive=True)
    async def _show(self) -> None:
        more = len(self._lines) - SHOWN
        # In a thread: the first date costs the import of a date parser.
        shown = await asyncio.to_thread(self._read, self._lines[:SHOWN])
        self._read_lines.show(shown, more=f"… and {more:,} more" if more > 0 else "")
        self._count(shown)
        for at in range(SHOWN, len(self._lines), SHOWN):
            self._count(await asyncio.to_thread(self._read, self._lines[at : at + SHOWN]))

    def _count(self, lines: Sequence[ReadLine]) -> None:
        self._bad += sum(bool(line.fault) for line in lines)
        self._entitle()
        self.offer()

    def _read(self, lines: Sequence[str]) -> list[ReadLine]:
        return list(self._told(lines))

    def _told(self, lines: Sequence[str]) -> Iterator[ReadLine]:
        reading, times = self._session.reading, self._session.settings.times
        for words in lines:
            try:
                draft = read(words, reading)
            except BadInputError as error:
                yield ReadLine("not read", _beginning(words), fault=str(error))
            else:
                said = before(draft.window, reading.now, reading.zone, times)
                yield ReadLine(said, _thought(draft), tuple(_besides(draft)))


def _thought(draft: Draft) -> str:
    """Return the thought, without the comma that set it off from its clauses."""
    return _beginning(draft.text.rstrip(" ,;") if draft.clauses else draft.text)


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
