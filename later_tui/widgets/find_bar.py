"""A line in which one types what to find, and reads how far the search is.

Try it: `python -m later_tui.widgets.find_bar`
"""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from later_tui.widgets.capture_input import CaptureInput
from later_tui.widgets.cells import clean


class FindBar(Horizontal):
    """Posts what is typed; shown for as long as something is looked for."""

    DEFAULT_CSS = """
    FindBar {
        height: 1;
        padding: 0 2;
        display: none;
        & > .find-bar--sign { width: 2; color: $primary; text-style: bold; }
        & > CaptureInput { width: 1fr; }
        & > .find-bar--said {
            width: auto;
            max-width: 50%;
            color: $text-muted;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "end the search", show=False, id="find.leave"),
        Binding("down,ctrl+n", "enter", "to what was found", show=False, id="find.enter"),
    ]

    class Changed(Message):
        """Something else is looked for."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, FindBar.Changed)

    class Entered(Message):
        """Enter or ↓ was pressed: to what was found."""

    class Left(Message):
        """Escape was pressed: the search is over."""

    def __init__(self, *, placeholder: str = "") -> None:
        super().__init__()
        self._input = CaptureInput(placeholder=placeholder)
        self._said = Static("", classes="find-bar--said", markup=False)

    def compose(self) -> ComposeResult:
        yield Static("/", classes="find-bar--sign", markup=False)
        yield self._input
        yield self._said

    @property
    def text(self) -> str:
        """What is looked for."""
        return self._input.text

    @property
    def typing(self) -> bool:
        """Whether the keys go into the line."""
        return self._input.has_focus

    def open(self) -> None:
        """Show the line, and send the keys there."""
        self.display = True
        self._input.focus()

    def close(self) -> None:
        """Hide the line, and forget what was looked for."""
        self._input.text = ""
        self.say("")
        self.display = False

    def say(self, words: str) -> None:
        """Say how far the search is."""
        self._said.update(Content(f"  {clean(words)}" if words else ""))

    def action_leave(self) -> None:
        """End the search."""
        self.post_message(self.Left())

    def action_enter(self) -> None:
        """Send the keys to what was found."""
        self.post_message(self.Entered())

    def on_input_changed(self, event: CaptureInput.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self.text))

    def on_input_submitted(self, event: CaptureInput.Submitted) -> None:
        event.stop()
        self.action_enter()


def _demo() -> None:
    from textual.app import App

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            yield FindBar(placeholder="words, #tag, !channel, is:done, before:fri")

        def on_mount(self) -> None:
            self.query_one(FindBar).open()

        def on_find_bar_changed(self, message: FindBar.Changed) -> None:
            self.query_one(FindBar).say(f"{len(message.text)} found")

    Demo().run()


if __name__ == "__main__":
    _demo()
