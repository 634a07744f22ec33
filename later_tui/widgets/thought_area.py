"""Where a thought is written: one line that becomes several when it has to.

Enter hands the thought over, a line break has a key of its own, and what would complete the
words stands behind the cursor until Tab or → takes it.

Try it: `python -m later_tui.widgets.thought_area`
"""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Location

from later_tui.widgets.cells import clean_lines
from later_tui.widgets.joiners import hold, release, shown, typed_joiner, without_held
from later_tui.widgets.thought_keys import THOUGHT_KEYS

MOST_LINES = 6
MOST_BYTES = 16_384
"""How much the area may hold after a paste, in bytes of UTF-8: what a thought may have at most.

Each letter in a longer line would be felt. Of typed letters none is refused.
"""


class ThoughtArea(TextArea):
    """A text area whose text holds no control character; the owner offers completions."""

    DEFAULT_CSS = f"""
    ThoughtArea, ThoughtArea:focus {{
        border: none;
        height: auto;
        min-height: 1;
        max-height: {MOST_LINES};
        padding: 0;
        background: transparent;
        color: $foreground;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
        & .text-area--cursor {{ color: $background; background: $primary; text-style: none; }}
        & .text-area--placeholder {{ color: $text-muted; }}
        & .text-area--suggestion {{ color: $text-muted; }}
        & .text-area--selection {{ background: $primary 30%; }}
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = THOUGHT_KEYS

    class Submitted(Message):
        """Enter was pressed."""

    class Offered(Message):
        """There is something to complete the words with now, or there is no more."""

    class Pasted(Message):
        """Several lines were pasted into the empty area, which did not take them yet."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    class TooLong(Message):
        """What was pasted was not taken: the area would hold `size` bytes."""

        def __init__(self, size: int) -> None:
            self.size = size
            super().__init__()

    def __init__(self, *, placeholder: str = "") -> None:
        super().__init__(
            placeholder=placeholder,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
        )
        self._offers: tuple[str, ...] = ()
        self._offered = 0

    @property
    def text(self) -> str:
        """What is written; the document holds it (`joiners.py`)."""
        return release(self.document.text)

    @text.setter
    def text(self, text: str) -> None:
        self.load_text(text)

    def load_text(self, text: str) -> None:
        """Put `text` in the place of what is written, and forget how that came about."""
        super().load_text(hold(without_held(text)))

    def edit(self, edit: Edit) -> EditResult:
        """Do an edit."""
        edit.text = hold(without_held(edit.text))
        return super().edit(edit)

    def get_text_range(self, start: Location, end: Location) -> str:
        """Return what stands from `start` to `end`, as it was written."""
        return release(super().get_text_range(start, end))

    def get_line(self, line_index: int) -> Text:
        """Return a line as it is drawn: joined emoji as their parts."""
        line = super().get_line(line_index)
        line.plain = shown(line.plain)
        return line

    def write(self, text: str, *, behind: str = "") -> None:
        """Put `text` in the place of what is written, the cursor before `behind` if it ends so."""
        self.text = clean_lines(text)
        held, tail = self.document.text, hold(clean_lines(behind))
        before = held.removesuffix(tail).split("\n")
        self.move_cursor((len(before) - 1, len(before[-1])))

    @property
    def at_end(self) -> bool:
        """Whether the cursor stands behind the last character."""
        return self.cursor_location == self.document.end

    def offer(self, completions: Sequence[str]) -> None:
        """Offer what may follow the cursor; `up` and `down` go through several."""
        self._offers = tuple(completions) if self.at_end else ()
        self._offered = 0
        self.suggestion = self._offers[0] if self._offers else ""

    def watch_suggestion(self, old: str, new: str) -> None:
        """Tell when there begins, or ceases, to be something to take."""
        if bool(old) != bool(new):
            self.post_message(self.Offered())

    @property
    def offering(self) -> bool:
        """Whether Tab would complete the words."""
        return bool(self.suggestion)

    def watch_selection(self) -> None:
        """Look again where the cursor is: the framework does so only after an edit."""
        self.update_suggestion()

    def update_suggestion(self) -> None:
        """Forget what was offered where the cursor is not any more."""
        if self.suggestion and not self.at_end:
            self.offer(())

    def get_cursor_line_start_location(
        self,
        smart_home: bool = False,  # noqa: ARG002
    ) -> Location:
        """Return where the line begins, however it is wrapped: home and ctrl+u as in a shell."""
        return (self.cursor_location[0], 0)

    def get_cursor_line_end_location(self) -> Location:
        """Return where the line ends, however it is wrapped."""
        row = self.cursor_location[0]
        return (row, len(self.document[row]))

    def action_line_break(self) -> None:
        """Begin a new line."""
        self.insert("\n")

    def action_offer(self, step: int) -> None:
        """Show another completion; where there is no other, move the cursor by a line."""
        if len(self._offers) > 1 and self.suggestion:
            self._offered = (self._offered + step) % len(self._offers)
            self.suggestion = self._offers[self._offered]
        elif step > 0:
            self.action_cursor_down()
        else:
            self.action_cursor_up()

    def action_take(self) -> None:
        """Take the completion."""
        self.insert(self.suggestion)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a completion, Tab does what it does elsewhere."""
        if action == "take":
            return bool(self.suggestion)
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """Hand the thought over at Enter, where a text area would begin a new line."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted())
        elif joiner := typed_joiner(event.character):
            event.stop()
            event.prevent_default()
            self.replace(joiner, *self.selection, maintain_selection_offset=False)
        elif event.character and clean_lines(event.character) != event.character:
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Paste without control characters; a list into the empty area is told first.

        What makes too much for one thought is refused, not cut.
        """
        event.stop()
        event.prevent_default()
        text = clean_lines(event.text.strip("\r\n"))
        if not self.text.strip() and sum(1 for line in text.split("\n") if line.strip()) > 1:
            self.post_message(self.Pasted(text))
        elif (size := self._size_with(text)) > MOST_BYTES:
            self.post_message(self.TooLong(size))
        else:
            self.replace(text, *self.selection, maintain_selection_offset=False)
            self._show_cursor_soon()

    def on_resize(self) -> None:
        """Keep the cursor where it can be seen: the lines are wrapped anew."""
        self._show_cursor_soon()

    def _show_cursor_soon(self) -> None:
        # What is scrolled to must have its size first: that comes with the next layout.
        self.call_after_refresh(self.scroll_cursor_visible)

    def _size_with(self, text: str) -> int:
        """Return the bytes there would be with `text` in the place of what is selected."""
        sizes = (len(part.encode()) for part in (self.text, text, self.selected_text))
        now, more, less = sizes
        return now + more - less


def _demo() -> None:
    from textual.app import App, ComposeResult

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            yield ThoughtArea(placeholder="a thought; #f completes itself, ctrl+j begins a line")

        def on_text_area_changed(self) -> None:
            area = self.query_one(ThoughtArea)
            area.offer(("amily", "riends") if area.text.endswith("#f") else ())

        def on_thought_area_submitted(self) -> None:
            self.query_one(ThoughtArea).write("")

    Demo().run()


if __name__ == "__main__":
    _demo()
