"""Many reminders added in one go, as an import does: ≥ 0.5 × a bare pipeline of 500.

By the store's own call for many where it has one; else one by one, and the figure says so.
"""

from collections.abc import Iterator

from benchmarks.fill import add_all, has_bulk
from benchmarks.floors import pipelined
from benchmarks.making import somewhen
from benchmarks.measure import Figure, Goal, in_turn, rate
from benchmarks.scale import Scale
from benchmarks.servers import EVERYSEC, PRIVATE, REDIS, Kind, installed, serving
from later_tui.store import open_sync_store


def run(scale: Scale) -> Iterator[Figure]:
    for kind in installed(PRIVATE, EVERYSEC, REDIS):
        slow = kind is PRIVATE and not has_bulk()
        yield _measured(kind, scale, scale.synced_adds if slow else scale.adds)


def _measured(kind: Kind, scale: Scale, many: int) -> Figure:
    with serving(kind) as server, open_sync_store(server.settings) as store:
        store.add(somewhen())

        def ours() -> float:
            new = [somewhen() for _ in range(many)]
            return rate(lambda: add_all(store, new), many)

        values, floors = in_turn(
            scale.rounds, ours, lambda: pipelined(server.client, 2 * scale.adds)
        )
    what = "added in bulk" if has_bulk() else "added in bulk (one by one)"
    return Figure(what, kind.name, "/s", values, floors, Goal("at least", 0.5))
