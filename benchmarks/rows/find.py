"""A word found in 10³ to 10⁶ reminders: no step, after which a key is heard, takes over 50 ms.

The whole search stands beside the least it could do: to look for the same bytes in memory.
"""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.fill import fill
from benchmarks.making import DAY, exactly, now_ms
from benchmarks.measure import Figure, Goal, in_turn, seconds
from benchmarks.scale import Scale
from benchmarks.servers import MEMORY_ONLY, Server, serving
from later_tui.domain.query_text import read_query
from later_tui.store import open_sync_store
from later_tui.store.syncstore import SyncStore

RARE = "zeppelin"
LATER_MS = 3660 * DAY
APART_MS = 1000


def run(scale: Scale) -> Iterator[Figure]:
    for pending in scale.sizes:
        with serving(MEMORY_ONLY) as server, open_sync_store(server.settings) as store:
            fill(server, exactly(now_ms() + LATER_MS), pending, APART_MS, "p0")
            first = 1000 * seconds(lambda store=store, server=server: _steps(store, server))  # type: ignore[misc]
            yield Figure(f"first find in {pending:,}", "private", "ms", [first])
            yield from _measured(server, store, pending, scale.rounds)


def _measured(server: Server, store: SyncStore, pending: int, rounds: int) -> Iterator[Figure]:
    longest: list[float] = []
    indexed = next(iter((Path(server.folder) / "find").glob("*.txt")), None)
    memory = indexed.read_bytes() if indexed else b""

    def ours() -> float:
        steps = _steps(store, server)
        longest.append(max(steps))
        return sum(steps)

    values, floor = in_turn(
        rounds, ours, lambda: 1000 * seconds(lambda: memory.find(RARE.encode()))
    )
    whole = f"find in {pending:,}"
    yield Figure(whole, "private", "ms", values, floor if memory else ())
    limit = Goal("at most", 50, of="value")
    yield Figure(f"longest step of a {whole}", "private", "ms", longest, goal=limit)


def _steps(store: SyncStore, server: Server) -> list[float]:
    """Return how long each step of a search takes, ms."""
    query = read_query(RARE, server.settings.reading(now_ms()))
    search = store.find(server.settings, query)
    took: list[float] = []
    ended = False

    def step() -> None:
        nonlocal ended
        ended = next(search).done

    while not ended:
        took.append(1000 * seconds(step))
    search.close()
    return took
