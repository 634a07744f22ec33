"""The server's clock as seen from here: it decides what is due, the local one only waits."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable

from later_tui.domain.clock import Clock

logger = logging.getLogger(__name__)

JUMP_MS = 5_000
"""A wall clock that strays this far from the server's between two looks has been set."""

LOOKS = 64
"""Of how many replies the best is believed."""

STEP_MS = 1_000
"""A server's clock that is behind what was believed by so much has been set back."""

YIELD_S = 0.002
"""The event loop rounds a wait up to whole ms, and again: the last of it is not slept."""


class ServerClock:
    """Translates the server's time into local waiting, never early."""

    def __init__(self, clock: Clock, woke: Callable[[], None] = lambda: None) -> None:
        """`woke` is called when the server's clock is suddenly ahead of what was waited for."""
        self._clock = clock
        self._woke = woke
        self._offsets: deque[float] = deque(maxlen=LOOKS)
        self._offset: float | None = None
        self._drift: int | None = None

    def saw(self, now: int) -> None:
        """Take note that a reply came just now that says the server's time is `now` (ms UTC).

        The server read its clock before the reply came: each reply gives a bound from below, and
        the highest of the last ones is the nearest to the truth.
        """
        offset = now - self._clock.monotonic() * 1000
        before = self._offset
        if self._offset is not None and offset < self._offset - STEP_MS:
            self._offsets.clear()
        self._offsets.append(offset)
        self._offset = max(self._offsets)
        if before is not None and offset > before + STEP_MS:
            # The machine slept: timers stood still with it, and what they wait for may be due.
            logger.info(
                "the server's clock is %.0f s ahead of the timers", (offset - before) / 1000
            )
            self._woke()
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
        # In a loop: what is waited for is never early, and a timer may be.
        while (left := self.seconds_until(moment)) > 0:  # noqa: ASYNC110
            await asyncio.sleep(left - YIELD_S if left > YIELD_S else 0)
