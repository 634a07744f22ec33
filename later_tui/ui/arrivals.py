"""Reminders that come back while the app is open, for the panel that shows them."""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from later_tui.domain.errors import DamagedError, NotFoundError
from later_tui.domain.reminder import Reminder, State
from later_tui.domain.wording import lateness
from later_tui.ui.session import Session
from later_tui.ui.wording import postmark
from later_tui.widgets.arrival import Arrival, Arrived

if TYPE_CHECKING:
    from later_tui.channels.base import Notification
    from later_tui.store.claims import Event

logger = logging.getLogger(__name__)

SHOWN = 20
"""How many of a storm of arrivals are put on the panel; all of them stand in Unanswered."""


class Arrivals:
    """Puts what arrives on the panel, and takes off what was answered, here or elsewhere."""

    def __init__(self, session: Session, panel: Arrival) -> None:
        self._session = session
        self._panel = panel

    @property
    def shown(self) -> int:
        """How many are on the panel, or wait behind the one that is seen."""
        return len(self._panel.waiting)

    async def hear(self, events: "Sequence[Event]") -> None:
        """Follow the store's events. Raises StoreError."""
        for event in events:
            if event.kind in ("answered", "changed"):
                self._panel.take(event.reminder_id)
        came = [event.reminder_id for event in events if event.kind == "delivered"]
        came = list(dict.fromkeys(came))
        # In a storm the newest of each batch is enough: nobody reads them as they pass.
        most = 1 if self.shown >= SHOWN else SHOWN
        for reminder_id in came[-most:]:
            try:
                reminder = await self._session.store.get(reminder_id)
            except NotFoundError:
                continue
            except DamagedError as error:
                logger.warning("a reminder that came back cannot be shown: %s", error)
                continue
            if reminder.state is State.DELIVERED:
                self._panel.add(self._arrived(reminder))
                if len(came) > most:
                    self._panel.skip()

    def toast(self, notification: "Notification") -> bool:
        """Show a notification that goes out by the app itself; True: it is on the screen.

        What a digest stands for comes on the panel by itself, with the store's events.
        """
        if notification.count > 1:
            return True
        self._panel.add(
            Arrived(
                notification.reminder_id,
                notification.round,
                notification.text,
                postmark(notification.origin, self._session.now, self._session.host),
                self._note(notification.tags, notification.lateness_ms),
            )
        )
        return True

    def _arrived(self, reminder: Reminder) -> Arrived:
        return Arrived(
            reminder.id,
            reminder.round,
            reminder.text,
            postmark(reminder.origin, self._session.now, self._session.host),
            self._note(reminder.tags, reminder.lateness or 0),
        )

    @staticmethod
    def _note(tags: Sequence[str], late: int) -> str:
        words = [f"#{tag}" for tag in tags]
        return "  ".join([*words, lateness(late)] if late >= 60_000 else words)
