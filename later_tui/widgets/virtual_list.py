"""A list of any length that holds only the rows around what is on the screen.

The owner says how many rows there are (`set_total`), is asked for those that are needed
(`RowsNeeded`) and hands them over (`set_rows`). A million rows cost what thirty cost.
The cursor stays on its row when others come or go, and on the screen when the view is scrolled.
Where its row goes away it stands on the next one, which is `selected` only after a moment.
How a row looks is for the class that inherits.
"""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import ClassVar, TypeAlias

from textual import events
from textual.binding import BindingType
from textual.geometry import Offset, Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView

from later_tui.widgets import list_messages
from later_tui.widgets.aim import Aim
from later_tui.widgets.jumpable import Spot
from later_tui.widgets.list_keys import LIST_KEYS
from later_tui.widgets.row import Row
from later_tui.widgets.sparse import SparseRows


class VirtualList(ScrollView, can_focus=True):
    """Rows with a cursor, vim and arrow keys, and the mouse; `render_line` is left open."""

    DEFAULT_CSS = """
    VirtualList {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*LIST_KEYS]

    cursor: reactive[int] = reactive(0)

    RowsNeeded: TypeAlias = list_messages.RowsNeeded
    Moved: TypeAlias = list_messages.Moved
    Opened: TypeAlias = list_messages.Opened

    def __init__(self, *, name: str | None = None, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(name=name)
        self._total: int | None = None
        self._known = SparseRows()
        self._aim = Aim(clock)
        self._carried = False
        self._told = ""
        self._hover = -1

    @property
    def total(self) -> int | None:
        """How many rows there are; None before anybody said so."""
        return self._total

    @property
    def selected(self) -> Row | None:
        """The row under the cursor, if it is known and the person can have meant it."""
        return None if self.loose else self._under

    @property
    def loose(self) -> bool:
        """Whether the row under the cursor is not the one that was there a moment ago."""
        return self._aim.loose or self._awaited

    @property
    def held(self) -> int:
        """How many rows are in memory."""
        return len(self._known)

    def keys(self) -> frozenset[str]:
        """Return the keys of the rows in memory."""
        return self._known.keys()

    def row_at(self, index: int) -> Row | None:
        """Return the row at `index`, if it is known."""
        return self._known.get(index)

    def set_total(self, total: int) -> None:
        """Say how many rows there are."""
        if total != self._total:
            self._total = total
            self._known.cut(total)
            self._measure()
            self._carry(min(self.cursor, max(total - 1, 0)))
            self.refresh()
        self._ask()

    def set_rows(self, start: int, rows: Sequence[Row], count: int = 0) -> None:
        """Take over `rows`, the first of which stands at `start`; far ones are forgotten.

        `count` is how many places were read, if that is more than there are rows: the places
        without a row stay empty and are not asked for again before `reload`.
        """
        self._known.put(start, rows, count)
        self._follow(start, rows)
        self._known.keep(self._around(3))
        self._tell()
        self.refresh()
        self._ask()

    def reload(self) -> None:
        """Ask for the visible rows anew; those that are shown stay until the answer comes."""
        self._known.age()
        self._ask()

    def start_over(self) -> None:
        """Go to the first row and ask for all anew: the order is another one."""
        self._known.clear()
        self._go(0)
        self._ask()

    def watch_cursor(self) -> None:
        """Keep the cursor on the screen and tell who stands under it."""
        self._take_aim()
        self._show_cursor()
        self._tell()
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, (self._total or 1) - 1))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._take_along()
        self._ask()

    def on_resize(self) -> None:
        self._measure()
        self._show_cursor()
        self._ask()

    def on_show(self) -> None:
        """Ask for what was not asked for while the list was hidden."""
        self._ask()

    def on_key(self) -> None:
        """Whatever the key does, one that is held down is the same press."""
        self._aim.pressed()

    def on_focus(self) -> None:
        self._take_aim()  # whoever comes here has seen what is here
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def action_move(self, rows: int) -> None:
        """Move the cursor by `rows`."""
        self._go(self.cursor + rows)

    def action_page(self, pages: float) -> None:
        """Move the cursor and the view by `pages` of the visible height."""
        step = int(pages * max(self.visible_height, 2))
        to = self.cursor + step
        self.scroll_to(y=self.scroll_offset.y + step, animate=False, immediate=True)
        self._go(to)

    def action_first(self) -> None:
        """Move to the first row."""
        self._go(0)

    def action_last(self) -> None:
        """Move to the last row."""
        self._go((self._total or 1) - 1)

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if row := self.selected:
            self.post_message(self.Opened(self, row))

    def jump_places(self) -> Sequence[Spot]:
        """Return the visible rows that are known, by their keys; without any, the list itself."""
        left, top = self.content_region.offset
        shown = self._around(0)
        places = [(row.key, at) for at in shown if (row := self._known.get(at))]
        return [Spot(key, Offset(left, top + at - shown.start)) for key, at in places] or [
            Spot("", self.content_region.offset)
        ]

    def jump_to(self, name: str) -> None:
        """Go to the row with this key, wherever it stands by now; stay if it has gone away."""
        index = self._known.find(name)
        if index is not None:
            self._go(index)
        self.focus()

    def on_click(self, event: events.Click) -> None:
        index = self._index_at(event)
        if index is None:
            return
        event.stop()
        if index == self.cursor and event.chain > 1:
            self.action_open()
        self._go(index)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        index = self._index_at(event)
        self._hover_over(-1 if index is None else index)

    def on_leave(self) -> None:
        self._hover_over(-1)

    @property
    def hovered(self) -> int:
        """The index under the mouse, or -1."""
        return self._hover

    @property
    def visible_height(self) -> int:
        """How many rows the screen holds."""
        return max(self.scrollable_content_region.height, 1)

    def _measure(self) -> None:
        width = self.scrollable_content_region.width
        self.virtual_size = Size(width, self._total or 0)

    def _show_cursor(self) -> None:
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)

    def _around(self, pages: int) -> range:
        """Return the indexes of the visible rows and of `pages` screens above and below."""
        top, height = self.scroll_offset.y, self.visible_height
        total = self._total or 0
        return range(max(top - pages * height, 0), min(top + (pages + 1) * height, total))

    def _ask(self) -> None:
        if not self.size.height:
            return  # not shown: it asks when it is
        if wanted := self._known.wanting(self._around(0), self._around(1)):
            self.post_message(self.RowsNeeded(self, wanted))

    @property
    def _under(self) -> Row | None:
        """The row under the cursor, if it is known."""
        return self._known.get(self.cursor)

    @property
    def _awaited(self) -> bool:
        """Whether the list was cut, and where the cursor's row stands now is still to be read."""
        row = self._under
        return row is not None and self._aim.key not in ("", row.key)

    def _go(self, index: int) -> None:
        """Move the cursor as the person wants."""
        self.cursor = index
        self._take_aim()  # also where it stood there before

    def _carry(self, index: int) -> None:
        """Move the cursor though the person did not: it stays meant for the row it was on."""
        self._carried = True
        self.cursor = index
        self._carried = False

    def _take_aim(self) -> None:
        if not self._carried:
            row = self._under
            self._aim.take(row.key if row else "")

    def _take_along(self) -> None:
        """Keep the cursor in the view when that is scrolled: no key acts on what is not seen."""
        shown = self._around(0)
        if self.size.height and shown and self.cursor not in shown:
            self.cursor = shown.start if self.cursor < shown.start else shown.stop - 1

    def _follow(self, start: int, rows: Sequence[Row]) -> None:
        """Keep the cursor on its row when others came or went; see whether it went away."""
        aim, row = self._aim.key, self._under
        if not aim:
            self._take_aim()
            return
        if row is not None and row.key == aim:
            return
        place = next((start + i for i, one in enumerate(rows) if one.key == aim), None)
        if place is not None:
            y = self.scroll_offset.y + place - self.cursor
            self._carry(place)
            self.scroll_to(y=y, animate=False, immediate=True)
        elif row is not None and 0 <= self.cursor - start < len(rows):
            self._aim.slip(row.key)

    def _tell(self) -> None:
        if self._awaited:
            return  # what is under the cursor is about to be read anew
        row = self._under
        key = row.key if row else ""
        if key != self._told:
            self._told = key
            self.post_message(self.Moved(self, row))

    def _hover_over(self, index: int) -> None:
        if index != self._hover:
            self._hover = index
            self.refresh()

    def _index_at(self, event: events.MouseEvent) -> int | None:
        offset = event.get_content_offset(self)
        if offset is None:
            return None
        index = offset.y + self.scroll_offset.y
        return index if index < (self._total or 0) else None
