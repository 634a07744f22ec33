"""A small prompt: when is it to come back, exactly? One key for the usual times, or typed."""

import asyncio
from pathlib import PurePath
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from later_tui.domain.errors import GrammarError
from later_tui.domain.wording import moment
from later_tui.ui import keymap
from later_tui.ui.screens.fitting import fit
from later_tui.ui.screens.leaving import leave
from later_tui.ui.screens.panel import PANELS
from later_tui.ui.session import Session
from later_tui.ui.snoozing import MINUTE, Usual, read_until, usual_times
from later_tui.ui.wording import ahead
from later_tui.widgets.capture_input import CaptureInput
from later_tui.widgets.cells import clean, shorten
from later_tui.widgets.hints import Hint, Hints

ABOUT = 40
"""Cells for what is snoozed."""
EXAMPLES = "20m, 2h, 18:00, tomorrow 9:00, fri"
LINE = "another time"
ROOMY = 15
"""So many lines show the usual times and the line for another one at once."""


class SnoozeScreen(ModalScreen[int | None]):
    """Reads a length or a time as the grammar does; gives ms UTC, or None."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [PANELS]
    KEYS: ClassVar[tuple[keymap.Key, ...]] = keymap.SNOOZE_KEYS
    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings(KEYS)]
    AUTO_FOCUS = ""

    HOLDS_WORDS: ClassVar[bool] = True

    def __init__(self, session: Session, about: str = "") -> None:
        """`about` says what is to be snoozed."""
        super().__init__()
        self._session = session
        self._about = about
        # Held, not looked up: a time may be read while the prompt closes.
        self._frame = Vertical(classes="panel small")
        self._times: tuple[Usual, ...] = ()
        self._usual = Static(classes="presets", markup=False)
        self._line = CaptureInput(placeholder=EXAMPLES)
        self._readable = False
        self._said = Static(classes="said", markup=False)
        self._hints = Hints(keep=1)

    def compose(self) -> ComposeResult:
        with self._frame:
            yield self._usual
            yield self._line
            yield self._said
            yield self._hints

    def on_mount(self) -> None:
        fit(self)
        self._frame.border_title = "snooze until"
        self._frame.border_subtitle = Content(shorten(clean(self._about), ABOUT))
        self._line.border_title = LINE
        self._times = usual_times(self._session.reading)
        self._usual.update(Content("\n").join(self._presets()))
        self._say("", "$text-muted")
        self._offer()

    def on_click(self, event: events.Click) -> None:
        """Take the time that was clicked."""
        at = event.get_content_offset(self._usual)
        if at is not None and at.y < len(self._times):
            event.stop()
            self.action_preset(at.y + 1)

    def on_descendant_focus(self) -> None:
        self._offer()

    def on_resize(self) -> None:
        self._offer()

    def _offer(self) -> None:
        """Show what the keys do: enter only where there is something to snooze until."""
        typing = self._line.has_focus
        self._usual.display = not typing or self.size.height >= ROOMY
        if not typing:
            first = keymap.hints(self, keymap.SNOOZE_KEYS, ["snooze.type"])
        else:
            first = [Hint("enter", "snooze", "snooze")] if self._readable else []
        self._hints.show([*first, *keymap.hints(self, keymap.SNOOZE_KEYS, ["snooze.close"])])

    def on_input_changed(self, event: CaptureInput.Changed) -> None:
        event.stop()
        self._show(self._line.text)

    def on_input_submitted(self, event: CaptureInput.Submitted) -> None:
        event.stop()
        self._submit(self._line.text)

    async def on_hints_pressed(self, message: Hints.Pressed) -> None:
        message.stop()
        if message.action == "snooze":
            self._submit(self._line.text)
        else:
            key = next(key for key in keymap.SNOOZE_KEYS if key.id == message.action)
            await self.run_action(key.action)

    def action_preset(self, number: int) -> None:
        """Close, with one of the usual times."""
        usual = self._times[number - 1]
        if usual.at > self._session.now:
            leave(self, usual.at)  # as it stands there, though a minute may have begun since
        else:
            self._submit(usual.line)

    def action_type(self) -> None:
        """Send the keys into the line for a time."""
        self._line.focus()

    def action_close(self) -> None:
        """Go back without a snooze."""
        leave(self, None)

    def _presets(self) -> list[Content]:
        keys = (key for key in keymap.SNOOZE_KEYS if key.action.startswith("preset"))
        own = keymap.own(self)
        lines = []
        for key, usual in zip(keys, self._times, strict=True):
            bound = " ".join(map(keymap.shown, keymap.keys_of(key, own))) or " "
            until = self._words(usual.at // MINUTE * MINUTE)
            lines.append(
                Content.styled(f"{bound}  ", "bold $primary")
                + Content(f"{usual.words:<18}")
                + Content.styled(until, "$text-muted")
            )
        return lines

    @work(group="read", exclusive=True)
    async def _show(self, value: str) -> None:
        await self._read(value)

    @work(group="submit", exclusive=True)
    async def _submit(self, value: str) -> None:
        until = await self._read(value)
        if until is not None:
            leave(self, until)

    async def _read(self, value: str) -> int | None:
        until = await self._read_and_say(value)
        if self.is_current:  # it may have been left meanwhile
            self._readable = until is not None
            self._offer()
        return until

    async def _read_and_say(self, value: str) -> int | None:
        if not value.strip():
            self._say("", "$text-muted")
            return None
        reading = self._session.reading
        try:
            until = await asyncio.to_thread(read_until, value, reading)
        except GrammarError as error:
            self._say(str(error), "$warning")
            return None
        if not self.is_current:
            return None  # it was left meanwhile
        self._say(f"{self._words(until)}, {ahead(until - reading.now)}", "$secondary")
        return until

    def _words(self, until: int) -> str:
        reading = self._session.reading
        return moment(until, reading.now, reading.zone, self._session.settings.times)

    def _say(self, words: str, colour: str) -> None:
        self._said.update(Content.styled(words, colour))
