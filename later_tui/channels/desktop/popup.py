"""The rung `pop-up` on Linux and BSD: a pop-up with buttons, straight over D-Bus."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from html import escape

from later_tui.channels import words
from later_tui.channels.base import Availability, Notification, Receipt
from later_tui.channels.desktop.hints import Hints, hints, shortcomings
from later_tui.channels.desktop.options import DesktopOptions
from later_tui.channels.desktop.rung import PATIENCE
from later_tui.channels.desktop.service import AS_OTHERS, NEVER, Handle, NotificationService
from later_tui.channels.desktop.shown import Pop, Shown
from later_tui.domain.errors import (
    BadInputError,
    DeliveryError,
    TransientError,
    UnavailableError,
)
from later_tui.domain.reminder import Answer

_logger = logging.getLogger(__name__)

BUTTONS = (
    (Answer.DONE.value, "Done"),
    (Answer.AGAIN.value, "Again"),
    (Answer.LET_GO.value, "Let go"),
)
"""No action is called "default": a click on the pop-up itself answers nothing."""

OPEN = "open"
"""The only button of a digest."""

_GLANCE = 2.0
"""How long looking at the service or taking a pop-up away may take, s."""
_SILENT = "the notification service does not answer"


@dataclass(eq=False)
class _Call:
    """A Notify that was sent and is not answered yet; it may outlive the `send` that began it."""

    notification: Notification
    after: "asyncio.Task[Pop] | None"
    task: "asyncio.Task[Pop]" = field(init=False)
    unwanted: bool = False


class PopUp:
    """Shows reminders as pop-ups with the buttons Done, Again and Let go."""

    via = "pop-up"

    def __init__(
        self,
        service: NotificationService,
        on_answer: Callable[[str, Answer, int], Awaitable[None]],
        options: DesktopOptions | None = None,
        on_open: Callable[[], None] | None = None,
    ) -> None:
        self._service = service
        self._on_answer = on_answer
        self._on_open = on_open
        self._options = options or DesktopOptions()
        self._expire = NEVER if self._options.stay else AS_OTHERS
        self._shown = Shown()
        self._calls: dict[str, _Call] = {}
        self._work: set[asyncio.Task[None]] = set()
        service.on_action = self._pressed
        service.on_closed = self._closed

    async def available(self) -> Availability:
        """Say whether a service is there and answers, and what it lacks. Starts none."""
        lacks = ""
        try:
            self._recall()
            async with asyncio.timeout(_GLANCE):
                if owner := await self._service.look():
                    abilities = await self._service.capabilities(owner)
                    lacks = shortcomings(self._options, abilities)
        except DeliveryError as error:
            return Availability(False, self.via, str(error))
        except TimeoutError:
            return Availability(False, self.via, self._no_answer())
        return Availability(True, self.via, lacks)

    async def send(self, notification: Notification) -> Receipt:
        """Show the pop-up; the number that the service gives is the proof."""
        self._recall()
        try:
            async with asyncio.timeout(PATIENCE):
                owner = await self._service.start()
                # Also asks whether the service is awake: what is sent to one that is not
                # would come up when it wakes, long after another rung showed the reminder.
                abilities = await self._service.capabilities(owner)
                pop = await asyncio.shield(self._call(notification, owner, abilities).task)
        except TimeoutError:
            self._service.silence.keep(self._no_answer())
            raise TransientError(f"{self._no_answer()} within {PATIENCE:g} s") from None
        return Receipt(self.via, f"the notification service gave it the number {pop.handle.number}")

    async def withdraw(self, reminder_id: str) -> None:
        """Close the reminder's pop-ups, also one that is only on its way."""
        if call := self._calls.get(reminder_id):
            call.unwanted = True
        for pop in self._shown.forget(reminder_id):
            await self._close(pop)

    async def aclose(self) -> None:
        """Take the buttons away, since nobody hears them any more, and close the connection."""
        calls = [call.task for call in self._calls.values()]
        for task in calls:
            task.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        if self._work:
            # Somebody has just pressed a button: that answer still counts.
            await asyncio.wait(self._work, timeout=_GLANCE)
        try:
            async with asyncio.timeout(_GLANCE):
                await self._disarm()
        except (DeliveryError, TimeoutError) as error:
            _logger.debug("pop-ups kept their buttons: %s", error or "no answer")
        for work in self._work:
            work.cancel()
        await self._service.aclose()

    def _recall(self) -> None:
        if reason := self._service.silence.recall():
            raise UnavailableError(reason)

    def _no_answer(self) -> str:
        return _SILENT if self._service.connected else "the session bus does not answer"

    def _call(self, notification: Notification, owner: str, abilities: frozenset[str]) -> _Call:
        """Return the call that shows the notification: the one under way, or a new one after it."""
        reminder_id = notification.reminder_id
        earlier = self._calls.get(reminder_id)
        if earlier and not earlier.unwanted and _same(earlier.notification, notification):
            return earlier
        call = _Call(notification, earlier.task if earlier else None)
        call.task = asyncio.create_task(self._show(call, owner, abilities))
        self._calls[reminder_id] = call
        call.task.add_done_callback(lambda _task: self._ended(reminder_id, call))
        return call

    def _ended(self, reminder_id: str, call: _Call) -> None:
        if self._calls.get(reminder_id) is call:
            del self._calls[reminder_id]
        if not call.task.cancelled() and (error := call.task.exception()):
            _logger.debug("a pop-up failed: %s", error)

    async def _show(self, call: _Call, owner: str, abilities: frozenset[str]) -> Pop:
        if call.after is not None:
            # What it shows must be known, or there would be two.
            await asyncio.wait([call.after])
        notification = call.notification
        summary, body = words.title(notification), words.body(notification)
        if "body" not in abilities:
            # The specification lets a service show the summary alone, as plain text.
            summary, body = words.line(notification), ""
        elif "body-markup" in abilities:
            body = escape(body, quote=False)
        buttons = self._buttons(notification) if "actions" in abilities else ()
        earlier, digest = self._shown.of(notification.reminder_id), notification.count > 1
        handle = await self._service.notify(
            owner,
            summary,
            body,
            buttons,
            replaces=earlier[-1].handle if earlier else None,
            expire=self._expire,
            # A digest whose count goes up was heard already.
            hints=self._hints(notification.reminder_id, silent=bool(earlier and digest)),
        )
        pop = Pop(
            handle, notification.reminder_id, notification.round, summary, body, bool(buttons)
        )
        if call.unwanted:
            await self._close(pop)
        else:
            self._shown.add(pop)
        return pop

    def _hints(self, reminder_id: str, *, silent: bool = False) -> Hints:
        return hints(self._options, reminder_id, silent=silent)

    def _buttons(self, notification: Notification) -> tuple[tuple[str, str], ...]:
        if notification.count == 1:
            return BUTTONS
        return ((OPEN, "Show them"),) if self._on_open else ()

    async def _close(self, pop: Pop) -> None:
        try:
            async with asyncio.timeout(_GLANCE):
                await self._service.close(pop.handle)
        except (DeliveryError, TimeoutError) as error:
            _logger.debug("a pop-up could not be closed: %s", error or _SILENT)

    async def _disarm(self) -> None:
        if not self._service.connected:
            return
        owner = await self._service.look()
        for pop in self._shown.open():
            if pop.buttons and pop.handle.owner == owner:
                await self._service.notify(
                    owner,
                    pop.summary,
                    pop.body,
                    replaces=pop.handle,
                    expire=self._expire,
                    hints=self._hints(pop.reminder_id, silent=True),
                )

    def _closed(self, handle: Handle, _why: int) -> None:
        # Dismissed or expired is not answered: the reminder stays unanswered.
        self._shown.close(handle)

    def _pressed(self, handle: Handle, key: str) -> None:
        # Every program hears every button; whose pop-up it is on, the handle says.
        if key not in {OPEN, *dict(BUTTONS)} or not (pop := self._shown.take(handle)):
            return
        doing = self._open(pop) if key == OPEN else self._answer(pop, Answer(key))
        work = asyncio.get_running_loop().create_task(doing)
        self._work.add(work)
        work.add_done_callback(self._work.discard)

    async def _open(self, pop: Pop) -> None:
        if self._on_open is not None:
            self._on_open()
        await self._close(pop)

    async def _answer(self, pop: Pop, answer: Answer) -> None:
        await self._close(pop)
        try:
            await self._on_answer(pop.reminder_id, answer, pop.round)
        except BadInputError as error:
            # Answered elsewhere already, or gone.
            _logger.info("the answer %s to %s came too late: %s", answer, pop.reminder_id, error)
        except Exception as error:
            _logger.exception("the answer %s to %s was not taken", answer, pop.reminder_id)
            await self._confess(pop, answer, error)

    async def _confess(self, pop: Pop, answer: Answer, error: Exception) -> None:
        """Tell the person, who saw the pop-up go away, that the answer was lost."""
        summary, reason = words.not_kept(dict(BUTTONS)[answer.value], error)
        try:
            async with asyncio.timeout(_GLANCE):
                body = f"{pop.body}\n{escape(reason, quote=False)}"
                shown = self._hints(pop.reminder_id)
                await self._service.notify(pop.handle.owner, summary, body, hints=shown)
        except (DeliveryError, TimeoutError):
            _logger.debug("nor could that be told", exc_info=True)


def _same(one: Notification, other: Notification) -> bool:
    return (one.round, one.nag, one.count, one.text) == (
        other.round,
        other.nag,
        other.count,
        other.text,
    )
