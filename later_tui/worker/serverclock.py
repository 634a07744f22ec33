"""The server's clock as seen from here: it decides what is due, the local one only waits."""

import asyncio
import logging

from later_tui.domain.clock import Clock

logger = logging.getLogger(__name__)

JUMP_MS = 5_000
"""A wall clock that strays this far from the server's between two looks has been set."""


class ServerClock:
    """Translates the server's time into local waiting."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._offset: float | None = None
        self._drift: int | None = None

    def saw(self, now: int) -> None:
        """Take note that a reply came just now that says the server's time is `now` (ms UTC).

        The server read its clock before the reply came, so what is waited for is never early.
        """
        self._offset = now - self._clock.monotonic() * 1000
        drift = self._clock.now() - now
        if self._drift is not None and abs(drift - self._drift) > JUMP_MS:
            logger.warning(
                "this machine's clock jumped by %+.1f s against the server's; "
                "reminders keep to the server's",
                (drift - self._drift) / 1000,
            )
        self._drift = drift

    def now(self) -> int:
        """Return the server's time, ms UTC; the local one before the first reply."""
        if self._offset is None:
            return self._clock.now()
        return int(self._clock.monotonic() * 1000 + self._offset)

    def seconds_until(self, moment: int) -> float:
        """Return how long to wait for `moment` (ms UTC), never negative."""
        if self._offset is None:
            return max(0.0, (moment - self._clock.now()) / 1000)
        return max(0.0, (moment - self._offset) / 1000 - self._clock.monotonic())

    async def until(self, moment: int) -> None:
        """Wait for `moment` (ms UTC)."""
        # A timer may fire a little early; what is promised is never early.
        while (left := self.seconds_until(moment)) > 0:  # noqa: ASYNC110
            await asyncio.sleep(left)
