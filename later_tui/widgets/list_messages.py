"""What a list says to its owner, by `on_virtual_list_…`."""

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from later_tui.widgets.row import Row

if TYPE_CHECKING:
    from later_tui.widgets.virtual_list import VirtualList


class OfList(Message, namespace="virtual_list"):
    """Something that a list says."""

    LATEST_ONLY: ClassVar[bool] = True
    """Whether the next such message makes one that was not heard yet superfluous."""

    def __init__(self, control: "VirtualList") -> None:
        self.list = control
        super().__init__()

    @property
    def control(self) -> "VirtualList":
        return self.list

    def can_replace(self, message: Message) -> bool:
        same = isinstance(message, type(self)) and message.list is self.list
        return same and self.LATEST_ONLY


class RowsNeeded(OfList, namespace="virtual_list"):
    """The rows with these indexes are on the screen, or will be soon."""

    def __init__(self, control: "VirtualList", rows: range) -> None:
        self.rows = rows
        super().__init__(control)


class Moved(OfList, namespace="virtual_list"):
    """The cursor stands on another row (None: on none that is known)."""

    def __init__(self, control: "VirtualList", row: Row | None) -> None:
        self.row = row
        super().__init__(control)


class Opened(OfList, namespace="virtual_list"):
    """Enter was pressed on a row, or it was clicked while the cursor stood on it."""

    LATEST_ONLY = False

    def __init__(self, control: "VirtualList", row: Row) -> None:
        self.row = row
        super().__init__(control)
