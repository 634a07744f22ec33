"""A survey finds what is wrong with what is kept, and mends what is safe."""

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.reminder import Answer, NewReminder
from later_tui.store import deliveries
from later_tui.store.claims import Held, Outcome, Settlement
from later_tui.store.keys import Keys
from later_tui.store.repair import mend
from later_tui.store.survey import Survey, survey
from later_tui.store.syncstore import SyncStore
from tests.making import due_in, now_ms
from tests.records.conftest import Redis
from tests.records.test_damaged import SPOILT
from tests.records.test_foreign import foreign, quarantine

KEYS = Keys(0)
P = KEYS.prefix
HOUR = 3_600_000
INDEXES = ("ada_tasks", "ada_due", "ada_past", "ada_unanswered")


def look(store: SyncStore) -> Survey:
    return store.run(survey(KEYS))


def fix(store: SyncStore) -> list[str]:
    return store.run(mend(KEYS))


def well(found: Survey) -> bool:
    return not (found.bad or found.misplaced or found.orphans or found.wrong or found.resolved)


def everywhere(redis: Redis) -> dict[str, object]:
    """Everything that stands in an index or a lane."""
    keys = sorted(k.decode() for k in redis("KEYS", "*") if not k.endswith(b"_undo"))
    # What can be taken back follows from no record.
    zsets = [k for k in keys if redis("TYPE", k) == b"zset" and not k.endswith("_undo")]
    return {k: redis("ZRANGE", k, 0, -1, "WITHSCORES") for k in zsets}


def deliver(store: SyncStore, new: NewReminder) -> None:
    store.add(new)
    lanes = [("desktop", True)]
    [one] = store.run(
        deliveries.claim(KEYS, "ada", 9, wakeup_before_ms=0, lease_ms=30_000, lanes=lanes)
    ).claims
    held = Held(one.reminder_id, one.channel, one.token)
    store.run(deliveries.arm(KEYS, [held], lease_ms=30_000, before_ms=0))
    store.run(deliveries.settle(KEYS, [Settlement(held, Outcome.DELIVERED, sent_at=now_ms())]))


def life(store: SyncStore, settings: Settings) -> int:
    """Keep reminders in every stage of their life; return how many."""
    store.add(due_in(HOUR, "exact"))
    store.add(due_in(HOUR, "two", channels=("desktop", "email")))
    deliver(store, due_in(-1000, "waits for an answer"))
    done, gone = due_in(-1000, "done"), due_in(HOUR, "let go")
    deliver(store, done)
    store.answer(settings, done.id, Answer.DONE, now=now_ms())
    store.add(gone)
    store.answer(settings, gone.id, Answer.LET_GO, now=now_ms())
    again = due_in(-1000, "again")
    deliver(store, again)
    store.answer(settings, again.id, Answer.SNOOZE, now=now_ms(), until=now_ms() + HOUR)
    return 6


def test_what_the_scripts_do_is_always_in_its_place(
    store: SyncStore, settings: Settings, redis: Redis
) -> None:
    kept = life(store, settings)
    foreign(redis, "theirs", now_ms())
    found = look(store)
    assert well(found)
    assert (found.reminders, found.foreign) == (kept + 1, 1)
    before = everywhere(redis)
    assert fix(store) == []
    assert everywhere(redis) == before


def test_reminders_are_put_back_where_they_belong(
    store: SyncStore, settings: Settings, redis: Redis
) -> None:
    life(store, settings)
    before = everywhere(redis)
    for key in before:
        redis("DEL", key)
    assert len(look(store).misplaced) == 6
    assert everywhere(redis) == {}
    assert fix(store) == ["put 6 reminders where they belong"]
    assert everywhere(redis) == before
    assert well(look(store))


def test_what_stands_where_it_has_no_place_is_taken_out(
    store: SyncStore, settings: Settings, redis: Redis
) -> None:
    life(store, settings)
    before = everywhere(redis)
    for key in before:
        for task in redis("KEYS", f"{P}task:*"):
            redis("ZADD", key, "NX", 1, task.decode().rpartition(":")[2])
    assert not well(look(store))
    fix(store)
    assert {k: v for k, v in everywhere(redis).items() if "email" not in k} == {
        k: v for k, v in before.items() if "email" not in k
    }


def test_a_lease_without_its_place_in_the_lane_is_taken_over(
    store: SyncStore, redis: Redis
) -> None:
    new = due_in(-1000)
    store.add(new)

    def claim():  # type: ignore[no-untyped-def]
        lanes = [("desktop", True)]
        flow = deliveries.claim(KEYS, "ada", 9, wakeup_before_ms=0, lease_ms=HOUR, lanes=lanes)
        return store.run(flow).claims

    claim()
    redis("DEL", KEYS.lane("desktop", "ada"))
    fix(store)
    assert [one.reminder_id for one in claim()] == [new.id]


@pytest.mark.parametrize("index", [*INDEXES, "tasks:desktop:ada", "tasks:email:ada"])
def test_an_entry_without_a_record_is_found_and_taken_out(
    store: SyncStore, settings: Settings, redis: Redis, index: str
) -> None:
    life(store, settings)
    before = everywhere(redis)
    redis("ZADD", P + index, 7, "orphan")
    redis("ZADD", P + index, 8, b"\xff\xfe")
    found = look(store)
    assert found.orphans == {index: 2}
    assert fix(store) == [f"took 2 entries without a record out of {index}"]
    assert everywhere(redis) == before


def test_a_list_keeps_only_its_own_users_reminders(store: SyncStore, redis: Redis) -> None:
    theirs = due_in(HOUR, username="bob")
    store.add(theirs)
    redis("ZADD", f"{P}ada_tasks", 1, theirs.id)
    assert look(store).orphans == {"ada_tasks": 1}
    fix(store)
    assert (store.counts("ada").upcoming, store.counts("bob").upcoming) == (0, 1)


@pytest.mark.parametrize("spoil", SPOILT, ids=" ".join)
def test_a_damaged_record_is_named_with_what_is_left_of_its_text_and_never_touched(
    store: SyncStore, redis: Redis, spoil: tuple[str, ...]
) -> None:
    new = due_in(HOUR, "remember the milk")
    store.add(new)
    redis(spoil[0], KEYS.task(new.id), *spoil[1:])
    redis("HSET", KEYS.quarantine, new.id, "why not")
    record = redis("HGETALL", KEYS.task(new.id))
    for found in (look(store), store.run(survey(KEYS, mend=True)), look(store)):
        [bad] = found.bad
        assert (bad.id, bad.why) == (new.id, "why not")
        assert bad.text == ("" if spoil == ("HDEL", "msg") else "remember the milk")
        assert bad.username == ("" if spoil == ("HDEL", "username") else "ada")
    assert redis("HGETALL", KEYS.task(new.id)) == record
    assert quarantine(redis) == {new.id: "why not"}


def test_a_record_that_was_set_aside_and_is_whole_again_comes_back(
    store: SyncStore, redis: Redis
) -> None:
    new = due_in(-1000)
    store.add(new)
    redis("HDEL", KEYS.task(new.id), "tasktype")

    def claim():  # type: ignore[no-untyped-def]
        lanes = [("desktop", True)]
        flow = deliveries.claim(KEYS, "ada", 9, wakeup_before_ms=0, lease_ms=HOUR, lanes=lanes)
        return [one.reminder_id for one in store.run(flow).claims]

    assert claim() == []
    redis("HSET", KEYS.task(new.id), "tasktype", "desktop")
    assert fix(store) == ["put 1 reminder where they belong"]
    assert quarantine(redis) == {}
    assert claim() == [new.id]


def test_an_id_set_aside_with_nothing_left_is_forgotten(store: SyncStore, redis: Redis) -> None:
    redis("HSET", KEYS.quarantine, "orphan", "there is no record of that id")
    assert look(store).resolved == 1
    assert fix(store) == ["forgot 1 id in quarantine with nothing left to deliver"]
    assert quarantine(redis) == {}


WRONG = [*INDEXES, "tasks", "tasks:desktop:ada", "events", "workers", "quarantine", "ada_inbox"]


@pytest.mark.parametrize("key", WRONG)
def test_a_key_of_the_wrong_type_is_moved_aside_whole_and_everything_works_again(
    store: SyncStore, settings: Settings, redis: Redis, key: str
) -> None:
    kept = life(store, settings)
    redis("DEL", P + key)
    redis("SET", P + key, "oops")
    assert look(store).wrong == {key: "string"}
    assert f"moved 1 key of the wrong type aside: {key}" in fix(store)
    found = look(store)
    assert well(found)
    assert found.reminders == kept
    [aside] = found.aside
    assert redis("GET", aside) == b"oops"
    deliver(store, due_in(-1000))


def test_a_record_of_the_wrong_type_is_named(store: SyncStore, redis: Redis) -> None:
    redis("SET", KEYS.task("string"), "not a hash")
    redis("ZADD", KEYS.lane("desktop", "ada"), 1, "string")
    [bad] = look(store).bad
    assert (bad.id, bad.why) == ("string", "its key is a string, not a hash")
    fix(store)
    assert redis("GET", KEYS.task("string")) == b"not a hash"


def test_thousands_are_looked_at_in_small_steps(store: SyncStore, redis: Redis) -> None:
    store.add_many([due_in(HOUR + i, f"n{i}") for i in range(3000)])
    for i in range(3000):
        if i % 1000 == 0:
            redis("ZADD", f"{P}ada_past", 1, f"orphan{i}")
    redis("DEL", KEYS.lane("desktop", "ada"))
    redis("CONFIG", "SET", "slowlog-log-slower-than", 300)
    redis("CONFIG", "SET", "slowlog-max-len", 1000)
    redis("SLOWLOG", "RESET")
    found = store.run(survey(KEYS, mend=True))
    assert (found.reminders, len(found.misplaced), found.orphaned) == (3000, 3000, 3)
    took = [entry[2] for entry in redis("SLOWLOG", "GET", -1)]
    print("the longest step took", max(took, default=0), "us")
    assert well(look(store))
    assert redis("ZCARD", KEYS.lane("desktop", "ada")) == 3000
