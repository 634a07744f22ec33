"""The rung `pop-up` on macOS and Windows: desktop-notifier."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from later_tui.channels import words
from later_tui.channels.base import Availability, Notification, Receipt
from later_tui.channels.desktop.options import DesktopOptions
from later_tui.channels.desktop.popup import BUTTONS
from later_tui.channels.desktop.rung import PATIENCE
from later_tui.domain.errors import BadInputError, DeliveryError, TransientError, UnavailableError
from later_tui.domain.reminder import Answer

if TYPE_CHECKING:
    from desktop_notifier import Sound

_logger = logging.getLogger(__name__)


class Native:
    """Shows reminders in the system's notification centre, with buttons."""

    via = "pop-up"

    def __init__(
        self,
        on_answer: Callable[[str, Answer, int], Awaitable[None]],
        options: DesktopOptions | None = None,
    ) -> None:
        self._on_answer = on_answer
        self._options = options or DesktopOptions()
        self._notifier: Any = None
        self._shown: dict[str, str] = {}
        self._work: set[asyncio.Task[None]] = set()

    async def available(self) -> Availability:
        """Say whether there is a notification centre that lets us in."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._open()
        except DeliveryError as error:
            return Availability(False, self.via, str(error))
        except TimeoutError:
            return Availability(False, self.via, "the notification centre does not answer")
        return Availability(True, self.via)

    async def send(self, notification: Notification) -> Receipt:
        """Show it; only the notification centre's word that it took it counts.

        desktop-notifier logs a failure and returns an identifier all the same.
        """
        from desktop_notifier import Button, Urgency
        from desktop_notifier import Notification as Shown

        taken = asyncio.Event()
        loop = asyncio.get_running_loop()

        def press(answer: Answer) -> Callable[[], None]:
            # The system may call from a thread of its own.
            return lambda: _calmly(loop, lambda: self._pressed(notification, answer))

        shown = Shown(
            title=words.title(notification),
            message=words.body(notification),
            buttons=tuple(
                Button(title=label, on_pressed=press(Answer(key)), identifier=key)
                for key, label in BUTTONS
            ),
            urgency=Urgency(self._options.urgency),
            sound=self._sound(),
            on_dispatched=lambda: _calmly(loop, taken.set),
        )
        try:
            async with asyncio.timeout(PATIENCE):
                notifier = await self._open()
                await self._clear(notification.reminder_id)
                await notifier.send_notification(shown)
                # A send that failed returned already; one that worked says so right after.
                async with asyncio.timeout(1.0):
                    await taken.wait()
        except TimeoutError:
            raise TransientError("the notification centre did not take it") from None
        self._shown[notification.reminder_id] = shown.identifier
        return Receipt(self.via, "the notification centre took it")

    async def withdraw(self, reminder_id: str) -> None:
        """Clear it from the notification centre."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._clear(reminder_id)
        except TimeoutError:
            _logger.debug("a pop-up could not be cleared in time")

    async def aclose(self) -> None:
        """Let the answers under way end."""
        if self._work:
            await asyncio.wait(self._work, timeout=PATIENCE)

    def _sound(self) -> "Sound | None":
        from desktop_notifier import DEFAULT_SOUND, Sound

        if name := self._options.sound_name:
            return Sound(name=name)
        return DEFAULT_SOUND if self._options.sound else None

    async def _open(self) -> Any:
        if self._notifier is None:
            try:
                from desktop_notifier import DesktopNotifier
                from desktop_notifier.backends.dummy import DummyNotificationCenter
                from desktop_notifier.main import get_backend_class
            except ImportError as error:
                raise UnavailableError(
                    f"the package desktop-notifier cannot be used ({error})"
                ) from error
            # The dummy takes everything and shows nothing: on macOS outside an app bundle.
            if get_backend_class() is DummyNotificationCenter:
                raise UnavailableError("this Python may not use the notification centre")
            self._notifier = DesktopNotifier(app_name="later")
        if not await self._notifier.request_authorisation():
            raise UnavailableError("notifications are not allowed in the system's settings")
        return self._notifier

    async def _clear(self, reminder_id: str) -> None:
        if self._notifier is not None and (shown := self._shown.pop(reminder_id, None)):
            try:
                if shown in await self._notifier.get_current_notifications():
                    await self._notifier.clear(shown)
            except Exception:
                _logger.exception("a pop-up could not be cleared")

    def _pressed(self, notification: Notification, answer: Answer) -> None:
        if self._shown.pop(notification.reminder_id, None) is None:
            return  # answered already
        work = asyncio.get_running_loop().create_task(self._answer(notification, answer))
        self._work.add(work)
        work.add_done_callback(self._work.discard)

    async def _answer(self, notification: Notification, answer: Answer) -> None:
        try:
            await self._on_answer(notification.reminder_id, answer, notification.round)
        except BadInputError as error:
            # Answered elsewhere already, or gone.
            reminder_id = notification.reminder_id
            _logger.info("the answer %s to %s came too late: %s", answer, reminder_id, error)
        except Exception as error:
            _logger.exception("the answer %s to %s was not taken", answer, notification.reminder_id)
            await self._confess(notification, answer, error)

    async def _confess(self, notification: Notification, answer: Answer, error: Exception) -> None:
        """Tell the person, who saw the pop-up go away, that the answer was lost."""
        title, reason = words.not_kept(dict(BUTTONS)[answer.value], error)
        try:
            async with asyncio.timeout(PATIENCE):
                await self._notifier.send(title, f"{words.body(notification)}\n{reason}")
        except TimeoutError:
            _logger.debug("nor could that be told")


def _calmly(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    """Call in the loop's own thread; not at all once the loop is closed."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(call)
