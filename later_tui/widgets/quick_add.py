"""The box in which a thought is written, with what was read of it along its lower edge.

Try it: `python -m later_tui.widgets.quick_add`
"""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from later_tui.widgets.cells import clean
from later_tui.widgets.chip_line import Chip, ChipLine, Said
from later_tui.widgets.thought_area import ThoughtArea


class QuickAdd(Vertical):
    """Posts what is typed; shows what its owner has read of it."""

    DEFAULT_CSS = """
    QuickAdd {
        height: auto;
        & > ThoughtArea, & > ThoughtArea:focus {
            height: auto;
            padding: 0 1;
            border: round $border-blurred;
            border-bottom: none;
            border-title-color: $text-muted;
        }
        & > ThoughtArea:focus {
            border: round $primary;
            border-bottom: none;
            border-title-color: $primary;
            border-title-style: bold;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "back", show=False, id="input.leave"),
    ]

    class Changed(Message):
        """The line reads differently now."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, QuickAdd.Changed)

    class Submitted(Message):
        """Enter was pressed; the words stay in the box until they are cleared."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    class Pasted(Message):
        """Several lines were pasted into the empty box; they are not in it."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    class Offered(Message):
        """There is a completion to take now, or there is none any more."""

    class Left(Message):
        """Escape was pressed; the words stay in the box."""

    def __init__(self, title: str, *, placeholder: str = "") -> None:
        super().__init__()
        self._heading = title
        self._input = ThoughtArea(placeholder=placeholder)
        self._line = ChipLine()

    def compose(self) -> ComposeResult:
        yield self._input
        yield self._line

    def on_mount(self) -> None:
        self.set_heading(self._heading)

    @property
    def text(self) -> str:
        """What is written, with line breaks."""
        return self._input.text

    @text.setter
    def text(self, text: str) -> None:
        self._input.write(text)

    @property
    def said(self) -> Said:
        """What is shown of the reading."""
        return self._line.said

    @property
    def editing(self) -> bool:
        """Whether the keys go into the box."""
        return self._input.has_focus

    @property
    def offering(self) -> bool:
        """Whether there is a completion to take."""
        return self._input.offering

    def set_heading(self, heading: str) -> None:
        """Write `heading` into the upper edge."""
        self._input.border_title = Content(clean(heading)).markup

    def say(self, said: Said) -> None:
        """Show what was read."""
        self._line.said = said

    def start(self) -> None:
        """Send the keys into the box."""
        self._input.focus()

    def submit(self) -> None:
        """Do what Enter does."""
        self.post_message(self.Submitted(self.text))

    def break_line(self) -> None:
        """Begin a new line where the cursor is."""
        self._input.action_line_break()

    def take(self) -> None:
        """Take the completion, if there is one."""
        self._input.action_take()

    def action_leave(self) -> None:
        """Give the keys back."""
        self.post_message(self.Left())

    def offer(self, completions: Sequence[str]) -> None:
        """Offer what may follow the cursor, the likeliest first."""
        self._input.offer(completions)

    def on_text_area_changed(self, event: ThoughtArea.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self.text))

    def on_thought_area_submitted(self, event: ThoughtArea.Submitted) -> None:
        event.stop()
        self.submit()

    def on_thought_area_offered(self, event: ThoughtArea.Offered) -> None:
        event.stop()
        self.post_message(self.Offered())

    def on_thought_area_pasted(self, event: ThoughtArea.Pasted) -> None:
        event.stop()
        self.post_message(self.Pasted(event.text))

    def on_descendant_focus(self) -> None:
        self._line.lit = True

    def on_descendant_blur(self) -> None:
        self._line.lit = False


def _demo() -> None:
    from textual.app import App

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            yield QuickAdd("what's on your mind?", placeholder="call mum within 3d #family")

        def on_quick_add_changed(self, message: QuickAdd.Changed) -> None:
            tags = [Chip(word, "tag") for word in message.text.split() if word.startswith("#")]
            chips = (Chip("within 2 weeks, before 8 Dec"), *tags, Chip("desktop", "channel"))
            density = (1, 2, 4, 5, 4, 2, 1, 1, 0, 4, 5, 2)
            said = Said(chips, "42 % by Sunday", density) if message.text else Said()
            self.query_one(QuickAdd).say(said)

    Demo().run()


if __name__ == "__main__":
    _demo()
