"""The past is bounded by count, age and bytes, and kept so in small steps."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from later_tui.config.settings import HistorySettings, Settings
from later_tui.store import history, open_store
from later_tui.store.command import Command, Flow, command
from later_tui.store.history import Bounds, Trimmed
from later_tui.store.keys import Keys
from later_tui.store.syncstore import SyncStore
from later_tui.worker.tending import Tending
from tests.making import now_ms
from tests.records.conftest import Redis
from tests.worker.conftest import eventually

KEYS = Keys(0)
P = KEYS.prefix
DAY = 86_400_000


def fill(
    store: SyncStore, count: int, state: str = "done", *, first: int = 0, text: str = "x",
    days: int = 1, user: str = "ada",
) -> None:  # fmt: skip
    """Put reminders into the past that were settled one ms after the other, `days` ago."""
    began = now_ms() - days * DAY

    def flow() -> Flow[None]:
        batch: list[Command] = []
        for i in range(first, first + count):
            name, at = f"{state}-{i}", began + i
            batch.append(
                command(
                    "HSET",
                    KEYS.task(name),
                    "username",
                    user,
                    "tasktype",
                    "desktop",
                    "msg",
                    text,
                    "due_at",
                    at,
                    "state",
                    state,
                    "state:desktop",
                    "delivered",
                    "settled_at",
                    at,
                )
            )
            batch.append(command("ZADD", KEYS.past(user), at, name))
            if state not in ("done", "released"):
                batch.append(command("ZADD", KEYS.unanswered(user), at, name))
        yield batch

    store.run(flow())


def trim(store: SyncStore, bounds: Bounds) -> Iterator[Trimmed]:
    """Take steps to the end."""
    start = 0
    for _ in range(500):
        done = store.run(history.trim(KEYS, "ada", bounds, start))
        yield done
        start = done.start
        if done.ended:
            return
    raise AssertionError("it goes on for ever")


def forgotten(store: SyncStore, bounds: Bounds) -> int:
    return sum(done.forgotten for done in trim(store, bounds))


def left(redis: Redis) -> set[str]:
    return {name.decode() for name in redis("ZRANGE", KEYS.past("ada"), 0, -1)}


def test_within_its_bounds_nothing_is_forgotten(store: SyncStore, redis: Redis) -> None:
    fill(store, 300)
    assert forgotten(store, Bounds()) == 0
    assert len(left(redis)) == 300


def test_over_the_count_the_oldest_go_first_and_leave_nothing_behind(
    store: SyncStore, redis: Redis
) -> None:
    fill(store, 500)
    assert forgotten(store, Bounds(count=100)) == 400
    assert left(redis) == {f"done-{i}" for i in range(400, 500)}
    assert len(redis("KEYS", f"{P}task:*")) == 100


def test_what_is_too_old_is_forgotten(store: SyncStore, redis: Redis) -> None:
    fill(store, 10, "released", days=800)
    fill(store, 10, "done", days=10)
    assert forgotten(store, Bounds(age_ms=730 * DAY)) == 10
    assert left(redis) == {f"done-{i}" for i in range(10)}


def test_what_waits_for_an_answer_is_never_forgotten_for_its_age(
    store: SyncStore, redis: Redis
) -> None:
    fill(store, 450, "delivered", days=3000)
    fill(store, 5, "done", days=2000)
    assert forgotten(store, Bounds(age_ms=730 * DAY)) == 5
    assert len(left(redis)) == 450


def test_over_the_count_what_was_answered_goes_before_what_was_not(
    store: SyncStore, redis: Redis
) -> None:
    fill(store, 450, "delivered", days=20)
    fill(store, 450, "done", days=10)
    assert forgotten(store, Bounds(count=600)) == 300
    assert sum(name.startswith("delivered") for name in left(redis)) == 450
    assert forgotten(store, Bounds(count=400)) == 200
    assert left(redis) == {f"delivered-{i}" for i in range(50, 450)}
    assert redis("ZCARD", KEYS.unanswered("ada")) == 400


def test_over_the_bytes_the_oldest_go_until_it_fits(store: SyncStore, redis: Redis) -> None:
    fill(store, 300, text="y" * 5000)
    *_, last = trim(store, Bounds(size=1 << 20))
    assert last.size <= 1 << 20
    names = left(redis)
    assert (
        0.8
        < sum(redis("MEMORY", "USAGE", KEYS.task(n), "SAMPLES", 0) for n in names) / (1 << 20)
        <= 1
    )
    assert names == {f"done-{i}" for i in range(300 - len(names), 300)}


def test_the_weight_is_right_however_it_came_to_be(store: SyncStore, redis: Redis) -> None:
    fill(store, 250)
    *_, first = trim(store, Bounds())
    fill(store, 250, first=250)
    *_, both = trim(store, Bounds())
    assert both.size == pytest.approx(2 * first.size, rel=0.01)
    # One that was scheduled anew and settled again is weighed anew, not twice.
    redis("ZADD", KEYS.past("ada"), now_ms(), "done-7")
    *_, again = trim(store, Bounds())
    assert again.size == pytest.approx(both.size, abs=20)
    *_, nothing = trim(store, Bounds(count=0))
    assert (nothing.count, nothing.size) == (0, 0)


def test_one_that_is_upcoming_after_all_is_not_touched(store: SyncStore, redis: Redis) -> None:
    fill(store, 3)
    redis("HSET", KEYS.task("done-0"), "state", "scheduled")
    assert forgotten(store, Bounds(count=0)) == 2
    assert store.get("done-0").text == "x"


def test_what_has_no_record_or_the_wrong_one_stops_nothing(store: SyncStore, redis: Redis) -> None:
    fill(store, 4, days=900)
    redis("DEL", KEYS.task("done-0"))
    redis("DEL", KEYS.task("done-1"))
    redis("SET", KEYS.task("done-1"), "oops")
    redis("HDEL", KEYS.task("done-2"), "tasktype")
    forgotten(store, Bounds())
    assert left(redis) == {"done-1", "done-2"}


def test_another_users_history_is_left_alone(store: SyncStore, redis: Redis) -> None:
    fill(store, 5, user="bob")
    assert forgotten(store, Bounds(count=0)) == 0
    assert redis("ZCARD", KEYS.past("bob")) == 5


def test_no_step_looks_at_more_than_its_share_of_thousands(
    store: SyncStore, redis: Redis, record_property: object
) -> None:
    fill(store, 3000, text="z" * 1000)
    fill(store, 3000, "delivered", first=3000)
    redis("CONFIG", "RESETSTAT")
    redis("CONFIG", "SET", "slowlog-log-slower-than", 200)
    redis("CONFIG", "SET", "slowlog-max-len", 1000)
    steps = list(trim(store, Bounds(count=1000)))
    assert sum(step.forgotten for step in steps) == 5000
    assert max(step.forgotten for step in steps) <= history.STEP
    calls = redis("INFO", "commandstats").decode()
    [scripts, *_] = [line for line in calls.splitlines() if line.startswith("cmdstat_evalsha")]
    print(scripts)
    slow = [entry[2] for entry in redis("SLOWLOG", "GET", -1) if entry[3][0].upper() == b"EVALSHA"]
    print("the longest step took", max(slow), "us, of", len(steps))
    # The work of a step is bounded, whatever the machine: about ten commands an entry.
    total = sum(
        int(line.split("calls=")[1].split(",")[0])
        for line in calls.splitlines()
        if "calls=" in line
    )
    assert total / len(steps) <= 12 * history.STEP


async def test_a_worker_trims_only_while_it_delivers_nothing(
    settings: Settings, store: SyncStore, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("later_tui.worker.tending.TRIM_FIRST_S", 0.02)
    monkeypatch.setattr("later_tui.worker.tending.TRIM_AGAIN_S", 0.02)
    fill(store, 900)
    theirs = await open_store(settings)
    busy = True
    bounded = replace(settings, history=HistorySettings(count=10))
    tending = Tending(bounded, theirs, idle=lambda: not busy)
    task = asyncio.create_task(tending.keep_trimming())
    await asyncio.sleep(0.3)
    assert len(left(redis)) == 900
    busy = False
    await eventually(lambda: len(left(redis)) == 10)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await theirs.aclose()
