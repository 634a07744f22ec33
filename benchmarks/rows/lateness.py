"""How late each of 1 000 is sent while 100 000 are pending: p50 ≤ 1.5 ms, p99 ≤ 5 ms.

From the moment that was drawn to the channel's send, 50 a second for 20 s. The floor is a timer of
asyncio half way between each two of them, in a process that does nothing else; the range is that of
the four quarters.
"""

import asyncio
import time
from collections.abc import Iterator

from benchmarks.channel import sent
from benchmarks.fill import add_all, fill
from benchmarks.making import DAY, exactly, now_ms
from benchmarks.measure import Figure, Goal, percentile
from benchmarks.processes import working
from benchmarks.scale import Scale
from benchmarks.servers import EVERYSEC, PRIVATE, Kind, serving
from later_tui.store import open_sync_store

STEP_MS = 20
LEAD_MS = 6000
QUARTERS = 4


def run(scale: Scale) -> Iterator[Figure]:
    for kind in (PRIVATE,) if scale.quick else (PRIVATE, EVERYSEC):
        late, timers = _late(kind, scale)
        for share, most in ((0.5, 1.5), (0.99, 5.0)):
            yield Figure(
                f"lateness, p{share * 100:.0f}",
                kind.name,
                "ms",
                _by_quarter(late, share),
                _by_quarter(timers, share),
                Goal("at most", most, "value"),
                percentile(late, share),
            )
        early = sum(ms < 0 for ms in late)
        yield Figure("sent early", kind.name, "", [early], (), Goal("at most", 0, "value"))


def _late(kind: Kind, scale: Scale) -> tuple[list[float], list[float]]:
    many = scale.span_s * 1000 // STEP_MS
    with serving(kind) as server:
        fill(server, exactly(now_ms() + 30 * DAY), scale.pending, 1000, "p0")
        with working(server) as worker, open_sync_store(server.settings) as store:
            start = now_ms() + LEAD_MS
            new = [exactly(start + i * STEP_MS) for i in range(many)]
            add_all(store, new)
            if now_ms() > start - 2000:
                raise SystemExit("they were not kept before the first was due")
            timers = asyncio.run(_timers([one.window.not_before + STEP_MS / 2 for one in new]))
            time.sleep(1.0)
            found = {one.reminder_id: one.late_ms for one in sent(worker.sent)}
    missing = [one.id for one in new if one.id not in found]
    if missing:
        raise SystemExit(f"{len(missing)} of {many} were not delivered within a second")
    return [found[one.id] for one in new], timers


async def _timers(moments: list[float]) -> list[float]:
    """Wait for all moments (ms UTC), and return how late each wait ended, ms."""
    clock = time.monotonic() - time.time()

    async def one(moment: float) -> float:
        until = moment / 1000 + clock
        await asyncio.sleep(until - time.monotonic())
        return (time.monotonic() - until) * 1000

    return await asyncio.gather(*map(one, moments))


def _by_quarter(values: list[float], share: float) -> list[float]:
    size = len(values) // QUARTERS
    return [percentile(values[i * size : (i + 1) * size], share) for i in range(QUARTERS)]
