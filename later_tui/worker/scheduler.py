"""When to claim next: nothing is polled, and nothing that an event told of is missed."""

import asyncio
import contextlib
import logging
from collections.abc import Callable

from later_tui.store.claims import Claims
from later_tui.worker.lanes import Lanes
from later_tui.worker.pool import Pool
from later_tui.worker.serverclock import ServerClock

logger = logging.getLogger(__name__)

WARN_AGAIN_S = 60.0


class Scheduler:
    """Waits for the moment at which a claim may find something."""

    def __init__(self, lanes: Lanes, wakeup_before_ms: int, tell: Callable[[], None]) -> None:
        """`tell` is called when `saturated` changed."""
        self._tell = tell
        self._lanes = lanes
        self._wakeup_before_ms = wakeup_before_ms
        self._next: int | None = None
        self._heard: int | None = None
        self._changed = asyncio.Event()
        self._slots = asyncio.Event()
        self._warned_at: float | None = None
        self.saturated = False
        """All slots are busy and something is due already."""

    def claiming(self) -> None:
        """Take note that a claim is about to be made."""
        self._heard = None

    def claimed(self, found: Claims, want: int) -> None:
        """Take note of what a claim for `want` deliveries said about the next one."""
        # What was heard while the claim was under way may be newer than its answer.
        told = [at for at in (found.next_wakeup, self._heard) if at is not None]
        self._next = min(told, default=None)
        if len(found.claims) < want:
            self._set_saturated(saturated=False)

    def heard(self, due_at: int, channels: tuple[str, ...]) -> None:
        """Take note that an event told of something due at `due_at` (ms UTC) on `channels`."""
        if not set(channels) & set(self._lanes.names):
            return
        wakeup = due_at - self._wakeup_before_ms
        self._heard = wakeup if self._heard is None else min(wakeup, self._heard)
        if self._next is None or wakeup < self._next:
            self._next = wakeup
            self.poke()

    def poke(self) -> None:
        """Look again: what is waited for may have changed."""
        self._changed.set()

    def slots_changed(self) -> None:
        """Look again whether a slot is free."""
        self._slots.set()

    async def lanes_changed(self) -> None:
        """Wait until a channel was paused or can be used again."""
        self._changed.clear()
        await self._changed.wait()

    async def due(self, clock: ServerClock, lanes: tuple[tuple[str, bool], ...]) -> None:
        """Wait until a claim may find something, or other `lanes` can be used than at the last."""
        while self._lanes.usable == lanes:
            self._changed.clear()
            left = None if self._next is None else clock.seconds_until(self._next)
            if left is not None and left <= 0:
                return
            await _wait(self._changed, left)

    async def slot(self, clock: ServerClock, pool: Pool) -> None:
        """Wait until a slot is free, and say so when something is due meanwhile."""
        while pool.free == 0:
            self._slots.clear()
            left = None
            # A slot that is set aside for a claim, on another shard, is soon free or busy.
            if not self.saturated and self._next is not None and pool.full:
                left = clock.seconds_until(self._next + self._wakeup_before_ms)
                if left <= 0:
                    self._warn(pool.slots)
                    continue
            await _wait(self._slots, left)

    def _warn(self, slots: int) -> None:
        self._set_saturated(saturated=True)
        now = asyncio.get_running_loop().time()
        if self._warned_at is None or now - self._warned_at >= WARN_AGAIN_S:
            self._warned_at = now
            logger.warning(
                "all %d slots are busy and something is due: it is delivered late; "
                "worker.max_workers makes more slots",
                slots,
            )

    def _set_saturated(self, *, saturated: bool) -> None:
        if self.saturated != saturated:
            self.saturated = saturated
            self._tell()


async def _wait(event: asyncio.Event, seconds: float | None) -> None:
    """Wait for an event, or for so long. Not with `wait_for`, which before Python 3.12 may lose a
    cancellation that comes together with the event.
    """
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
