"""Reminders added one by one, each confirmed with all its indexes: ≥ 0.85 × one bare round trip.

The bare round trip is a pipelined HSET and ZADD. What is added is drawn with the minimum gap. The
crowd is a fortnight so full that no draw keeps the gap: the place is searched for; it has no goal.
"""

from collections.abc import Iterator

from benchmarks.fill import fill
from benchmarks.floors import one_by_one
from benchmarks.making import DAY, exactly, now_ms, somewhen
from benchmarks.measure import Figure, Goal, in_turn, rate
from benchmarks.scale import Scale
from benchmarks.servers import EVERYSEC, PRIVATE, REDIS, Kind, installed, serving
from later_tui.store import open_sync_store

CROWD = 5000
CROWDING = 30


def run(scale: Scale) -> Iterator[Figure]:
    for kind in installed(PRIVATE, EVERYSEC, REDIS):
        yield _measured(kind, scale.rounds, scale.synced_adds if kind is PRIVATE else scale.adds)
    yield _crowded(scale)


def _measured(kind: Kind, rounds: int, many: int) -> Figure:
    with serving(kind) as server, open_sync_store(server.settings) as store:
        store.add(somewhen())  # the script is known from here on

        def ours() -> float:
            new = [somewhen() for _ in range(many)]
            return rate(lambda: [store.add(one) for one in new], many)

        values, floors = in_turn(rounds, ours, lambda: one_by_one(server.client, many))
    return Figure("added one by one", kind.name, "/s", values, floors, Goal("at least", 0.85))


def _crowded(scale: Scale) -> Figure:
    with serving(EVERYSEC) as server, open_sync_store(server.settings) as store:
        fill(server, exactly(now_ms() + DAY), CROWD, 15 * DAY / CROWD, "c0")

        def ours() -> float:
            new = [somewhen(days=14) for _ in range(CROWDING)]
            return rate(lambda: [store.add(one) for one in new], CROWDING)

        values, floors = in_turn(
            scale.rounds, ours, lambda: one_by_one(server.client, 10 * CROWDING)
        )
    return Figure("added one by one to a crowd", EVERYSEC.name, "/s", values, floors)
