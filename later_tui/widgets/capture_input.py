"""A one-line input into which no control character gets, whatever is typed or pasted.

Try it: `python -m later_tui.widgets.capture_input`
"""

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.widgets import Input

from later_tui.widgets.cells import clean
from later_tui.widgets.joiners import hold, release, shown, typed_joiner, without_held


class _Parts(Highlighter):
    """Draws joined emoji as their parts."""

    def highlight(self, text: Text) -> None:
        text.plain = shown(text.plain)


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
        super().__init__(placeholder=placeholder, select_on_focus=False, highlighter=_Parts())

    @property
    def text(self) -> str:
        """What is written; `value` holds it (`joiners.py`)."""
        return release(self.value)

    @text.setter
    def text(self, text: str) -> None:
        self.value = hold(without_held(clean(text)))
        self.cursor_position = len(self.value)

    @property
    def selected_text(self) -> str:
        """What is selected, as it was written."""
        return release(super().selected_text)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put `text` in the place of what stands from `start` to `end`."""
        super().replace(hold(without_held(text)), start, end)

    def on_key(self, event: events.Key) -> None:
        """Take the joiners of scripts and emoji, which the framework takes for no characters."""
        if joiner := typed_joiner(event.character):
            event.stop()
            event.prevent_default()
            self.replace(joiner, *self.selection)

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
