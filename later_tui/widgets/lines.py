"""What widgets share that are as high as their lines: those are made once for each width."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

Line = TypeVar("Line")


class Lines(Widget, Generic[Line]):
    """A widget of lines; a subclass makes them for a width, and draws one of them."""

    DEFAULT_CSS = "Lines { height: auto; }"

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._made: tuple[int, tuple[Line, ...]] = (-1, ())

    @abstractmethod
    def make(self, width: int) -> Iterable[Line]:
        """Return the lines as they fit into `width` cells."""

    @abstractmethod
    def draw(self, line: Line, width: int) -> Sequence[Segment]:
        """Return what one of them is drawn with, in `width` cells; what is too long is cut off."""

    def made(self, width: int) -> tuple[Line, ...]:
        """Return the lines for `width` cells, made before or now."""
        if self._made[0] != width:
            self._made = (width, tuple(self.make(width)))
        return self._made[1]

    def make_anew(self) -> None:
        """Forget the lines: what they are made of has changed."""
        self._made = (-1, ())
        self.refresh(layout=True)

    def get_content_height(
        self,
        container: Size,  # noqa: ARG002
        viewport: Size,  # noqa: ARG002
        width: int,
    ) -> int:
        return len(self.made(width))

    def render_line(self, y: int) -> Strip:
        width, base = self.content_size.width, self.rich_style
        lines = self.made(width)
        if y >= len(lines):
            return Strip.blank(width, base)
        return Strip(self.draw(lines[y], width)).adjust_cell_length(width, base)
