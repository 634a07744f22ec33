"""The rung `toast`: the app's own message, when the app is on a screen."""

from collections.abc import Awaitable, Callable

from later_tui.channels.base import Availability, Notification, Receipt
from later_tui.domain.errors import UnavailableError

_NO_APP = "only inside the app"


class Toast:
    """Shows reminders inside the app."""

    via = "toast"

    def __init__(self, toast: Callable[[Notification], bool | Awaitable[bool]] | None) -> None:
        self._toast = toast

    async def available(self) -> Availability:
        """Say whether there is an app to ask; whether it is on a screen, only it knows."""
        return Availability(self._toast is not None, self.via, "" if self._toast else _NO_APP)

    async def send(self, notification: Notification) -> Receipt:
        """Show the toast; the app's word that it is on a screen is the proof."""
        if self._toast is None:
            raise UnavailableError(_NO_APP)
        shown = self._toast(notification)
        if not (await shown if isinstance(shown, Awaitable) else shown):
            raise UnavailableError("the app is not on a screen")
        return Receipt(self.via, "the app has it on the screen")

    async def withdraw(self, reminder_id: str) -> None:
        """Nothing: the app takes its toasts away by itself."""

    async def aclose(self) -> None:
        """Nothing to close."""
