"""The first line of a screen: the app's name, and on the right how things stand.

Try it: `python -m later_tui.widgets.status_bar`
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from later_tui.widgets.cells import clean, shorten
from later_tui.widgets.ink import ink


class Tone(StrEnum):
    """How a piece of the status is meant."""

    QUIET = "quiet"
    STRONG = "strong"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


class Part(NamedTuple):
    """A piece of the status: words, how they are meant, and how much they matter."""

    text: str
    tone: Tone = Tone.QUIET
    weight: int = 0
    """Parts of the least weight are left out first when the line is too narrow."""


class StatusBar(Widget):
    """A line that says how things stand; parts are joined by a middle dot."""

    DEFAULT_CSS = """
    StatusBar {
        dock: top;
        height: 1;
        padding: 0 2;
        & > .status-bar--title { color: $primary; text-style: bold; }
        & > .status-bar--quiet { color: $text-muted; }
        & > .status-bar--strong { color: $foreground; }
        & > .status-bar--good { color: $success; }
        & > .status-bar--warn { color: $warning; }
        & > .status-bar--bad { color: $error; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "status-bar--title",
        *(f"status-bar--{tone}" for tone in Tone),
    }
    SEPARATOR: ClassVar[str] = " · "

    class Pressed(Message):
        """The line was clicked: how things stand is asked for."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._parts: tuple[Part, ...] = ()

    @property
    def text(self) -> str:
        """The whole status as plain text, whether it fits or not."""
        return self.SEPARATOR.join(clean(part.text) for part in self._parts)

    def show(self, parts: Sequence[Part]) -> None:
        """Show `parts` instead of what was shown."""
        if tuple(parts) != self._parts:
            self._parts = tuple(parts)
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Pressed())

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        width = self.content_size.width
        if y > 0 or width < 1:
            return Strip.blank(width, base)
        title = shorten(clean(self._title), width)
        room = width - cell_len(title) - 2
        parts = self._fitting(room)
        quiet = ink(self, "status-bar--quiet")
        tail: list[Segment] = []
        for part in parts:
            if tail:
                tail.append(Segment(self.SEPARATOR, base + quiet))
            text = shorten(clean(part.text), max(room, 0))
            tail.append(Segment(text, base + ink(self, f"status-bar--{part.tone}")))
        gap = width - cell_len(title) - sum(segment.cell_length for segment in tail)
        head = Segment(title, base + ink(self, "status-bar--title"))
        return Strip([head, Segment(" " * max(gap, 0), base), *tail]).adjust_cell_length(
            width, base
        )

    def _fitting(self, room: int) -> tuple[Part, ...]:
        parts = list(self._parts)
        while len(parts) > 1:
            texts = (cell_len(clean(part.text)) for part in parts)
            if sum(texts) + len(self.SEPARATOR) * (len(parts) - 1) <= room:
                break
            parts.remove(min(reversed(parts), key=lambda part: part.weight))
        return tuple(parts)


def _demo() -> None:
    from textual.app import App, ComposeResult

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            yield StatusBar(title="later")

        def on_mount(self) -> None:
            parts = [
                Part("41 kept for you", Tone.STRONG, 2),
                Part("worker ● here", Tone.GOOD, 1),
                Part("embedded"),
            ]
            self.query_one(StatusBar).show(parts)

    Demo().run()


if __name__ == "__main__":
    _demo()
