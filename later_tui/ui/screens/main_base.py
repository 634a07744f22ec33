"""Home: its parts, and what all that happens on it needs."""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from functools import cached_property
from os import getpid
from socket import gethostname
from typing import TYPE_CHECKING, Any

from textual import work
from textual.app import ComposeResult
from textual.screen import Screen
from textual.worker import WorkerError, active_worker

from later_tui.domain.errors import LaterError, OutsideError, RefusedError
from later_tui.domain.reminder import Reminder
from later_tui.store.records import View
from later_tui.ui import footers, keymap, shelf
from later_tui.ui.arrivals import Arrivals
from later_tui.ui.board import Board, tabs
from later_tui.ui.capture import HEADING, Capture
from later_tui.ui.changing import Changes, Doing
from later_tui.ui.completing import Completer
from later_tui.ui.refresher import Refresher
from later_tui.ui.saying import BACK, Saying
from later_tui.ui.screens.fitting import fit
from later_tui.ui.session import Session
from later_tui.ui.status import Facts, Here, title, troubles
from later_tui.widgets.arrival import Arrival
from later_tui.widgets.find_bar import FindBar
from later_tui.widgets.hints import Hint
from later_tui.widgets.key_footer import KeyFooter
from later_tui.widgets.quick_add import QuickAdd
from later_tui.widgets.status_bar import StatusBar
from later_tui.widgets.view_tabs import ViewTabs

if TYPE_CHECKING:
    from textual.worker import Worker

    from later_tui.ui.finder import Finder


logger = logging.getLogger(__name__)

EXAMPLE = "call mum within 3d #family"
WRITE = "press {key}, and write: " + EXAMPLE
FIND = "words, #tag, !channel, is:done, before:fri"

DOING = "doing"
"""The group of the work that changes something, which is finished before the app ends."""
LOOKING = "looking"
"""The group of the work that only looks, or that is done at the next start as well."""
FINISH_S = 5.0
"""How long that may take, s."""
COUNT_S = 0.5
"""How long the last count of what waits may take, s."""


class MainBase(Screen[None]):
    """The parts of home, put together."""

    AUTO_FOCUS = ""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._here = Here()
        self._reading = self._once_more = False

    def compose(self) -> ComposeResult:
        self._bar = FindBar(placeholder=FIND)
        self._lists = shelf.lists(self._session.settings.times)
        self._panel = Arrival(footers.arrived(self))
        key = next((one.key for one in footers.adding(self)), "ctrl+p")
        yield StatusBar("later")
        yield QuickAdd(HEADING, placeholder=WRITE.format(key=key), example=EXAMPLE)
        yield ViewTabs(tabs())
        yield self._lists[0]
        self._footer = KeyFooter()
        yield self._footer

    async def complete(self) -> None:
        """Mount what is hidden at first; it need not be there before the first paint."""
        await self._box.open_up()
        first, *others = self._lists
        await self.mount(self._bar, before=first)
        await self.mount(*others, self._panel, after=first)

    def on_mount(self) -> None:
        fit(self)
        self._box = self.query_one(QuickAdd)
        health = keymap.first_key(self, "app.health")
        self._board = Board(self.query_one(StatusBar), self.query_one(ViewTabs), health)
        self._board.here(self._here)
        lists = {shown.name or "": shown for shown in self._lists}
        self._shelf = shelf.Shelf(self._session, lists)
        self._saying = Saying(self._box)
        self._capture = Capture(self._session, self._box, self._saying, self._stop_key)
        self._changes = Changes(self._saying, self._stop_key)
        self._completer = Completer(self._session, self._shelf.loaded)
        self.arrivals = Arrivals(self._session, self._panel)
        self._refresher = Refresher(self, self._refresh)
        self._show_view(View.UPCOMING)

    @cached_property
    def _finder(self) -> "Finder":
        from later_tui.ui.finder import Finder

        return Finder(self._session, self._bar, self._shelf.loaded, self._show_found)

    def _show_found(
        self, found: Sequence[Reminder], near: Sequence[Reminder], instead: Sequence[str]
    ) -> None:
        self._shelf.show_these(found, near, instead)
        self._show_footer()

    @property
    def upcoming(self) -> int | None:
        """How many reminders are to come, as far as is known."""
        return self._board.facts.upcoming if self.is_mounted else None

    @property
    def waiting_here(self) -> int:
        """How many thoughts wait on this machine until Redis has them."""
        return len(self._session.outbox)

    @property
    def facts(self) -> Facts:
        """What the status line is made from."""
        return self._board.facts

    @property
    def unkept(self) -> str:
        """Words that were written and not kept."""
        return self._capture.unkept if self.is_mounted else ""

    @property
    def keeping(self) -> bool:
        """Whether words are being kept now."""
        return self.is_mounted and self._capture.keeping

    @property
    def refreshing(self) -> bool:
        """Whether the lists are about to be read anew."""
        return self._refresher.waiting

    def here(self, here: Here) -> None:
        """Take over what the worker in this app says of itself."""
        self._here = here
        if self.is_mounted and self.is_running:
            self._board.here(here)

    def say(self, sentence: str) -> None:
        """Say what came of something in the box's lower edge."""
        self._saying.hint(sentence)

    def on_screen_suspend(self) -> None:
        """What was said here is not said any longer once another page has been looked at."""
        self._saying.hush()

    def _show_view(self, view: View) -> None:
        self._saying.hush()
        self._bar.close()
        self._board.view(view)
        self._shelf.show(view)
        self._show_footer()

    def _show_footer(self) -> None:
        bar = self._footer
        writing = self._box.editing or self._bar.typing
        self._panel.reach_by(keymap.first_key(self, "input.leave") if writing else "")
        if self._box.editing:
            words, offering = bool(self._box.text.strip()), self._box.offering
            hints = footers.writing(
                self,
                editing=self._capture.editing,
                words=words,
                offering=offering,
                fault=words and self._saying.fault,
            )
            bar.show(hints, keep=1)
        elif self._bar.typing:
            bar.show(footers.finding(self, empty=not self._shelf.shown.total), keep=1)
        else:
            bar.show(self._of_the_list(), keep=1)

    def _of_the_list(self) -> Sequence[Hint]:
        """Return what the keys do while the list has them."""
        shelf, targets = self._shelf, self._shelf.targets
        again = bool(targets) and all(map(footers.sendable, targets))
        if shelf.marks:
            return footers.marked(self, len(shelf.marks), again=again)
        if shelf.finding and shelf.shown.total:
            return footers.found(self, again=again)
        return footers.footer(self, shelf.view, empty=shelf.shown.blank, again=again)

    def _refresh(self) -> None:
        """Read anew; once more after that where it is asked for meanwhile.

        A reading that the next one stopped would never come to its end in a storm of changes.
        """
        if self._reading:
            self._once_more = True
        elif self._session.opened is not None:
            self._reading, self._once_more = True, False
            self._reread()

    @work(group=LOOKING)
    async def _reread(self) -> None:
        try:
            await self._read_anew()
        finally:
            self._reading = False
        if self._once_more:
            self._refresher.soon()  # when nobody types

    async def _read_anew(self) -> None:
        try:
            counts = await self._shelf.refresh()
            workers = await self._session.store.workers()
        except LaterError:
            return  # the bridge says so, and has everything read anew when Redis is back
        user, here = self._session.settings.user, (gethostname(), getpid())
        others = [one for one in workers if (one.host, one.pid) != here]
        serving = [one for one in others if any(one.serves(user, c) for c in one.channels)]
        told = troubles(workers, user, *here)
        self._board.count(counts, (worker.host for worker in serving), told)
        self.app.title = title(counts.unanswered)
        self._show_footer()
        self._count_waiting()

    def _count_waiting(self) -> None:
        """Count what waits here for Redis; where nothing does, what was said of that is over."""
        waiting = len(self._session.outbox)
        self._board.waits_here(waiting)
        if not waiting and not self._session.trouble:
            self._saying.handed_on()

    def _do(self, work: Coroutine[Any, Any, object]) -> None:
        self.run_worker(self._guarded(work), group=DOING)

    def _look(self, work: Coroutine[Any, Any, object]) -> None:
        self.run_worker(self._guarded(work, looking=True), group=LOOKING)

    def _change(self, doing: Doing, work: Coroutine[Any, Any, object]) -> "Worker[Any]":
        """Do what changes something, after what changes something already."""
        return self.run_worker(self._guarded(self._changes.in_turn(doing, work)), group=DOING)

    def _stop_key(self) -> str:
        """Return the key that stops what takes its time, where the keys go now."""
        if self._box.editing:
            return keymap.first_key(self, "input.leave")
        return keymap.first_key(self, "find.leave" if self._bar.typing else "arrived.aside")

    def stop(self) -> bool:
        """Stop what is said to take its time; return whether anything does."""
        return self._saying.stop()

    async def finish(self) -> None:
        """Return when what was begun is done: a thought is kept, an answer given; bounded.

        A long list that is being kept stops; what is left of it goes into the box.
        """
        self._capture.hurry()
        loop = asyncio.get_running_loop()
        end = loop.time() + FINISH_S
        while (begun := [one for one in self.workers if self._begun(one)]) and loop.time() < end:
            # In tasks: whoever no longer waits for a worker itself stops it, and goes on waiting.
            waits = [asyncio.create_task(_ended(one)) for one in begun]
            await asyncio.wait(waits, timeout=end - loop.time())
        # What is said of them after the app must be so: the lists may not have been read since.
        with suppress(LaterError, TimeoutError):
            async with asyncio.timeout(COUNT_S):
                counts = await self._session.store.counts(self._session.settings.user)
                self._board.count(counts, self._board.facts.elsewhere)

    def _begun(self, worker: "Worker[Any]") -> bool:
        # The work that asks for the end cannot wait for itself: a click on "quit".
        mine = worker.node is self and worker.group == DOING
        return mine and not worker.is_finished and worker is not active_worker.get(None)

    async def _guarded(self, work: Coroutine[Any, Any, object], *, looking: bool = False) -> None:
        """Carry `work` out; what cannot be done is said in the box's lower edge.

        So is what should not have happened, with the log as the way out: what was being written
        is worth more than an end. What cannot be read (`looking`) is said of nothing else: what
        could not be changed matters more, and has the same reason.
        """
        try:
            await work
        except LaterError as error:
            if looking and self._saying.of_trouble:
                return
            lost = isinstance(error, OutsideError) and not isinstance(error, RefusedError)
            self._saying.problem(str(error), once_back=BACK if lost else None)
        except Exception as error:
            logger.exception("what a key began has failed")
            log = keymap.first_key(self, "app.log")
            where = f"{log} shows the log" if log else "the log has more"
            self._saying.problem(f"that went wrong ({type(error).__name__}); {where}")


async def _ended(worker: "Worker[Any]") -> None:
    with suppress(WorkerError):
        await worker.wait()
