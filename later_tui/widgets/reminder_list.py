"""Reminders, one a line: the sealed window or the day, the thought, its tags, its channels.

Try it: `python -m later_tui.widgets.reminder_list`
"""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from later_tui.widgets.cells import cells, clean
from later_tui.widgets.ink import ground, ink
from later_tui.widgets.list_columns import Columns, Extent
from later_tui.widgets.list_drawing import BAR, MARK, NEARLY, Inks, draw
from later_tui.widgets.row import Row, RowTone
from later_tui.widgets.virtual_list import VirtualList
from later_tui.widgets.wrapping import wrapped


class ReminderList(VirtualList):
    """A virtual list of reminders; narrow ones leave the channels out, then the tags."""

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
        lead: int = 16,
        mark: int = 0,
        grouped: bool = False,
        empty: Sequence[str] = (),
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Make a list without rows.

        `lead` and `mark` are the cells that the first two columns have at least: they do not move
        when something comes that is not wider. The others are as wide as what stands in them.
        `grouped` writes a first column only where it differs from the row above.
        `empty` are the lines that are shown when there is nothing to show.
        `clock` says when a row has been under the cursor for long enough to be meant, s.
        """
        super().__init__(name=name, clock=clock)
        self._least = Extent(lead=lead, mark=mark)
        self._extent = self._least
        self._grouped = grouped
        self._empty = tuple(empty)
        self._notice: tuple[str, ...] = ()
        self._opened = ("", "")
        self._marks: frozenset[str] = frozenset()

    def set_rows(self, start: int, rows: Sequence[Row], count: int = 0) -> None:
        self._extent = self._extent.over(rows)
        super().set_rows(start, rows, count)

    def start_over(self) -> None:
        self._extent = self._least
        super().start_over()

    def measure_anew(self) -> None:
        """Make the columns as wide as the rows in memory want: what was wider may be gone."""
        known = (self.row_at(index) for index in self._around(3))
        self._extent = self._least.over(row for row in known if row)
        self.refresh()

    def on_show(self) -> None:
        self.measure_anew()

    def on_resize(self) -> None:
        self.measure_anew()

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
        """Say `lines` for as long as the rows, or how many there are, are not known."""
        if tuple(lines) != self._notice:
            self._notice = tuple(lines)
            self.refresh()

    @property
    def blank(self) -> bool:
        """Whether no row can be seen, and a sentence stands in their place."""
        if not self.total:
            return self.total == 0 or bool(self._notice)
        return bool(self._notice) and not any(map(self.row_at, self._around(0)))

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
        if not self.total or self.blank:
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
            line = Strip([Segment(self._unread(index, y), base + ink(self, "reminder-list--soft"))])
            return line.adjust_cell_length(width, base)
        columns = Columns.of(width, self._extent)
        if row.key == self.unsealed:
            columns = columns.widened(cells(self._opened[1]), cells(row.mark))
            if cells(row.text) > columns.text:
                row = row._replace(note="", more="")  # for a look, the thought rather than those
        sign = self._sign(row, at_cursor=at_cursor)
        inks = self._inks(row, base, faint=sign == NEARLY)
        strip = draw(row, columns, inks, bar=sign, lead=self._lead(row, index, y))
        return strip.adjust_cell_length(width, base)

    def _unread(self, index: int, y: int) -> str:
        """Return what stands for a row that was not read; where such rows begin, why."""
        first = y == 0 or self.row_at(index - 1) is not None
        return f"  · {clean(self._notice[0])}" if self._notice and first else "  ·"

    def _sign(self, row: Row, *, at_cursor: bool) -> str:
        if row.key in self._marks:
            return MARK
        return BAR if at_cursor and self.has_focus else NEARLY if row.near else " "

    def _lead(self, row: Row, index: int, y: int) -> str:
        if row.key == self.unsealed:
            return self._opened[1]
        above = self.row_at(index - 1)
        if not self._grouped or y == 0 or above is None or above.key == self.unsealed:
            return row.lead
        return "" if above.lead == row.lead else row.lead

    def _inks(self, row: Row, base: Style, *, faint: bool) -> Inks:
        def on_base(name: str) -> Style:
            # Reversed, each colour would be a ground of its own: the row is of one colour then.
            return base if base.reverse else base + ink(self, f"reminder-list--{name}")

        tone, text = ("soft", "soft") if row.near else (row.tone, "text")
        lead = "soft" if self._extent.mark else tone
        if row.key == self.unsealed:
            lead = RowTone.OPEN
        names = ("soft" if faint else "bar", lead, tone, text, "note", "end")
        return Inks(*map(on_base, names))

    def _empty_line(self, y: int, width: int) -> Strip:
        lines = _wrapped(self._notice if self.total != 0 else self._empty, width - 4)
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
    return [
        (at == 0, part) for at, line in enumerate(lines) for part in wrapped(clean(line), width)
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
