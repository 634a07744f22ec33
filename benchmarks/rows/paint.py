"""From the start to the first paint with 10³ and 10⁶ reminders: ≤ 1.3 × an empty Textual app.

The box to write in is there and takes keys at that moment. All three are started in turn.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack

from benchmarks.apps import HELLO, HELLO_EMPTY, empty_app, the_app
from benchmarks.fill import fill
from benchmarks.making import DAY, exactly, now_ms
from benchmarks.measure import Figure, Goal, in_turn
from benchmarks.scale import Scale
from benchmarks.screen import Screen
from benchmarks.servers import MEMORY_ONLY, serving


def run(scale: Scale) -> Iterator[Figure]:
    sizes = (scale.sizes[0], scale.sizes[-1])
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(MEMORY_ONLY)) for _ in sizes]
        for server, pending in zip(servers, sizes, strict=True):
            fill(server, exactly(now_ms() + 30 * DAY), pending, 1000, "p0")
        few, many = servers
        floor, *found = in_turn(
            scale.rounds,
            lambda: _painted(empty_app(few), HELLO_EMPTY),
            lambda: _painted(the_app(few), HELLO),
            lambda: _painted(the_app(many), HELLO),
        )
    for pending, values in zip(sizes, found, strict=True):
        what = f"first paint, {pending:,} reminders"
        yield Figure(what, "private, no file", "s", values, floor, Goal("at most", 1.3))


def _painted(starting: AbstractContextManager[Screen], words: str) -> float:
    with starting as screen:
        return screen.wait(words) - screen.began
