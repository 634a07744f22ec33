"""One bad record never stops the others: it is set aside with a reason, and its text is kept."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from later_tui.config.settings import Settings
from later_tui.store import deliveries
from later_tui.store.keys import Keys
from later_tui.store.records import View
from later_tui.store.syncstore import SyncStore
from tests.making import due_in
from tests.records.conftest import Redis
from tests.records.test_foreign import quarantine
from tests.worker.conftest import Workers, eventually
from tests.worker.filechannel import FileChannel

KEYS = Keys(0)
P = KEYS.prefix
LANE = KEYS.lane("desktop", "ada")

SPOILT = [
    ("HDEL", "username"),
    ("HDEL", "tasktype"),
    ("HDEL", "msg"),
    ("HDEL", "due_at"),
    ("HSET", "due_at", "soon"),
    ("HSET", "due_at", "inf"),
    ("HSET", "not_before", "nan"),
    ("HSET", "not_after", "99999999999999999999"),
    ("HSET", "asked", "99999999999999999999"),
    ("HSET", "v", "2"),
    ("HSET", "v", "new"),
    ("HSET", "state", "dreaming"),
    ("HSET", "round", "many"),
    ("HSET", "attempt:desktop", "many"),
    ("HSET", "token:desktop", "many"),
    ("HSET", "origin", "yesterday mill /"),
    ("HSET", "between", "night"),
]
"""Ways to spoil a hash for which there is no mending."""


@pytest.fixture
async def workers(settings: Settings) -> AsyncIterator[Workers]:
    workers = Workers(settings)
    yield workers
    await workers.stop()


def sent(folder: Path) -> str:
    return folder.read_text() if folder.exists() else ""


async def test_every_kind_of_bad_record_is_set_aside_and_the_rest_is_delivered(
    store: SyncStore, redis: Redis, workers: Workers, tmp_path: Path
) -> None:
    spoilt = []
    for verb, *words in SPOILT:
        new = due_in(-5000, f"{verb} {words}")
        store.add(new)
        redis(verb, KEYS.task(new.id), *words)
        spoilt.append(new.id)
    redis("ZADD", LANE, 1, "orphan")
    redis("ZADD", LANE, 2, "string")
    redis("SET", KEYS.task("string"), "not a hash")
    redis("ZADD", LANE, 3, b"\xff\xfe")
    redis("ZADD", LANE, 4, b"\xff")
    redis(
        "HSET",
        P.encode() + b"task:\xff",
        "username",
        "ada",
        "tasktype",
        "desktop",
        "msg",
        "x",
        "due_at",
        4,
    )
    whole = due_in(-1000, "whole")
    store.add(whole)
    await workers.start(FileChannel(tmp_path / "sent"))
    await eventually(lambda: whole.id in sent(tmp_path / "sent"))
    await eventually(lambda: redis("ZCARD", LANE) == 0)
    why = quarantine(redis)
    assert set(spoilt) | {"orphan", "string"} <= set(why)
    assert len(why) == len(spoilt) + 4
    assert all(why.values())
    for name, (verb, *words) in zip(spoilt, SPOILT, strict=True):
        if (verb, *words) != ("HDEL", "msg"):
            assert redis("HGET", KEYS.task(name), "msg"), "its text stays where it was"
    assert sent(tmp_path / "sent").count("\n") == 1


@pytest.mark.parametrize("view", list(View))
def test_an_orphan_in_a_list_hides_no_other(store: SyncStore, redis: Redis, view: View) -> None:
    new = due_in(3_600_000)
    store.add(new)
    for index in (KEYS.upcoming("ada"), KEYS.past("ada"), KEYS.unanswered("ada")):
        redis("ZADD", index, 1, "orphan")
        redis("ZADD", index, 3, b"\xff")
        redis("ZADD", index, 2, new.id)
    assert [r.id for r in store.page("ada", view, 0, 10).reminders] == [new.id]


def test_an_orphan_in_the_index_of_moments_hinders_no_add(store: SyncStore, redis: Redis) -> None:
    new = due_in(3_600_000)
    redis("ZADD", f"{P}ada_due", new.window.not_before, "orphan")
    assert store.add(new).created


def test_a_damaged_record_that_was_claimed_is_not_claimed_again(
    store: SyncStore, redis: Redis
) -> None:
    new = due_in(-1000)
    store.add(new)
    redis("HDEL", KEYS.task(new.id), "msg")

    def claim():  # type: ignore[no-untyped-def]
        lanes = [("desktop", True)]
        flow = deliveries.claim(KEYS, "ada", 9, wakeup_before_ms=0, lease_ms=1, lanes=lanes)
        return store.run(flow)

    found = claim()
    assert [one.reminder_id for one in found.damaged] == [new.id]
    store.run(deliveries.set_aside(KEYS, "ada", found.damaged))
    again = claim()
    assert (again.damaged, again.next_wakeup) == ((), None)


@pytest.mark.parametrize("key", ["tasks:desktop:ada", "events", "workers_seen"])
async def test_a_key_of_the_wrong_type_is_moved_aside_by_the_worker_and_all_goes_on(
    store: SyncStore, redis: Redis, workers: Workers, tmp_path: Path, key: str
) -> None:
    new = due_in(500)
    store.add(new)
    redis("DEL", P + key)
    redis("SET", P + key, "oops")
    await workers.start(FileChannel(tmp_path / "sent"), lease_ms=1500)
    await eventually(lambda: new.id in sent(tmp_path / "sent"))
    await eventually(lambda: store.counts("ada").past == 1)
    [aside] = [*redis("KEYS", f"{P}aside:*"), *redis("KEYS", f"{P}damaged:*")]
    assert redis("GET", aside) == b"oops"
