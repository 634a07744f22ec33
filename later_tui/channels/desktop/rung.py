"""What every rung of the ladder is, and the memory of why one failed."""

import time
from typing import Protocol

from later_tui.channels.base import Availability, Notification, Receipt

PATIENCE = 5.0
"""How long a rung may take for one delivery, s."""


class Rung(Protocol):
    """One way to show a notification."""

    via: str

    async def available(self) -> Availability:
        """Say whether `send` could work now. Raises nothing."""
        ...

    async def send(self, notification: Notification) -> Receipt:
        """Show it, within `PATIENCE`.

        Raises UnavailableError (not by this way now) or TransientError (tried, and failed).
        """
        ...

    async def withdraw(self, reminder_id: str) -> None:
        """Take it away again where that is possible. Raises nothing."""
        ...

    async def aclose(self) -> None: ...


class Memory:
    """A reason that is believed for a short while, so that a burst does not ask again and again.

    Shorter than the 5 s within which a way that has come back must be used again.
    """

    def __init__(self, seconds: float = 2.0) -> None:
        self._seconds = seconds
        self._reason = ""
        self._until = 0.0

    def keep(self, reason: str) -> None:
        self._reason = reason
        self._until = time.monotonic() + self._seconds

    def recall(self) -> str:
        """Return the reason, or "" when there is none or it is too old."""
        return self._reason if time.monotonic() < self._until else ""
