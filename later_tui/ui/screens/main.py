"""Home: one input, what is kept for you, and what has come back."""

from collections.abc import Coroutine
from time import monotonic
from typing import Any, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.timer import Timer

from later_tui.domain.errors import LaterError
from later_tui.domain.reminder import Answer, Reminder
from later_tui.store.claims import Event
from later_tui.store.records import View
from later_tui.ui import footers, keymap, shelf
from later_tui.ui.answering import answered
from later_tui.ui.arrivals import Arrivals
from later_tui.ui.board import UNKNOWN, Board
from later_tui.ui.bridge import Happened, StoreLost, StoreOpened
from later_tui.ui.capture import HEADING, Capture
from later_tui.ui.screens.detail import Chosen, DetailScreen
from later_tui.ui.screens.snooze import SnoozeScreen
from later_tui.ui.session import Session
from later_tui.ui.status import Facts, Here
from later_tui.widgets.arrival import Arrival
from later_tui.widgets.chip_line import Said
from later_tui.widgets.hints import Hints
from later_tui.widgets.key_footer import KeyFooter
from later_tui.widgets.quick_add import QuickAdd
from later_tui.widgets.reminder_list import ReminderList
from later_tui.widgets.status_bar import StatusBar
from later_tui.widgets.view_tabs import ViewTabs

REFRESH_S = 0.05
"""How long changes are gathered before the lists are read anew."""
STORM_S = 0.4
"""The same while one change comes after the other: the keys come first."""
ROUND_S = 15.0
"""How often the words for times and the workers elsewhere are looked at again."""


class MainScreen(Screen[None]):
    """The screen that is always there: hands messages and keys to those who know what to do."""

    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings(keymap.MAIN_KEYS)]
    AUTO_FOCUS = ""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._here = Here()
        self._soon: Timer | None = None
        self._refreshed_at = 0.0

    def compose(self) -> ComposeResult:
        yield StatusBar("later")
        yield QuickAdd(HEADING)
        yield ViewTabs(UNKNOWN)
        yield from shelf.lists()
        yield Arrival(footers.ARRIVED)
        yield KeyFooter()

    def on_mount(self) -> None:
        self._box = self.query_one(QuickAdd)
        self._panel = self.query_one(Arrival)
        self._board = Board(self.query_one(StatusBar), self.query_one(ViewTabs))
        self._board.here(self._here)
        lists = {View(shown.name or ""): shown for shown in self.query(ReminderList)}
        self._shelf = shelf.Shelf(self._session, lists)
        self._capture = Capture(self._session, self._box)
        self.arrivals = Arrivals(self._session, self._panel)
        self._show_view(View.UPCOMING)
        self.set_interval(ROUND_S, self._refresh_soon)

    @property
    def upcoming(self) -> int | None:
        """How many reminders are to come, as far as is known."""
        return self._board.facts.upcoming if self.is_mounted else None

    @property
    def facts(self) -> Facts:
        """What the status line is made from."""
        return self._board.facts

    @property
    def unkept(self) -> str:
        """Words that were written and not kept."""
        return self._capture.unkept if self.is_mounted else ""

    # What happens elsewhere

    def on_store_opened(self, message: StoreOpened) -> None:
        self._board.opened(message.server.place, message.warnings)
        self._do(self._hand_on())
        self._refresh_soon()

    def on_store_lost(self, message: StoreLost) -> None:
        self._board.lost(message.reason)
        self._board.waits_here(len(self._session.outbox))
        self._shelf.say(("Redis is away.", message.reason, "Trying again…"))

    def on_happened(self, message: Happened) -> None:
        self._do(self._hear(message.take()))
        self._refresh_soon()

    async def _hand_on(self) -> None:
        """Give Redis what waited here for it."""
        outbox = self._session.outbox
        if outbox:
            await self._session.store.hand_on(outbox, self._session.settings.redis.shards)
            self._board.waits_here(len(outbox))

    async def _hear(self, happened: list[Event]) -> None:
        await self.arrivals.hear(happened)
        open_one = self.app.screen
        if isinstance(open_one, DetailScreen):
            about = open_one.reminder_id
            if any(event.reminder_id == about for event in happened):
                open_one.update(await self._session.store.get(about))

    def here(self, here: Here) -> None:
        """Take over what the worker in this app says of itself."""
        self._here = here
        if self.is_mounted and self.is_running:
            self._board.here(here)

    # The box

    def on_quick_add_changed(self, message: QuickAdd.Changed) -> None:
        self._read(message.text)

    def on_quick_add_submitted(self, message: QuickAdd.Submitted) -> None:
        self._do(self._keep(message.text))

    def on_quick_add_left(self) -> None:
        self._capture.give_up_edit()
        self._shelf.shown.focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if self._box in event.widget.ancestors and self._box.text:
            self._read(self._box.text)
        self._show_footer()

    def action_add(self) -> None:
        """Send the keys into the box."""
        self._box.start()

    def action_edit(self) -> None:
        """Put the selected reminder's words into the box."""
        if reminder := self._shelf.selected:
            self._edit(reminder)

    @work(group="read", exclusive=True)
    async def _read(self, text: str) -> None:
        await self._capture.read(text)

    async def _keep(self, text: str) -> None:
        editing = self._capture.editing
        if await self._capture.keep(text):
            self._board.waits_here(len(self._session.outbox))
            self._refresh()
            if editing:
                self._shelf.shown.focus()

    def _edit(self, reminder: Reminder) -> None:
        self._capture.begin_edit(reminder)
        self._show_footer()

    # The lists

    def on_virtual_list_rows_needed(self, message: ReminderList.RowsNeeded) -> None:
        self._do(self._shelf.fill(View(message.list.name or ""), message.rows))

    def on_virtual_list_moved(self) -> None:
        self._shelf.seal()

    def on_virtual_list_opened(self) -> None:
        self.action_detail()

    def on_view_tabs_chosen(self, message: ViewTabs.Chosen) -> None:
        self._show_view(View(message.name))

    def action_view(self, name: str) -> None:
        """Show one of the lists."""
        self._show_view(View(name))

    def action_view_step(self, step: int) -> None:
        """Go to the next list, or to the one before; out of the box, to the list."""
        if self._box.editing:
            self._shelf.shown.focus()
        else:
            self._show_view(self._shelf.step(step))

    def action_peek(self) -> None:
        """Show the drawn moment of the selected reminder, or seal it again."""
        self._shelf.peek()

    def action_detail(self) -> None:
        """Show everything about the selected reminder."""
        if reminder := self._shelf.selected:
            self.app.push_screen(DetailScreen(self._session, reminder), self._detail_closed)

    def _detail_closed(self, chosen: Chosen | None) -> None:
        if chosen is None:
            return
        name, reminder = chosen
        if name == "edit":
            self._edit(reminder)
        else:
            self._answer(Answer(name), reminder.id, reminder.round)

    # Answers

    def action_answer(self, name: str) -> None:
        """Answer the selected reminder."""
        if reminder := self._shelf.selected:
            self._answer(Answer(name), reminder.id, reminder.round)

    def action_arrived(self, name: str) -> None:
        """Answer the reminder that has come back."""
        if arrived := self._panel.current:
            self._answer(Answer(name), arrived.key, arrived.round)

    def action_aside(self) -> None:
        """Put what has come back aside, unanswered."""
        self._panel.clear()

    def _answer(self, given: Answer, reminder_id: str, round_: int) -> None:
        def give(until: int | None) -> None:
            if given is not Answer.SNOOZE or until is not None:
                self._do(self._give(given, reminder_id, round_, until))

        if given is Answer.SNOOZE:
            self.app.push_screen(SnoozeScreen(self._session), give)
        else:
            give(None)

    async def _give(self, given: Answer, reminder_id: str, round_: int, until: int | None) -> None:
        sentence = await answered(self._session, reminder_id, given, round_, until)
        self._panel.take(reminder_id)
        self._box.say(Said(hint=sentence))
        self._refresh_soon()

    # Clicks on keys, and the footer

    def on_hints_pressed(self, message: Hints.Pressed) -> None:
        message.stop()
        self.run_key(message.action)

    def on_arrival_answered(self, message: Arrival.Answered) -> None:
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
            case _:
                key = next(k for k in (*keymap.MAIN_KEYS, *keymap.APP_KEYS) if k.id == name)
                self._do(self.app.run_action(key.action, self.app if key.on_app else self))

    def _show_view(self, view: View) -> None:
        self.query_one(ViewTabs).active = view
        self._shelf.show(view)
        self._show_footer()

    def _show_footer(self) -> None:
        bar = self.query_one(KeyFooter)
        if self._box.editing:
            bar.show(footers.EDITING if self._capture.editing else footers.WRITING, keep=0)
        else:
            bar.show(footers.footer(self, self._shelf.view), keep=1)

    # Reading anew

    def _refresh_soon(self) -> None:
        if self._soon is None:
            storm = monotonic() - self._refreshed_at < STORM_S
            self._soon = self.set_timer(STORM_S if storm else REFRESH_S, self._refresh)

    def _refresh(self) -> None:
        self._soon = None
        self._refreshed_at = monotonic()
        if self._session.opened is not None:
            self._reread()

    @work(group="reread", exclusive=True)
    async def _reread(self) -> None:
        try:
            counts = await self._shelf.refresh()
            workers = await self._session.store.workers()
        except LaterError:
            return  # the bridge says so, and has everything read anew when Redis is back
        self._board.count(counts, (worker.host for worker in workers))
        self._board.waits_here(len(self._session.outbox))

    def _do(self, work: Coroutine[Any, Any, object]) -> None:
        self.run_worker(self._guarded(work))

    async def _guarded(self, work: Coroutine[Any, Any, object]) -> None:
        """Carry `work` out; what cannot be done is said in the box's lower edge."""
        try:
            await work
        except LaterError as error:
            self._box.say(Said(problem=str(error)))
