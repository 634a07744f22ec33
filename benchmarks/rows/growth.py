"""How schedule, claim, a page of a list and a find slow down from 10³ to 10⁶ pending: ≤ log n.

The logarithm of 10⁶ is twice that of 10³, so the largest may take twice as long as the smallest.
All sizes are there at once and measured in turn, on servers without a file: the disk does not grow.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack

from benchmarks.fill import add_all, fill
from benchmarks.making import DAY, exactly, now_ms, somewhen
from benchmarks.measure import Figure, Goal, in_turn, seconds
from benchmarks.scale import Scale
from benchmarks.servers import MEMORY_ONLY, USER, Server, serving
from later_tui.store import deliveries, open_sync_store
from later_tui.store.claims import (
    Claims,
    Held,
    Outcome,
    Settlement,
)
from later_tui.store.keys import Keys
from later_tui.store.records import View
from later_tui.store.syncstore import SyncStore

SLOTS = 50
ADDS = 200
PAGE = 50
LATER_MS = 3660 * DAY
APART_MS = 3_600_000
"""What is pending comes one an hour, after the ten years in which is added: many, and no crowd."""

Operation = Callable[[], float]


def run(scale: Scale) -> Iterator[Figure]:
    with ExitStack() as stack:
        sizes = []
        for pending in scale.sizes:
            server = stack.enter_context(serving(MEMORY_ONLY))
            store = stack.enter_context(open_sync_store(server.settings))
            sizes.append(_operations(server, store, pending))
        found = {
            name: in_turn(scale.rounds, *(operations[name] for operations in sizes))
            for name in sizes[0]
        }
    smallest, *others = scale.sizes
    for name, (base, *grown) in found.items():
        for pending, values in zip(others, grown, strict=True):
            limit = math.log(pending) / math.log(smallest)
            goal = Goal("at most", limit) if pending == others[-1] else None
            yield Figure(
                f"{name}, {pending:,} to {smallest:,}", "private", "ms", values, base, goal
            )


def _operations(server: Server, store: SyncStore, pending: int) -> Mapping[str, Operation]:
    pattern = exactly(now_ms() + LATER_MS)
    fill(server, pattern, pending, APART_MS, "p0")
    add_all(store, [exactly(now_ms()) for _ in range(SLOTS)])

    def schedule() -> float:
        new = [somewhen() for _ in range(ADDS)]
        return 1000 * seconds(lambda: [store.add(one) for one in new]) / ADDS

    def claim() -> float:
        found: list[Claims] = []
        took = 1000 * seconds(lambda: found.append(_claim(store)))
        assert len(found[0].claims) == SLOTS
        _give_back(store, found[0])
        return took

    def page(start: int) -> Operation:
        return lambda: 1000 * seconds(lambda: store.page(USER, View.UPCOMING, start, PAGE))

    return {
        "schedule one": schedule,
        "claim 50": claim,
        "first page of 50": page(0),
        "middle page of 50": page(pending // 2),
        "find by 6 letters of an id": lambda: (
            1000 * seconds(lambda: store.resolve(USER, pattern.id[:6]))
        ),
    }


def _claim(store: SyncStore) -> Claims:
    return store.run(
        deliveries.claim(
            Keys(), "bench", SLOTS, wakeup_before_ms=2000, lease_ms=30_000, lanes=[("bench", True)]
        )
    )


def _give_back(store: SyncStore, found: Claims) -> None:
    """Let the same be due again."""
    held = [Held(one.reminder_id, one.channel, one.token) for one in found.claims]
    store.run(deliveries.settle(Keys(), [Settlement(one, Outcome.BACK) for one in held]))
