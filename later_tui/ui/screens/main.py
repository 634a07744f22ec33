"""Home: one input, what is kept for you, and what has come back."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.binding import BindingType
from textual.worker import WorkerError

from later_tui.domain.errors import LaterError, OutsideError
from later_tui.ui import keymap
from later_tui.ui.bridge import Happened, StoreLost, StoreOpened
from later_tui.ui.screens.main_answers import MainAnswers
from later_tui.widgets.hints import Hints
from later_tui.widgets.quick_add import QuickAdd

if TYPE_CHECKING:
    from textual.worker import Worker

    from later_tui.store.claims import Event
    from later_tui.ui.editor import Editor
    from later_tui.widgets.thought_area import ThoughtArea

OUTSIDE = "outside"
"""The group of the work that waits for the person's editor."""


class MainScreen(MainAnswers):
    """The screen that is always there: hands messages and keys to those who know what to do."""

    KEYS: ClassVar[tuple[keymap.Key, ...]] = (
        *keymap.MAIN_KEYS,
        *keymap.LIST_KEYS,
        *keymap.WRITING_KEYS,
        *keymap.FIND_KEYS,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings(keymap.MAIN_KEYS)]

    _editor: "Editor | None" = None
    _outside: "Worker[None] | None" = None

    @property
    def lent(self) -> bool:
        """Whether the person's editor has the terminal."""
        return self._editor is not None and self._editor.lent

    @property
    def left_files(self) -> Sequence[Path]:
        """Files with what was written in the person's editor and is not kept."""
        return self._editor.left if self._editor is not None else ()

    async def finish(self) -> None:
        """Return when what was begun is done; the person's editor is ended, its file stays."""
        if self._outside is not None and not self._outside.is_finished:
            self._outside.cancel()
            with suppress(WorkerError):
                await self._outside.wait()
        await super().finish()

    # What happens elsewhere

    def on_store_opened(self, message: StoreOpened) -> None:
        self._board.opened(message.server.place, message.warnings)
        self._capture.redis_is(away=False)
        self._look(self._hand_on())
        self.find_anew()
        self._refresher.soon()

    def on_store_lost(self, message: StoreLost) -> None:
        self._board.lost(message.reason)
        self._capture.redis_is(away=True)
        self._count_waiting()
        self._shelf.say(("Redis is away.", message.reason, "Trying again…"))

    def on_happened(self, message: Happened) -> None:
        happened = message.take()
        self.touched(event.reminder_id for event in happened)
        self._look(self._hear(happened))
        self._refresher.soon()

    async def _hand_on(self) -> None:
        """Give Redis what waited here for it."""
        outbox = self._session.outbox
        if outbox:
            await self._session.store.hand_on(outbox, self._session.settings.redis.shards)
        self._count_waiting()

    async def _hear(self, happened: "list[Event]") -> None:
        await self.arrivals.hear(happened)
        open_one = self.app.screen
        if open_one is self:
            return
        from later_tui.ui.screens.detail import DetailScreen

        if isinstance(open_one, DetailScreen):
            about = open_one.reminder_id
            if any(event.reminder_id == about for event in happened):
                open_one.update(await self._session.store.get(about))

    # The box

    def on_quick_add_changed(self, message: QuickAdd.Changed) -> None:
        self._refresher.typed()
        self._read(message.text)
        self._show_footer()
        if message.text == self._box.text:
            self._box.offer(self._completer.offers(message.text))

    def on_quick_add_offered(self) -> None:
        self._show_footer()

    def on_quick_add_submitted(self, message: QuickAdd.Submitted) -> None:
        self._do(self._keep(message.text))

    def on_quick_add_pasted(self, message: QuickAdd.Pasted) -> None:
        self._do(self._pasted(message.text))

    async def _pasted(self, text: str) -> None:
        from later_tui.domain.pasted import thoughts, ticked_off
        from later_tui.ui.screens.pasted import PastedScreen

        # In a thread: a list may be long.
        lines = await asyncio.to_thread(thoughts, text)
        ticked = await asyncio.to_thread(ticked_off, text)

        def go(how: str | None) -> None:
            if how == "many":
                self._do(self._keep_many(lines))
            elif how == "one":
                self._capture.put(text)

        if self._capture.editing or len(lines) < 2:
            self._capture.put(text)
        else:
            self.app.push_screen(PastedScreen(self._session, lines, ticked), go)

    async def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted while the list has the keys into the box."""
        event.stop()
        await self.action_add()
        self._box.paste(event.text)

    def on_thought_area_too_long(self, message: "ThoughtArea.TooLong") -> None:
        self._capture.refuse(message.size)

    def on_quick_add_left(self) -> None:
        if not self.stop():
            self._leave_box()

    def _leave_box(self) -> None:
        self._capture.give_up_edit()
        self._shelf.shown.focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if self._box in event.widget.ancestors:
            self._look(self._completer.learn())
            if self._box.text:
                self._read(self._box.text)
        self._saying.still()  # the key that stops may be another one here
        self._show_footer()

    async def action_add(self) -> None:
        """Send the keys into the box; a change that was only begun makes way for a new thought."""
        if not self._capture.changed:
            self._capture.give_up_edit()
        await self._box.open_up()
        self._box.start()

    async def action_edit(self) -> None:
        """Put the selected reminder's words into the box."""
        if reminder := self._shelf.selected:
            await self._begin_edit(reminder)
        else:
            self.say_if_changed()

    async def action_editor(self) -> None:
        """Change the selected reminder in the person's own editor."""
        reminder = self._shelf.selected
        if reminder is None:
            self.say_if_changed()
        elif await self._begin_edit(reminder):
            work = self._guarded(self._edit_outside())
            self._outside = self.run_worker(work, group=OUTSIDE)

    async def _edit_outside(self) -> None:
        from later_tui.ui.editor import Editor

        self._editor = self._editor or Editor(self.app)
        before = self._box.text
        try:
            written = await self._editor.edited(before)
        except LaterError as error:
            self._leave_unchanged()
            self._saying.of_words(str(error))
            return
        if not written or written == before.strip():
            self._leave_unchanged()
            self.say("nothing is changed")
        else:
            self._box.text = written
            self._do(self._keep(written))

    def _leave_unchanged(self) -> None:
        """Leave the reminder that is open, unless its words were changed in the box before."""
        if not self._capture.changed:
            self._leave_box()

    @work(group="read", exclusive=True)
    async def _read(self, text: str) -> None:
        fault = self._saying.fault
        await self._capture.read(text)
        if fault != self._saying.fault:
            self._show_footer()

    async def _keep_many(self, lines: tuple[str, ...]) -> None:
        await self._capture.keep_many(lines)
        self._kept()

    async def _keep(self, text: str) -> None:
        if not await self._capture.keep(text):
            self._show_footer()
        else:
            self._kept()
            # Whoever writes on, or has gone elsewhere, stays there: letters would be commands.
            if self._capture.over and self._box.editing:
                self._shelf.shown.focus()

    def _kept(self) -> None:
        """Something is kept now."""
        self._count_waiting()
        self._refresher.now()
        if not self._session.trouble:
            # It may have been put by here as Redis came back, or was not waited for any longer.
            self._look(self._hand_on_soon())

    async def _hand_on_soon(self) -> None:
        with suppress(OutsideError):  # it is tried again when Redis is back
            await self._hand_on()

    # Clicks on keys, and on the status line

    def on_arrival_changed(self) -> None:
        self.set_class(self._panel.display, "-arrived")

    def on_status_bar_pressed(self) -> None:
        self.run_key("app.health")

    def on_hints_pressed(self, message: Hints.Pressed) -> None:
        message.stop()
        self.run_key(message.action)

    def run_key(self, name: str) -> None:
        """Do what the key with this id does."""
        match name:
            case "write.keep":
                self._box.submit()
            case "write.leave":
                self.on_quick_add_left()
            case "write.break":
                self._box.break_line()
            case "write.take":
                self._box.take()
            case "find.enter":
                self.on_find_bar_entered()
            case "find.leave":
                self.on_find_bar_left()
            case _:
                key = next(k for k in (*keymap.MAIN_KEYS, *keymap.APP_KEYS) if k.id == name)
                self._do(self.app.run_action(key.action, self.app if key.on_app else self))
