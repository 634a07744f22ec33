"""kill -9 with 50 in flight of 1 000: 0 lost, 0 twice that must not be, the last ≤ 35 s after.

Each send takes 0.2 s. A new worker starts at once; it waits for the dead one's leases, 30 s by
default. On the channel whose sends may be repeated those in flight are sent again; on the other
they are not, and the person is told that they may have been.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from benchmarks.channel import sent
from benchmarks.fill import fill
from benchmarks.making import exactly, now_ms
from benchmarks.measure import Figure, Goal
from benchmarks.processes import working
from benchmarks.scale import Scale
from benchmarks.servers import PRIVATE, USER, serving
from later_tui.store import open_sync_store
from later_tui.store.records import View

COPIES = 3
SLOW_S = 0.2
LEAD_MS = 4000
MOST_S = 90.0
SLOTS = 50
NONE = Goal("at most", 0, "value")
SOON = Goal("at most", 35, "value")


def run(scale: Scale) -> Iterator[Figure]:
    channels = ["bench", "once"] * (1 if scale.quick else COPIES)
    with ExitStack() as stack:
        killed = [_Killed(stack, channel, scale) for channel in channels]
        moment = now_ms() + LEAD_MS
        for one in killed:
            fill(one.server, exactly(moment, one.channel), one.many, 0, "k0")
        for one in killed:
            _wait(one.well_under_way)
        for one in killed:
            one.kill()
        for one in killed:
            one.start()
        for one in killed:
            _wait(one.over)
        time.sleep(1.0)  # for what comes that should not
        for one in killed:
            one.sum_up()
    for channel, name in (("bench", "may repeat"), ("once", "must not repeat")):
        mine = [one for one in killed if one.channel == channel]
        what = f"kill -9, {name}"
        yield Figure(f"{what}: in flight", "private", "", [one.in_flight for one in mine])
        lost = [one.lost for one in mine]
        yield Figure(f"{what}: lost", "private", "", lost, (), NONE, sum(lost))
        twice = [one.twice for one in mine]
        goal = NONE if channel == "once" else None
        yield Figure(f"{what}: sent twice", "private", "", twice, (), goal, sum(twice))
        after = [one.last_s for one in mine]
        yield Figure(f"{what}: the last after", "private", "s", after, (), SOON, max(after))


class _Killed:
    """A worker that is killed, and the one that takes over from it."""

    def __init__(self, stack: ExitStack, channel: str, scale: Scale) -> None:
        self.channel = channel
        self.many = scale.killed
        self.server = stack.enter_context(serving(PRIVATE))
        self.in_flight = self.lost = self.twice = 0
        self.last_s = 0.0
        self._stack = stack
        self._lease = scale.lease
        self._store = stack.enter_context(open_sync_store(self.server.settings))
        self._at = 0.0
        self.start()

    def start(self) -> None:
        self._worker = self._stack.enter_context(
            working(self.server, self.channel, slow_s=SLOW_S, lease=self._lease)
        )

    def well_under_way(self) -> bool:
        """Return whether a quarter is done and the slots are in the middle of a send."""
        told = sent(self._worker.sent)
        ended = sum(one.what == "ended" for one in told)
        return ended >= self.many // 4 and len(told) - 2 * ended >= SLOTS // 2

    def kill(self) -> None:
        self._worker.kill()
        self._at = time.time()
        told = sent(self._worker.sent)
        ended = {one.reminder_id for one in told if one.what == "ended"}
        self.in_flight = len({one.reminder_id for one in told} - ended)

    def over(self) -> bool:
        return self._store.counts(USER).unanswered >= self.many

    def sum_up(self) -> None:
        """A reminder is not lost when it is delivered, or the person is told that it may be."""
        newest = self._store.page(USER, View.UNANSWERED, 0, 1).reminders
        settled = newest[0].settled_at if newest else None
        self.last_s = (settled or 0) / 1000 - self._at
        self.lost = self.many - self._store.counts(USER).unanswered
        began = Counter(one.reminder_id for one in sent(self._worker.sent) if one.what == "began")
        self.twice = sum(times > 1 for times in began.values())


def _wait(what: Callable[[], bool]) -> None:
    """Wait until it is so; what is not so in time is counted as lost."""
    deadline = time.monotonic() + MOST_S
    while not what() and time.monotonic() < deadline:
        time.sleep(0.02)
