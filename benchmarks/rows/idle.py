"""A worker with 100 000 pending, none due: ≤ 0.2 commands/s, ≤ 0.01 s CPU in 20 s, RSS ≤ 1.3 ×.

The memory is that of `later worker`, its floor a Python that has imported redis. One worker has a
channel that is always there, one the desktop channel on a machine without a desktop. Linux only.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise

from benchmarks.fill import fill
from benchmarks.making import DAY, exactly, now_ms
from benchmarks.measure import Figure, Goal
from benchmarks.processes import cpu_s, importing_redis_mb, rss_mb, working
from benchmarks.scale import Scale
from benchmarks.servers import PRIVATE, Server, serving

WINDOWS = 4
WARM_UP_S = 3.0
CHANNELS = ("bench", "desktop")


def run(scale: Scale) -> Iterator[Figure]:
    window_s = scale.span_s / WINDOWS
    with ExitStack() as stack:
        watched = [_Watched(stack, channel, scale.pending) for channel in CHANNELS]
        time.sleep(WARM_UP_S)
        for one in watched:
            one.look()
        floors = []
        for _ in range(WINDOWS):
            began = time.monotonic()
            floors.append(importing_redis_mb(watched[0].server.folder))
            time.sleep(window_s - (time.monotonic() - began))
            for one in watched:
                one.look()
    for one in watched:
        yield from one.figures(window_s, floors)


class _Watched:
    """A worker on a server of its own, looked at now and then."""

    def __init__(self, stack: ExitStack, channel: str, pending: int) -> None:
        self.server = stack.enter_context(serving(PRIVATE))
        fill(self.server, exactly(now_ms() + 30 * DAY, channel), pending, 1000, "p0")
        self._pid = stack.enter_context(working(self.server, channel)).process.pid
        self._name = f"idle, {channel} channel"
        self._commands: list[int] = []
        self._cpu: list[float] = []
        self._rss: list[float] = []

    def look(self) -> None:
        self._commands.append(_commands(self.server))
        self._cpu.append(cpu_s(self._pid))
        self._rss.append(rss_mb(self._pid))

    def figures(self, window_s: float, floors: list[float]) -> Iterator[Figure]:
        commands = [(after - before) / window_s for before, after in pairwise(self._commands)]
        cpu = [(after - before) * 20 / window_s for before, after in pairwise(self._cpu)]
        for what, unit, found, most in (
            ("commands", "/s", commands, 0.2),
            ("CPU in 20 s", "s", cpu, 0.01),
        ):
            goal = Goal("at most", most, "value")
            mean = sum(found) / WINDOWS
            yield Figure(f"{self._name}: {what}", "private", unit, found, (), goal, mean)
        goal = Goal("at most", 1.3)
        yield Figure(f"{self._name}: RSS", "private", "MB", self._rss[1:], floors, goal)


def _commands(server: Server) -> int:
    """Return how many commands clients have sent, our own INFO left out.

    What scripts call is counted by the server too, under the commands' names; a worker sends
    scripts and these, and no script calls these but XREVRANGE, at the end of a claim.
    """
    stats = server.client.info("commandstats")
    counted = ("evalsha", "eval", "xread", "xrevrange")
    return sum(stats.get(f"cmdstat_{name}", {}).get("calls", 0) for name in counted)
