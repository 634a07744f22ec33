"""10 000 due at one moment, one worker with 50 slots, until all are settled: ≥ 6 000/s.

Each is claimed, armed, sent to a channel that does nothing, and settled; arm and settle are in the
server (on its disk, where that is its configuration) before the next step. The floor claims as many
with a script, a hundred at a time, and does nothing with them.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack

from benchmarks.fill import fill
from benchmarks.floors import claimed
from benchmarks.making import exactly, now_ms
from benchmarks.measure import Figure, Goal
from benchmarks.processes import working
from benchmarks.scale import Scale
from benchmarks.servers import EVERYSEC, PRIVATE, REDIS, USER, Server, installed, serving
from later_tui.store import open_sync_store
from later_tui.store.syncstore import SyncStore

LEAD_MS = 4000
"""All are kept well before the worker wakes, two seconds before their moment."""
MOST_S = 60.0


def run(scale: Scale) -> Iterator[Figure]:
    kinds = installed(PRIVATE) if scale.quick else installed(PRIVATE, EVERYSEC, REDIS)
    values: dict[str, list[float]] = {kind.name: [] for kind in kinds}
    floors: dict[str, list[float]] = {kind.name: [] for kind in kinds}
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(kind)) for kind in kinds]
        stores = [stack.enter_context(open_sync_store(one.settings)) for one in servers]
        for server in servers:
            stack.enter_context(working(server))
        for turn in range(scale.burst_rounds):
            for server, store in zip(servers, stores, strict=True):
                floors[server.kind.name].append(claimed(server.client, scale.burst))
                rate = _burst(server, store, scale.burst, f"b{turn}")
                values[server.kind.name].append(rate)
    for name, found in values.items():
        goal = Goal("at least", 6000, "value")
        yield Figure("10 000 due at once", name, "/s", found, floors[name], goal)


def _burst(server: Server, store: SyncStore, many: int, mark: str) -> float:
    before = store.counts(USER).unanswered
    moment = now_ms() + LEAD_MS
    fill(server, exactly(moment), many, 0, mark)
    deadline = moment / 1000 + MOST_S
    time.sleep(max(0.0, moment / 1000 - time.time()))
    while store.counts(USER).unanswered < before + many:
        if time.time() > deadline:
            raise SystemExit(f"not all were delivered within {MOST_S:.0f} s")
        time.sleep(0.01)
    return many / (time.time() - moment / 1000)
