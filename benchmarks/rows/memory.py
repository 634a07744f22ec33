"""Redis's memory for each reminder with its lane and its user's indexes: ≤ 600 B.

The text has 80 bytes. The floor is a hash and its place in one sorted set on the same
configuration. The stream of events, whose length is bounded, is counted on its own.
"""

from collections.abc import Iterator

from benchmarks.fill import add_all
from benchmarks.floors import pipelined
from benchmarks.making import somewhen
from benchmarks.measure import Figure, Goal
from benchmarks.scale import Scale
from benchmarks.servers import EVERYSEC, REDIS, Kind, installed, serving
from later_tui.store import open_sync_store
from later_tui.store.keys import Keys

ROUNDS = 3


def run(scale: Scale) -> Iterator[Figure]:
    for kind in installed(EVERYSEC, REDIS):
        found = [_ours(kind, scale.kept) for _ in range(1 if scale.quick else ROUNDS)]
        floors = [_floor(kind, scale.kept) for _ in found]
        each = [each for each, _ in found]
        name = kind.name.partition(",")[0]
        goal = Goal("at most", 600, "value") if kind is EVERYSEC else None
        yield Figure("memory of a reminder", name, "B", each, floors, goal)
        yield Figure("memory of all events", name, "kB", [events / 1024 for _, events in found])


def _ours(kind: Kind, many: int) -> tuple[float, int]:
    with serving(kind) as server, open_sync_store(server.settings) as store:
        store.add(somewhen())
        before = server.memory() - _events(server.client)
        add_all(store, [somewhen() for _ in range(many)])
        events = _events(server.client)
        return (server.memory() - events - before) / many, events


def _events(client) -> int:  # type: ignore[no-untyped-def]
    return client.memory_usage(Keys().events, samples=0) or 0


def _floor(kind: Kind, many: int) -> float:
    with serving(kind) as server:
        before = server.memory()
        pipelined(server.client, many)
        return (server.memory() - before) / many
