"""Reminders, one a line: the sealed window or the day, the thought, its tags, its channels.

Try it: `python -m later_tui.widgets.reminder_list`
"""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import ClassVar

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip

from later_tui.widgets.cells import clean
from later_tui.widgets.ink import ground, ink
from later_tui.widgets.row import BAR, MARK, Columns, Inks, Row, RowTone, draw
from later_tui.widgets.virtual_list import VirtualList


class ReminderList(VirtualList):
    """A virtual list of reminders; narrow ones fold the channels away, then the tags."""

    DEFAULT_CSS = """
    ReminderList {
        & > .reminder-list--plain { color: $secondary; }
        & > .reminder-list--good { color: $success; }
        & > .reminder-list--soft { color: $text-muted; }
        & > .reminder-list--warn { color: $warning; }
        & > .reminder-list--bad { color: $error; }
        & > .reminder-list--open { color: $accent; text-style: bold; }
        & > .reminder-list--text { color: $foreground; }
        & > .reminder-list--note { color: $text-muted; }
        & > .reminder-list--end { color: $text-muted; }
        & > .reminder-list--bar { color: $primary; }
        & > .reminder-list--cursor { background: $boost; }
        &:ansi > .reminder-list--cursor { text-style: reverse; }
        & > .reminder-list--hover { background: $surface; }
        & > .reminder-list--empty-title { color: $foreground; text-style: bold; }
        & > .reminder-list--empty { color: $text-muted; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"reminder-list--{tone}" for tone in RowTone),
        "reminder-list--text",
        "reminder-list--note",
        "reminder-list--end",
        "reminder-list--bar",
        "reminder-list--cursor",
        "reminder-list--hover",
        "reminder-list--empty",
        "reminder-list--empty-title",
    }

    def __init__(
        self,
        *,
        name: str | None = None,
        lead: int = 20,
        mark: int = 0,
        note: int = 26,
        end: int = 18,
        grouped: bool = False,
        empty: Sequence[str] = (),
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Make a list without rows.

        `lead`, `mark`, `note`, `end` are the widths of the columns in cells, gaps included.
        `grouped` writes a first column only where it differs from the row above.
        `empty` are the lines that are shown when there is nothing to show.
        `clock` says when a row has been under the cursor for long enough to be meant, s.
        """
        super().__init__(name=name, clock=clock)
        self._widths = (lead, mark, note, end)
        self._grouped = grouped
        self._empty = tuple(empty)
        self._notice: tuple[str, ...] = ()
        self._opened = ("", "")
        self._marks: frozenset[str] = frozenset()

    def set_marks(self, keys: frozenset[str]) -> None:
        """Show the rows with these keys as marked."""
        if keys != self._marks:
            self._marks = keys
            self.refresh()

    def set_empty(self, lines: Sequence[str]) -> None:
        """Say `lines` when there is nothing to show."""
        self._empty = tuple(lines)
        self.refresh()

    def set_notice(self, lines: Sequence[str]) -> None:
        """Say `lines` for as long as it is not known how many rows there are."""
        self._notice = tuple(lines)
        self.refresh()

    @property
    def unsealed(self) -> str:
        """The key of the row whose first column was replaced by `unseal`, or empty."""
        return self._opened[0]

    def unseal(self, key: str, lead: str) -> None:
        """Write `lead` into the first column of one row, until `seal`."""
        self._opened = (key, lead)
        self.refresh()

    def seal(self) -> None:
        """Show every row as it is."""
        if self.unsealed:
            self.unseal("", "")

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if not self.total:
            return self._empty_line(y, width)
        index = self.scroll_offset.y + y
        if index >= self.total:
            return Strip.blank(width, self.rich_style)
        base = self.rich_style
        at_cursor = index == self.cursor
        if at_cursor:
            base += ground(self, "reminder-list--cursor")
            if base.reverse and not self.has_focus:
                base += Style(reverse=False, bold=True)
        elif index == self.hovered:
            base += ground(self, "reminder-list--hover")
        row = self.row_at(index)
        if row is None:
            line = Strip([Segment("  ·", base + ink(self, "reminder-list--soft"))])
            return line.adjust_cell_length(width, base)
        if row.key == self.unsealed:
            row = row._replace(lead=self._opened[1], tone=RowTone.OPEN)
        bar = MARK if row.key in self._marks else BAR if at_cursor and self.has_focus else " "
        strip = draw(
            row, self._columns, self._inks(row, base), bar=bar, lead=self._lead(row, index, y)
        )
        return strip.adjust_cell_length(width, base)

    @property
    def _columns(self) -> Columns:
        return Columns.of(self.size.width, *self._widths)

    def _lead(self, row: Row, index: int, y: int) -> str:
        above = self.row_at(index - 1)
        if self._grouped and y > 0 and above is not None and above.lead == row.lead:
            return ""
        return row.lead

    def _inks(self, row: Row, base: Style) -> Inks:
        def on_base(name: str) -> Style:
            # Reversed, each colour would be a ground of its own: the row is of one colour then.
            return base if base.reverse else base + ink(self, f"reminder-list--{name}")

        tone = on_base(row.tone)
        lead = tone if not self._widths[1] or row.tone is RowTone.OPEN else on_base("soft")
        text = on_base("text")
        return Inks(on_base("bar"), lead, tone, text, on_base("note"), on_base("end"))

    def _empty_line(self, y: int, width: int) -> Strip:
        lines = _wrapped(self._notice if self.total is None else self._empty, width - 4)
        at = y - max((self.visible_height - len(lines)) // 3, 0)
        if not 0 <= at < len(lines):
            return Strip.blank(width, self.rich_style)
        first, text = lines[at]
        name = "reminder-list--empty-title" if first else "reminder-list--empty"
        line = Segment(text, self.rich_style + ink(self, name))
        pad = Segment(" " * max((width - line.cell_length) // 2, 0), self.rich_style)
        return Strip([pad, line]).adjust_cell_length(width, self.rich_style)


def _wrapped(lines: Sequence[str], width: int) -> list[tuple[bool, str]]:
    """Return `lines` as they fit, each with whether it is of the first one."""
    width = max(width, 1)
    console = Console(width=width)
    return [
        (at == 0, part.plain.rstrip())
        for at, line in enumerate(lines)
        for part in Text(clean(line)).wrap(console, width)
    ]


def _demo() -> None:
    from textual.app import App, ComposeResult

    def row(index: int) -> Row:
        return Row(
            key=str(index),
            lead=f"before {index // 24 + 1} Dec",
            text=f"thought number {index}: look at the tide tables of the coast again",
            note="#sea #kitchen" if index % 3 else "",
            end="desktop",
        )

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            yield ReminderList()

        def on_mount(self) -> None:
            self.query_one(ReminderList).set_total(1_000_000)

        def on_virtual_list_rows_needed(self, message: ReminderList.RowsNeeded) -> None:
            message.list.set_rows(message.rows.start, [row(index) for index in message.rows])

    Demo().run()


if __name__ == "__main__":
    _demo()
