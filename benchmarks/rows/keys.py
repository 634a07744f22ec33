"""From a key to its paint, with 10³ and 10⁶ reminders and while 10 000 are delivered: p99 ≤ 50 ms.

Letters are typed into the box, one when the last is painted; the floor is the box of an empty
Textual app. The worker that delivers is the one inside the app.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack

from benchmarks.apps import HELLO, HELLO_EMPTY, empty_app, the_app
from benchmarks.fill import fill
from benchmarks.making import DAY, exactly, now_ms
from benchmarks.measure import Figure, Goal, percentile
from benchmarks.scale import Scale
from benchmarks.screen import Screen
from benchmarks.servers import MEMORY_ONLY, PRIVATE, USER, Server, serving
from later_tui.store import open_sync_store

LEAD_MS = 4000
SETTLE_S = 3.0
MOST_S = 120.0
GOAL = Goal("at most", 50, "value")


def run(scale: Scale) -> Iterator[Figure]:
    with ExitStack() as stack:
        server = stack.enter_context(serving(MEMORY_ONLY))
        with empty_app(server) as screen:
            screen.wait(HELLO_EMPTY)
            screen.rest(SETTLE_S)
            yield from _figures("a letter, empty Textual app", server, _typed(screen, scale.keys))
        for pending in (scale.sizes[0], scale.sizes[-1]):
            server = stack.enter_context(serving(MEMORY_ONLY))
            fill(server, exactly(now_ms() + 30 * DAY), pending, 1000, "p0")
            with the_app(server) as screen:
                screen.wait(HELLO)
                screen.wait("here")
                screen.rest(SETTLE_S)
                moved = [screen.move_one("j") for _ in range(scale.keys // 2)]
                yield from _figures(f"the cursor, {pending:,} reminders", server, moved, GOAL)
                screen.press("a")
                screen.rest(0.5)
                typed = _typed(screen, scale.keys)
                yield from _figures(f"a letter, {pending:,} reminders", server, typed, GOAL)
        server = stack.enter_context(serving(PRIVATE))
        yield from _during(server, scale)


def _typed(screen: Screen, keys: int) -> list[float]:
    return [screen.type_one() for _ in range(keys)]


def _during(server: Server, scale: Scale) -> Iterator[Figure]:
    """Type while the app's own worker delivers a burst."""
    fill(server, exactly(now_ms() + 30 * DAY), scale.sizes[0], 1000, "p0")
    found: list[float] = []
    rates: list[float] = []
    with the_app(server) as screen, open_sync_store(server.settings) as store:
        screen.wait(HELLO)
        screen.wait("here")
        screen.press("a")
        screen.rest(SETTLE_S)
        for turn in range(scale.burst_rounds):
            before = store.counts(USER).unanswered
            moment = now_ms() + LEAD_MS
            fill(server, exactly(moment), scale.burst, 0, f"b{turn}")
            screen.rest(max(0.0, moment / 1000 - time.time()))
            while store.counts(USER).unanswered < before + scale.burst:
                found.append(screen.type_one())
                if now_ms() > moment + 1000 * MOST_S:
                    raise SystemExit(f"not all were delivered within {MOST_S:.0f} s")
            rates.append(scale.burst / (time.time() - moment / 1000))
    name = f"a letter while {scale.burst:,} are delivered"
    yield from _figures(name, server, found, GOAL)
    yield Figure("delivered meanwhile, in the app", server.kind.name, "/s", rates)


def _figures(
    what: str, server: Server, found: list[float], goal: Goal | None = None
) -> Iterator[Figure]:
    for name, share, limit in (("p50", 0.5, None), ("p99", 0.99, goal)):
        figure = percentile(found, share)
        yield Figure(f"{what}: {name}", server.kind.name, "ms", found, (), limit, figure)
