"""A one-line input for a thought that may have several lines.

A line break is shown as ⏎, so that pasting never loses the lines after the first one.
"""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from later_tui.widgets.cells import clean_lines

BREAK = "⏎"


class CaptureInput(Input):
    """An input whose `text` has real line breaks; control characters never get in."""

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
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+j", "line_break", "new line", show=False, id="input.line-break"),
    ]

    def __init__(self, *, placeholder: str = "") -> None:
        super().__init__(placeholder=placeholder, select_on_focus=False)

    @property
    def text(self) -> str:
        """What is written, with line breaks."""
        return self.value.replace(BREAK, "\n")

    @text.setter
    def text(self, text: str) -> None:
        self.value = _shown(text)
        self.cursor_position = len(self.value)

    def action_line_break(self) -> None:
        """Begin a new line."""
        self.insert_text_at_cursor(BREAK)

    def on_paste(self, event: events.Paste) -> None:
        """Paste all the lines, where the framework would paste the first one."""
        event.stop()
        event.prevent_default()
        self.replace(_shown(event.text.strip("\r\n")), *sorted(self.selection))


def _shown(text: str) -> str:
    return clean_lines(text).replace("\n", BREAK)
