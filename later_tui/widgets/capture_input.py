"""A one-line input into which no control character gets, whatever is typed or pasted.

Try it: `python -m later_tui.widgets.capture_input`
"""

from textual import events
from textual.widgets import Input

from later_tui.widgets.cells import clean


class CaptureInput(Input):
    """An input without a frame; a line break that is pasted becomes a blank."""

    DEFAULT_CSS = """
    CaptureInput, CaptureInput:focus {
        border: none;
        height: 1;
        padding: 0;
        background: transparent;
        & > .input--cursor { background: $primary; color: $background; text-style: none; }
        & > .input--placeholder { color: $text-muted; }
        & > .input--selection { background: $primary 30%; }
    }
    """

    def __init__(self, *, placeholder: str = "") -> None:
        super().__init__(placeholder=placeholder, select_on_focus=False)

    @property
    def text(self) -> str:
        """What is written."""
        return self.value

    @text.setter
    def text(self, text: str) -> None:
        self.value = clean(text)
        self.cursor_position = len(self.value)

    def on_paste(self, event: events.Paste) -> None:
        """Paste all the lines as one, where the framework would paste the first one."""
        event.stop()
        event.prevent_default()
        self.replace(clean(event.text.strip()), *sorted(self.selection))


def _demo() -> None:
    from textual.app import App, ComposeResult

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            yield CaptureInput(placeholder="20m, 2h, 18:00, tomorrow 9:00, fri")

    Demo().run()


if __name__ == "__main__":
    _demo()
