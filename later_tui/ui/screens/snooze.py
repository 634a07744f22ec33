"""A small prompt: when is it to come back, exactly?"""

import asyncio
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from later_tui.domain.errors import GrammarError
from later_tui.domain.wording import moment
from later_tui.ui.session import Session
from later_tui.ui.snoozing import read_until
from later_tui.ui.wording import ahead
from later_tui.widgets.capture_input import CaptureInput
from later_tui.widgets.hints import Hint, Hints

EXAMPLES = "20m, 2h, 18:00, tomorrow 9:00, fri"


class SnoozeScreen(ModalScreen[int | None]):
    """Reads a length or a time as the grammar does; gives ms UTC, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "go back", show=False, id="snooze.close"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        with Vertical(classes="panel small"):
            yield CaptureInput(placeholder=EXAMPLES)
            yield Static(classes="said", markup=False)
            yield Hints([Hint("enter", "snooze", "snooze"), Hint("esc", "back", "close")])

    def on_mount(self) -> None:
        self.query_one(".panel").border_title = "snooze until"
        self._say(f"a length or a time: {EXAMPLES}", "$text-muted")

    def on_input_changed(self, event: CaptureInput.Changed) -> None:
        event.stop()
        self._show(event.value)

    def on_input_submitted(self, event: CaptureInput.Submitted) -> None:
        event.stop()
        self._submit(event.value)

    def on_hints_pressed(self, message: Hints.Pressed) -> None:
        message.stop()
        if message.action == "close":
            self.action_close()
        else:
            self._submit(self.query_one(CaptureInput).value)

    def action_close(self) -> None:
        """Go back without a snooze."""
        self.dismiss(None)

    @work(group="read", exclusive=True)
    async def _show(self, value: str) -> None:
        await self._read(value)

    @work(group="submit", exclusive=True)
    async def _submit(self, value: str) -> None:
        until = await self._read(value)
        if until is not None:
            self.dismiss(until)

    async def _read(self, value: str) -> int | None:
        if not value.strip():
            self._say(f"a length or a time: {EXAMPLES}", "$text-muted")
            return None
        reading = self._session.reading
        try:
            until = await asyncio.to_thread(read_until, value, reading)
        except GrammarError as error:
            self._say(str(error), "$warning")
            return None
        when = moment(until, reading.now, reading.zone)
        self._say(f"{when}, {ahead(until - reading.now)}", "$secondary")
        return until

    def _say(self, words: str, colour: str) -> None:
        self.query_one(".said", Static).update(Content.styled(words, colour))
