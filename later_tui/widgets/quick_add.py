"""The box in which a thought is written, with what was read of it along its lower edge.

Try it: `python -m later_tui.widgets.quick_add`
"""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from later_tui.widgets.cells import clean
from later_tui.widgets.chip_line import Chip, ChipLine, Said

if TYPE_CHECKING:
    from later_tui.widgets.thought_area import ThoughtArea


class QuickAdd(Vertical):
    """Posts what is typed; shows what its owner has read of it.

    The area to write in is only drawn until `open_up` is awaited, or `start` called: it needs more
    than all the rest, and nobody types before the first paint.
    """

    DEFAULT_CSS = """
    QuickAdd {
        height: auto;
        & > ThoughtArea, & > ThoughtArea:focus, & > .quick-add--picture {
            height: auto;
            padding: 0 1;
            border: round $border-blurred;
            border-bottom: none;
            border-title-color: $text-muted;
        }
        & > .quick-add--picture { color: $text-muted; }
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

    def __init__(self, title: str, *, placeholder: str = "", example: str = "") -> None:
        """While nothing is written `placeholder` stands there, and `example` once keys write."""
        super().__init__()
        self._placeholder = placeholder
        self._example = example or placeholder
        self._picture = Static(placeholder, classes="quick-add--picture", markup=False)
        self._area: ThoughtArea | None = None
        self._opening = asyncio.Lock()
        self._early = ""
        self._early_behind = ""
        self._heading = Content()
        self._line = ChipLine()
        self.set_heading(title)

    def compose(self) -> ComposeResult:
        yield self._picture
        yield self._line

    async def open_up(self) -> None:
        """Put the area in the place of its picture, in one step, once it can be drawn."""
        async with self._opening:
            if self._area is not None:
                return
            from later_tui.widgets.thought_area import ThoughtArea

            area = ThoughtArea(placeholder=self._placeholder)
            area.border_title = self._heading
            area.display = False
            await self.mount(area, before=self._picture)
            self._picture.display, area.display = False, True
            self._area = area
            if self._early:
                area.write(self._early, behind=self._early_behind)
            await self._picture.remove()

    @property
    def text(self) -> str:
        """What is written, with line breaks."""
        return self._area.text if self._area else self._early

    @text.setter
    def text(self, text: str) -> None:
        if self._area:
            self._area.write(text)
        else:
            self._early, self._early_behind = text, ""

    def write(self, text: str, *, behind: str) -> None:
        """Put `text` into the box, the cursor before `behind` if it ends so."""
        if self._area:
            self._area.write(text, behind=behind)
        else:
            self._early, self._early_behind = text, behind

    @property
    def said(self) -> Said:
        """What is shown of the reading."""
        return self._line.said

    @property
    def editing(self) -> bool:
        """Whether the keys go into the box."""
        return self._area is not None and self._area.has_focus

    @property
    def offering(self) -> bool:
        """Whether there is a completion to take."""
        return self._area is not None and self._area.offering

    def set_heading(self, heading: str) -> None:
        """Write `heading` into the upper edge."""
        # As content: the framework's markup for text with brackets does not always read back.
        self._heading = Content(clean(heading))
        (self._area or self._picture).border_title = self._heading

    def say(self, said: Said) -> None:
        """Show what was read."""
        self._line.said = said

    def paste(self, text: str) -> None:
        """Paste `text` where the cursor is."""
        if self._area is not None:
            self._area.post_message(events.Paste(text))

    def start(self) -> None:
        """Send the keys into the box."""
        if self._area:
            self._area.focus()
        else:
            self.call_next(self._open_and_start)

    async def _open_and_start(self) -> None:
        await self.open_up()
        self.start()

    def submit(self) -> None:
        """Do what Enter does."""
        self.post_message(self.Submitted(self.text))

    def break_line(self) -> None:
        """Begin a new line where the cursor is."""
        if self._area:
            self._area.action_line_break()

    def take(self) -> None:
        """Take the completion, if there is one."""
        if self._area:
            self._area.action_take()

    def action_leave(self) -> None:
        """Give the keys back."""
        self.post_message(self.Left())

    def offer(self, completions: Sequence[str]) -> None:
        """Offer what may follow the cursor, the likeliest first."""
        if self._area:
            self._area.offer(completions)

    def on_click(self) -> None:
        if self._area is None:
            self.start()

    def on_text_area_changed(self, event: "ThoughtArea.Changed") -> None:
        event.stop()
        self.post_message(self.Changed(self.text))

    def on_thought_area_submitted(self, event: "ThoughtArea.Submitted") -> None:
        event.stop()
        self.submit()

    def on_thought_area_offered(self, event: "ThoughtArea.Offered") -> None:
        event.stop()
        self.post_message(self.Offered())

    def on_thought_area_pasted(self, event: "ThoughtArea.Pasted") -> None:
        event.stop()
        self.post_message(self.Pasted(event.text))

    def on_descendant_focus(self) -> None:
        self._line.lit = True
        if self._area:
            self._area.placeholder = self._example

    def on_descendant_blur(self) -> None:
        self._line.lit = False
        # Where the terminal has lost the focus, the next key is for the box all the same.
        if self._area and self.app.app_focus:
            self._area.placeholder = self._placeholder


def _demo() -> None:
    from textual.app import App

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            example = "call mum within 3d #family"
            yield QuickAdd("what's on your mind?", placeholder=f"click: {example}", example=example)

        def on_quick_add_changed(self, message: QuickAdd.Changed) -> None:
            tags = [Chip(word, "tag") for word in message.text.split() if word.startswith("#")]
            chips = (Chip("within 2 weeks, before 8 Dec"), *tags, Chip("desktop", "channel"))
            density = (1, 2, 4, 5, 4, 2, 1, 1, 0, 4, 5, 2)
            said = Said(chips, "42 % by Sunday", density) if message.text else Said()
            self.query_one(QuickAdd).say(said)

    Demo().run()


if __name__ == "__main__":
    _demo()
