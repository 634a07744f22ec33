"""Keys and what they do, each of which can be clicked.

Try it: `python -m later_tui.widgets.hints`
"""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from later_tui.widgets.cells import clean
from later_tui.widgets.ink import ground, ink


class Hint(NamedTuple):
    """One key, what it does in a word, and the name of that in messages."""

    key: str
    label: str
    action: str


class _Spot(NamedTuple):
    line: int
    start: int
    stop: int
    hint: Hint


class Hints(Widget):
    """Keys with their labels; those that do not fit into `lines` are left out from the end.

    The last `keep` hints (help, say) always stay, without their label where that does not fit.
    Several lines are about equally long: the last hint never stands alone on one.
    """

    DEFAULT_CSS = """
    Hints {
        height: auto;
        width: 1fr;
        & > .hints--key { text-style: bold; color: $primary; }
        & > .hints--label { color: $text-muted; }
        & > .hints--hover { color: $foreground; background: $boost; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"hints--key", "hints--label", "hints--hover"}

    class Pressed(Message):
        """A hint was clicked."""

        def __init__(self, hints: "Hints", action: str) -> None:
            self.hints = hints
            self.action = action
            super().__init__()

        @property
        def control(self) -> "Hints":
            return self.hints

    def __init__(
        self, hints: Sequence[Hint] = (), *, keep: int = 0, gap: int = 2, lines: int = 1
    ) -> None:
        super().__init__()
        self._hints = tuple(hints)
        self._keep = keep
        self._gap = gap
        self._lines = lines
        self._hover = ""

    @property
    def hints(self) -> tuple[Hint, ...]:
        """What is offered, whether it fits or not."""
        return self._hints

    def show(self, hints: Sequence[Hint], *, keep: int | None = None) -> None:
        """Offer `hints` instead of what was offered."""
        keep = self._keep if keep is None else keep
        if (tuple(hints), keep) != (self._hints, self._keep):
            self._hints, self._keep = tuple(hints), keep
            self.refresh(layout=self._lines > 1)

    def get_content_height(
        self,
        container: Size,  # noqa: ARG002
        viewport: Size,  # noqa: ARG002
        width: int,
    ) -> int:
        """One line; more where there may be more and they are needed."""
        return max((spot.line for spot in self._spots(width)), default=0) + 1

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        key, label = ink(self, "hints--key"), ink(self, "hints--label")
        hover = ink(self, "hints--hover") + ground(self, "hints--hover")
        segments: list[Segment] = []
        at = 0
        for spot in self._spots(self.content_size.width):
            if spot.line != y:
                continue
            segments.append(Segment(" " * (spot.start - at), base))
            over = hover if spot.hint.action == self._hover else None
            name, word = clean(spot.hint.key), clean(spot.hint.label)
            segments.append(Segment(name, base + key + over))
            segments.append(Segment(f" {word}" if word else "", base + label + over))
            at = spot.stop
        return Strip(segments).adjust_cell_length(self.content_size.width, base)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._hover_over(self._action_at(event))

    def on_leave(self) -> None:
        self._hover_over("")

    def on_click(self, event: events.Click) -> None:
        if action := self._action_at(event):
            event.stop()
            self.post_message(self.Pressed(self, action))

    def _hover_over(self, action: str) -> None:
        if action != self._hover:
            self._hover = action
            self.refresh()

    def _action_at(self, event: events.MouseEvent) -> str:
        offset = event.get_content_offset(self)
        if offset is None:
            return ""
        for spot in self._spots(self.content_size.width):
            if spot.line == offset.y and spot.start <= offset.x < spot.stop:
                return spot.hint.action
        return ""

    def _spots(self, width: int) -> list[_Spot]:
        spots = self._placed(width)
        if self._lines == 1 or not spots or len(spots) < len(self._hints) or not spots[-1].line:
            return spots
        while width := width - 1:
            narrower = self._placed(width)
            if len(narrower) < len(spots) or narrower[-1].line > spots[-1].line:
                break
            spots = narrower
        return spots

    def _placed(self, width: int) -> list[_Spot]:
        split = len(self._hints) - self._keep
        # Only the last line has to leave room for those that always stay.
        kept = sum(_width(hint) + self._gap for hint in self._hints[split:])
        spots: list[_Spot] = []
        line = at = 0
        for index, hint in enumerate(self._hints):
            if at and at + _width(hint) > width and line + 1 < self._lines:
                line, at = line + 1, 0
            room = width - (kept if line + 1 == self._lines else 0)
            if index < split and at + _width(hint) > room:
                continue
            if at + _width(hint) > width:
                hint = hint._replace(label="")
                if at + _width(hint) > width:
                    continue
            spots.append(_Spot(line, at, at + _width(hint), hint))
            at += _width(hint) + self._gap
        return spots


def _width(hint: Hint) -> int:
    label = clean(hint.label)
    return cell_len(clean(hint.key)) + (1 + cell_len(label) if label else 0)


def _demo() -> None:
    from textual.app import App, ComposeResult

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            words = ("d done", "r again", "s snooze", "x let go", "e edit", "p peek", "esc back")
            offered = [Hint(w.split(" ", 1)[0], w.split(" ", 1)[1], w) for w in words]
            yield Hints(offered, keep=1)
            yield Hints(offered * 3, keep=1, lines=2)

        def on_hints_pressed(self, message: Hints.Pressed) -> None:
            self.notify(message.action, markup=False)

    Demo().run()


if __name__ == "__main__":
    _demo()
