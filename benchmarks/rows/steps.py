"""The longest step of a look at everything, of mending, adopting and trimming 10⁵: ≤ 5 ms.

By the server's own slow log: so long nobody else is served. Those adopted are of fifty users. On a
machine that takes memory or a core away, even INFO takes 30 ms now and then; a step that is long by
itself is long in each round, so the calmest round counts, and the range is shown.
"""

from collections.abc import Callable, Iterator

from benchmarks.fill import fill
from benchmarks.making import DAY, TEXT, exactly, now_ms
from benchmarks.measure import Figure, Goal
from benchmarks.scale import Scale
from benchmarks.servers import EVERYSEC, USER, Server, serving
from later_tui.store import open_sync_store
from later_tui.store.adoption import adopt
from later_tui.store.history import Bounds, trim
from later_tui.store.keys import Keys
from later_tui.store.repair import mend
from later_tui.store.survey import survey
from later_tui.store.syncstore import SyncStore

KEYS = Keys()
USERS = 50
ROUNDS = 5
WARMING = 200
AT_ONCE = 500
LOGGED_US = 500
CENTURY_MS = 36_525 * DAY


def run(scale: Scale) -> Iterator[Figure]:
    found: dict[str, list[float]] = {}
    for _ in range(ROUNDS if not scale.quick else 1):
        for what, longest in _round(scale):
            found.setdefault(what, []).append(longest)
    for what, longest_of in found.items():
        name = f"longest step: {what}, in the calmest round"
        goal = Goal("at most", 5, "value")
        yield Figure(name, EVERYSEC.name, "ms", longest_of, (), goal, min(longest_of))


def _round(scale: Scale) -> Iterator[tuple[str, float]]:
    with serving(EVERYSEC) as server, open_sync_store(server.settings) as store:
        server.client.config_set("slowlog-log-slower-than", LOGGED_US)
        server.client.config_set("slowlog-max-len", 2 * scale.pending)
        fill(server, exactly(now_ms() + 30 * DAY), scale.pending, 1000, "p0")
        yield "survey", _longest(server, lambda: store.run(survey(KEYS)))
        server.client.unlink(KEYS.upcoming(USER), f"{KEYS.prefix}{USER}_due")
        yield "mend", _longest(server, lambda: store.run(mend(KEYS)))
        _foreign(server, scale.pending)
        yield "adopt", _longest(server, lambda: _adopt(store))
        _past(server, scale.pending)
        yield "trim", _longest(server, lambda: _trim(store, scale.pending // 2))


def _longest(server: Server, work: Callable[[], object]) -> float:
    """Return how long the longest step of `work` took, ms; LOGGED_US where none was longer."""
    server.client.slowlog_reset()
    _warm(server)
    server.client.slowlog_reset()
    work()
    logged = server.client.slowlog_get(1_000_000)
    steps = [entry["duration"] / 1000 for entry in logged if not _ours(entry["command"])]
    return max(steps, default=LOGGED_US / 1000)


def _warm(server: Server) -> None:
    """Have the server run commands that do next to nothing until they take no time.

    The first after so much was written take 10 ms, whatever they are: `return 1` as well.
    """
    for _ in range(WARMING):
        server.client.eval("return redis.call('DBSIZE')", 0)
        server.client.info("persistence")
        server.client.scan(count=10)


def _ours(words: bytes) -> bool:
    """Whether this program sent the command, and not what is measured."""
    return words.startswith((b"SLOWLOG", b"CONFIG"))


def _foreign(server: Server, many: int) -> None:
    """Add as other programs do."""
    at = now_ms() // 1000 + 86_400
    for first in range(0, many, AT_ONCE):
        pipe = server.client.pipeline(transaction=False)
        for number in range(first, min(first + AT_ONCE, many)):
            name, user = f"f{number}", f"user{number % USERS}"
            fields = {"username": user, "tasktype": "bench", "msg": TEXT}
            pipe.hset(KEYS.task(name), mapping=fields)
            pipe.zadd(f"{KEYS.prefix}tasks", {name: at + number})
            pipe.lpush(f"{KEYS.prefix}{user}_inbox", name)
        pipe.execute()


def _adopt(store: SyncStore) -> None:
    while store.run(adopt(KEYS, ("bench",))).left:
        pass


def _past(server: Server, many: int) -> None:
    """Put what is done into the past."""
    for first in range(0, many, AT_ONCE):
        pipe = server.client.pipeline(transaction=False)
        for number in range(first, min(first + AT_ONCE, many)):
            at = now_ms() - many + number
            fields: dict[str | bytes, str | int] = {
                "username": USER, "tasktype": "bench", "msg": TEXT, "due_at": at,
                "state": "done", "settled_at": at,
            }  # fmt: skip
            pipe.hset(KEYS.task(f"h{number}"), mapping=fields)
            pipe.zadd(KEYS.past(USER), {f"h{number}": at})
        pipe.execute()


def _trim(store: SyncStore, most: int) -> None:
    start, bounds = 0, Bounds(count=most, age_ms=CENTURY_MS, size=1 << 40)
    while not (done := store.run(trim(KEYS, USER, bounds, start))).ended:
        start = done.start
