"""What a worker says of itself to the others: who it is, where, since when, serving what, and what
is wrong with its channels.
"""

import asyncio
import contextlib
import os
import secrets
import socket
from collections.abc import Callable, Mapping
from dataclasses import replace

from later_tui.channels.secret import redacted
from later_tui.domain.failing import Failing
from later_tui.store.claims import WorkerInfo
from later_tui.worker.lanes import Lanes
from later_tui.worker.streaks import Streaks

EARLY_S = 2.0
"""A channel that comes to wait or to fail, or works again, is told earlier than the next beat; so
long after the last one, s, however often it changes."""


def introduction(user: str, since: int, slots: int) -> WorkerInfo:
    """Return who this worker is, and whose; `since` is ms UTC. What it serves is not known yet."""
    host = socket.gethostname()
    return WorkerInfo(
        id=f"{host}-{os.getpid()}-{secrets.token_hex(3)}",
        host=host,
        pid=os.getpid(),
        since=since,
        channels=(),
        slots=slots,
        busy=0,
        user=user,
    )


class Presence:
    """Makes what is said in each beat, and tells when the next one is due."""

    def __init__(
        self, info: WorkerInfo, lanes: Lanes, streaks: Streaks, busy: Callable[[], int]
    ) -> None:
        """`busy` says how many deliveries are under way."""
        self._info = info
        self._lanes = lanes
        self._streaks = streaks
        self._busy = busy
        self._said = self._wrong
        self._news = asyncio.Event()

    @property
    def failing(self) -> Mapping[str, Failing]:
        """The channels that fail; of one that waits, why it waits is the nearer truth."""
        waiting = self._lanes.waiting
        return {name: one for name, one in self._streaks.failing.items() if name not in waiting}

    def say(self) -> WorkerInfo:
        """Return what is to be said now. It is taken for said."""
        self._said = self._wrong
        self._news.clear()
        waiting = {name: redacted(why) for name, why in self._lanes.waiting.items()}
        return replace(
            self._info,
            channels=self._lanes.names,
            busy=self._busy(),
            waiting=waiting,
            failing=self.failing,
        )

    @property
    def stale(self) -> bool:
        """Whether other channels wait or fail than was said last."""
        return self._wrong != self._said

    def changed(self) -> None:
        """Something about the channels may have changed."""
        if self.stale:
            self._news.set()

    async def until_next(self, beat_s: float) -> None:
        """Wait for the next beat's time: `beat_s` after the last, or earlier if there is news."""
        early = min(EARLY_S, beat_s)
        await asyncio.sleep(early)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(beat_s - early):
                await self._news.wait()

    @property
    def _wrong(self) -> tuple[frozenset[str], frozenset[str]]:
        # Names alone: a reason that has a number in it is another one each time.
        return frozenset(self._lanes.waiting), frozenset(self.failing)
