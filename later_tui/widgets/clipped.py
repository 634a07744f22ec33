"""Text of a few lines at most; that there is more is said with an ellipsis.

Try it: `python -m later_tui.widgets.clipped`
"""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.segment import Segment
from rich.text import Text

from later_tui.widgets.cells import apart, clean_lines
from later_tui.widgets.lines import Lines


def clipped(text: str, width: int, most: int) -> list[str]:
    """Return `text` wrapped into `width` cells, `most` lines of it, the last one cut if need be."""
    if width < 1:
        return []
    wrapped = Text(apart(clean_lines(text))).wrap(Console(width=width), width)
    lines = [line.plain.rstrip() for line in wrapped]
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    if cell_len(last) >= width:
        last = set_cell_size(last, width - 1).rstrip()
    return [*lines[: most - 1], f"{last}…"]


class Clipped(Lines[str]):
    """As high as its text, up to `most` lines."""

    def __init__(self, text: str = "", *, most: int = 4, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._text = text
        self._most = most

    @property
    def text(self) -> str:
        """The whole text."""
        return self._text

    def show(self, text: str, *, most: int | None = None) -> None:
        """Show `text` instead of what was shown."""
        self._text = text
        self._most = self._most if most is None else most
        self.make_anew()

    def make(self, width: int) -> Sequence[str]:
        return clipped(self._text, width, self._most)

    def draw(self, line: str, width: int) -> Sequence[Segment]:  # noqa: ARG002
        return [Segment(line, self.rich_style)]


def _demo() -> None:
    from textual.app import App, ComposeResult

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            yield Clipped("a thought that is longer than anybody wants to read at once, " * 20)

    Demo().run()


if __name__ == "__main__":
    _demo()
