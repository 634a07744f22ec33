"""A list of any length that holds only the rows around what is on the screen.

The owner says how many rows there are (`set_total`), is asked for those that are needed
(`RowsNeeded`) and hands them over (`set_rows`). A million rows cost what thirty cost.
How a row looks is for the class that inherits.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView

from later_tui.widgets.jump_overlay import Spot
from later_tui.widgets.row import Row
from later_tui.widgets.sparse import SparseRows


def _key(name: str, keys: str, action: str, label: str, help_: str) -> Binding:
    """Return a binding; those that share their help share a line of it."""
    return Binding(keys, action, label, show=False, id=f"list.{name}", tooltip=help_)


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
    BINDINGS: ClassVar[list[BindingType]] = [
        _key("down", "j,down", "move(1)", "down", "a row down, up"),
        _key("up", "k,up", "move(-1)", "up", "a row down, up"),
        _key("half-down", "ctrl+d", "page(0.5)", "half a page down", "half a page down, up"),
        _key("half-up", "ctrl+u", "page(-0.5)", "half a page up", "half a page down, up"),
        _key("page-down", "pagedown,ctrl+f", "page(1.0)", "page down", "a page down, up"),
        _key("page-up", "pageup,ctrl+b", "page(-1.0)", "page up", "a page down, up"),
        _key("first", "g,home", "first", "first", "to the first, the last"),
        _key("last", "G,end", "last", "last", "to the first, the last"),
        _key("open", "enter", "open", "open", "open"),
    ]

    cursor: reactive[int] = reactive(0)

    class RowsNeeded(Message):
        """The rows with these indexes are on the screen, or will be soon."""

        def __init__(self, control: "VirtualList", rows: range) -> None:
            self.list = control
            self.rows = rows
            super().__init__()

        @property
        def control(self) -> "VirtualList":
            return self.list

        def can_replace(self, message: Message) -> bool:
            """Only the latest place of a fast scroll is worth reading."""
            return isinstance(message, VirtualList.RowsNeeded) and message.list is self.list

    class Moved(Message):
        """The cursor stands on another row (None: on none that is known)."""

        def __init__(self, control: "VirtualList", row: Row | None) -> None:
            self.list = control
            self.row = row
            super().__init__()

        @property
        def control(self) -> "VirtualList":
            return self.list

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, VirtualList.Moved) and message.list is self.list

    class Opened(Message):
        """Enter was pressed on a row, or it was clicked while the cursor stood on it."""

        def __init__(self, control: "VirtualList", row: Row) -> None:
            self.list = control
            self.row = row
            super().__init__()

        @property
        def control(self) -> "VirtualList":
            return self.list

    def __init__(self, *, name: str | None = None) -> None:
        super().__init__(name=name)
        self._total: int | None = None
        self._known = SparseRows()
        self._told = ""
        self._hover = -1

    @property
    def total(self) -> int | None:
        """How many rows there are; None before anybody said so."""
        return self._total

    @property
    def selected(self) -> Row | None:
        """The row under the cursor, if it is known."""
        return self._known.get(self.cursor)

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
            self.cursor = min(self.cursor, max(total - 1, 0))
            self.refresh()
        self._ask()

    def set_rows(self, start: int, rows: Sequence[Row], count: int = 0) -> None:
        """Take over `rows`, the first of which stands at `start`; far ones are forgotten.

        `count` is how many places were read, if that is more than there are rows: the places
        without a row stay empty and are not asked for again before `reload`.
        """
        held = self.selected
        self._known.put(start, rows, count)
        self._follow(held, start, rows)
        self._known.keep(self._around(3))
        self._tell()
        self.refresh()
        self._ask()

    def reload(self) -> None:
        """Ask for the visible rows anew; those that are shown stay until the answer comes."""
        self._known.age()
        self._ask()

    def watch_cursor(self) -> None:
        """Keep the cursor on the screen and tell who stands under it."""
        self._show_cursor()
        self._tell()
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, (self._total or 1) - 1))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._ask()

    def on_resize(self) -> None:
        self._measure()
        self._show_cursor()
        self._ask()

    def on_show(self) -> None:
        """Ask for what was not asked for while the list was hidden."""
        self._ask()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def action_move(self, rows: int) -> None:
        """Move the cursor by `rows`."""
        self.cursor += rows

    def action_page(self, pages: float) -> None:
        """Move the cursor and the view by `pages` of the visible height."""
        step = int(pages * max(self.visible_height, 2))
        self.scroll_to(y=self.scroll_offset.y + step, animate=False, immediate=True)
        self.cursor += step

    def action_first(self) -> None:
        """Move to the first row."""
        self.cursor = 0

    def action_last(self) -> None:
        """Move to the last row."""
        self.cursor = max((self._total or 1) - 1, 0)

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if row := self.selected:
            self.post_message(self.Opened(self, row))

    def jump_places(self) -> Sequence[Spot]:
        """Return the visible rows; an empty list is one place itself."""
        left, top = self.content_region.offset
        above, count = self.scroll_offset.y, self._total or 0
        shown = range(above, min(above + self.visible_height, count))
        return [Spot(str(row), Offset(left, top + row - above)) for row in shown] or [
            Spot("0", self.content_region.offset)
        ]

    def jump_to(self, name: str) -> None:
        """Go to the row with this index."""
        self.cursor = int(name)
        self.focus()

    def on_click(self, event: events.Click) -> None:
        index = self._index_at(event)
        if index is None:
            return
        event.stop()
        if index == self.cursor and event.chain > 1:
            self.action_open()
        self.cursor = index

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

    def _follow(self, held: Row | None, start: int, rows: Sequence[Row]) -> None:
        """Keep the cursor on its reminder when rows above it came or went."""
        offset = self.cursor - start
        if held is None or not 0 <= offset < len(rows) or rows[offset].key == held.key:
            return
        place = next((start + i for i, row in enumerate(rows) if row.key == held.key), None)
        if place is not None:
            y = self.scroll_offset.y + place - self.cursor
            self.scroll_to(y=y, animate=False, immediate=True)
            self.cursor = place

    def _tell(self) -> None:
        row = self.selected
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
