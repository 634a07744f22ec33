"""Another program's three commands make a reminder."""

import shutil
import subprocess

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.reminder import State
from later_tui.store import adoption, deliveries
from later_tui.store.adoption import Adopted
from later_tui.store.claims import WorkerInfo
from later_tui.store.keys import Keys
from later_tui.store.records import View
from later_tui.store.syncstore import SyncStore
from tests.making import due_in, now_ms
from tests.records.conftest import Redis

KEYS = Keys(0)
HOUR = 3_600_000
P = KEYS.prefix


def adopt(store: SyncStore, *channels: str, most: int = adoption.AT_ONCE) -> Adopted:
    return store.run(adoption.adopt(KEYS, channels or ("desktop", "email"), most))


def foreign(redis: Redis, name: str, at: float, user: str = "ada", **changes: str) -> None:
    """The original's three commands, as they are typed into redis-cli."""
    fields = {"username": user, "tasktype": "desktop", "msg": "call mum", **changes}
    redis("HSET", f"{P}task:{name}", *(word for pair in fields.items() for word in pair))
    redis("ZADD", f"{P}tasks", at, name)
    redis("LPUSH", f"{P}{user}_inbox", name)


def quarantine(redis: Redis) -> dict[str, str]:
    found = redis("HGETALL", KEYS.quarantine)
    return {
        found[i].decode("utf-8", "replace"): found[i + 1].decode() for i in range(0, len(found), 2)
    }


def test_three_commands_make_a_full_reminder(store: SyncStore, redis: Redis) -> None:
    at = (now_ms() + HOUR) // 1000
    foreign(redis, "1", at)
    assert adopt(store) == Adopted(1, 0)
    [found] = store.page("ada", View.UPCOMING, 0, 10).reminders
    assert (found.text, found.username, found.channels) == ("call mum", "ada", ("desktop",))
    assert (found.due_at, found.window.not_before, found.window.not_after) == (at * 1000,) * 3
    assert (found.origin.host, found.origin.folder) == ("", "")
    assert abs(found.origin.created_at - now_ms()) < 10_000
    assert redis("ZSCORE", KEYS.lane("desktop", "ada"), "1") == str(at * 1000).encode()
    assert redis("EXISTS", f"{P}tasks", f"{P}ada_inbox") == 0


@pytest.mark.parametrize(
    ("score", "due"),
    [
        ("1732440000", 1_732_440_000_000),
        ("1732440000.5", 1_732_440_000_500),
        ("1732440000123", 1_732_440_000_123),
        ("99999999999", 99_999_999_999_000),
        ("100000000000", 100_000_000_000),
        ("0", 0),
    ],
)
def test_seconds_and_milliseconds_are_told_apart(
    store: SyncStore, redis: Redis, score: str, due: int
) -> None:
    foreign(redis, "1", 0)
    redis("ZADD", f"{P}tasks", score, "1")
    adopt(store)
    assert store.get("1").due_at == due


@pytest.mark.parametrize("score", ["inf", "-inf", "-1", "1e300", "253370764800001"])
def test_a_score_that_is_no_time_is_set_aside_with_its_text(
    store: SyncStore, redis: Redis, score: str
) -> None:
    foreign(redis, "1", 5)
    redis("ZADD", f"{P}tasks", score, "1")
    found = adopt(store)
    assert (found.count, found.left) == (0, 0)
    assert "not a Unix time" in quarantine(redis)["1"]
    assert redis("HGET", f"{P}task:1", "msg") == b"call mum"


@pytest.mark.parametrize(
    ("said", "channels"),
    [
        ("desktop", ("desktop",)),
        ("email", ("email",)),
        ("email, desktop,email", ("email", "desktop")),
        ("carrier pigeon", ("desktop",)),
        ("fax,email", ("email",)),
        ("", ("desktop",)),
    ],
)
def test_a_task_type_that_nobody_knows_becomes_the_desktop(
    store: SyncStore, redis: Redis, said: str, channels: tuple[str, ...]
) -> None:
    foreign(redis, "1", now_ms(), tasktype=said)
    adopt(store)
    assert store.get("1").channels == channels
    assert all(redis("ZSCORE", KEYS.lane(channel, "ada"), "1") for channel in channels)


def test_a_task_type_may_be_missing(store: SyncStore, redis: Redis) -> None:
    foreign(redis, "1", now_ms())
    redis("HDEL", f"{P}task:1", "tasktype")
    adopt(store)
    assert store.get("1").channels == ("desktop",)


def test_a_channel_that_only_another_worker_has_is_kept(store: SyncStore, redis: Redis) -> None:
    there = WorkerInfo("w", "mill", 1, now_ms(), ("fax",), 50, 0)
    store.run(deliveries.beat(KEYS, there, holds_ms=30_000))
    foreign(redis, "1", now_ms(), tasktype="fax")
    adopt(store)
    assert store.get("1").channels == ("fax",)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (("DEL", "task:1"), "there is no record"),
        (("HDEL", "task:1", "username"), "says no username"),
        (("HDEL", "task:1", "msg"), "says no msg"),
        (("HSET", "task:1", "msg", " \n "), "says no msg"),
        (("HSET", "task:1", "msg", "x" * 16_385), "over 16384 bytes"),
        (("HSET", "task:1", "username", "a:b"), "no user can have"),
        (("HSET", "task:1", "username", ""), "no user can have"),
        (("HSET", "task:1", "v", "99"), "version is 99"),
    ],
)
def test_what_cannot_be_a_reminder_is_set_aside_and_the_rest_flows(
    store: SyncStore, redis: Redis, spoil: tuple[str, ...], why: str
) -> None:
    foreign(redis, "1", 1000)
    redis(spoil[0], P + spoil[1], *spoil[2:])
    foreign(redis, "2", 2000)
    found = adopt(store)
    assert (found.count, found.left) == (1, 0)
    assert found.aside == (("1", quarantine(redis)["1"]),)
    assert why in quarantine(redis)["1"]
    assert [r.id for r in store.page("ada", View.UPCOMING, 0, 9).reminders] == ["2"]


@pytest.mark.parametrize("name", ["", "a b", "../x:1", "{1}", "tab\there", "x" * 65, "é"])
def test_an_id_that_no_command_could_name_is_set_aside(
    store: SyncStore, redis: Redis, name: str
) -> None:
    foreign(redis, name, 1000)
    assert adopt(store).count == 0
    assert "its id" in quarantine(redis)[name]
    assert redis("HGET", f"{P}task:{name}", "msg") == b"call mum"


def test_a_record_of_the_wrong_type_is_set_aside(store: SyncStore, redis: Redis) -> None:
    redis("SET", f"{P}task:1", "not a hash")
    redis("ZADD", f"{P}tasks", 1, "1")
    adopt(store)
    assert quarantine(redis) == {"1": "its key is not a hash"}
    assert redis("GET", f"{P}task:1") == b"not a hash"


def test_a_plain_lane_of_the_wrong_type_is_moved_aside_and_nothing_of_it_lost(
    store: SyncStore, redis: Redis
) -> None:
    redis("SET", f"{P}tasks", "oops")
    adopt(store)
    [kept] = redis("KEYS", f"{P}aside:tasks:*")
    assert redis("GET", kept.decode()) == b"oops"
    foreign(redis, "1", now_ms())
    assert adopt(store).count == 1


def test_a_few_are_adopted_at_a_time_the_soonest_first(store: SyncStore, redis: Redis) -> None:
    for i in range(5):
        foreign(redis, f"n{i}", 5000 - i)
    assert adopt(store, most=2) == Adopted(2, 3)
    assert {r.id for r in store.page("ada", View.UPCOMING, 0, 9).reminders} == {"n4", "n3"}
    adopt(store, most=2)
    assert adopt(store, most=2) == Adopted(1, 0)
    assert store.counts("ada").upcoming == 5


def test_the_inbox_does_not_grow(store: SyncStore, redis: Redis) -> None:
    for i in range(40):
        foreign(redis, f"n{i}", 1000 + i)
        if i % 3 == 0:
            while adopt(store, most=2).left:
                pass
    while adopt(store, most=2).left:
        pass
    assert redis("EXISTS", f"{P}ada_inbox") == 0


def test_what_was_pushed_and_has_no_time_yet_stays_in_the_inbox(
    store: SyncStore, redis: Redis
) -> None:
    foreign(redis, "late", 1)
    redis("ZREM", f"{P}tasks", "late")
    foreign(redis, "1", 1000)
    adopt(store)
    assert redis("LRANGE", f"{P}ada_inbox", 0, -1) == [b"late"]
    redis("ZADD", f"{P}tasks", 1, "late")
    adopt(store)
    assert redis("EXISTS", f"{P}ada_inbox") == 0


def test_the_same_three_commands_again_change_nothing(store: SyncStore, redis: Redis) -> None:
    at = now_ms() + HOUR
    foreign(redis, "1", at)
    adopt(store)
    before = store.get("1")
    foreign(redis, "1", at)
    assert adopt(store).count == 0
    assert store.get("1") == before
    assert store.counts("ada").upcoming == 1


def test_the_same_id_at_another_time_is_scheduled_anew(store: SyncStore, redis: Redis) -> None:
    foreign(redis, "plants", now_ms(), msg="water plants")
    adopt(store)
    reminder = store.get("plants")
    store.run(
        deliveries.claim(KEYS, "ada", 9, wakeup_before_ms=0, lease_ms=1, lanes=[("desktop", True)])
    )
    at = now_ms() + HOUR
    foreign(redis, "plants", at, msg="water the plants")
    adopt(store)
    found = store.get("plants")
    assert (found.text, found.due_at, found.state) == ("water the plants", at, State.SCHEDULED)
    assert found.round == reminder.round + 1
    assert found.deliveries[0].token >= 2
    assert redis("ZRANGE", KEYS.lane("desktop", "ada"), 0, -1) == [b"plants"]


def test_our_own_reminder_in_the_plain_lane_is_not_damaged(store: SyncStore, redis: Redis) -> None:
    new = due_in(HOUR)
    store.add(new)
    redis("ZADD", f"{P}tasks", new.window.not_before, new.id)
    adopt(store)
    assert store.get(new.id).round == 0
    assert quarantine(redis) == {}


def test_a_claim_and_a_heartbeat_tell_that_something_waits(store: SyncStore, redis: Redis) -> None:
    def told() -> tuple[int, int]:
        lanes = [("desktop", True)]
        claims = deliveries.claim(KEYS, "ada", 1, wakeup_before_ms=0, lease_ms=1, lanes=lanes)
        info = WorkerInfo("w", "mill", 1, 0, (), 1, 0)
        return store.run(claims).foreign, store.run(deliveries.beat(KEYS, info, holds_ms=9)).foreign

    assert told() == (0, 0)
    foreign(redis, "1", now_ms() + HOUR)
    foreign(redis, "2", now_ms() + HOUR)
    assert told() == (2, 2)
    adopt(store)
    assert told() == (0, 0)


def test_typed_into_redis_cli_it_is_listed(
    store: SyncStore, redis: Redis, settings: Settings
) -> None:
    program = shutil.which("redis-cli") or shutil.which("valkey-cli")
    if program is None:
        pytest.skip("neither redis-cli nor valkey-cli is installed here")
    at = now_ms() // 1000 + 3600
    typed = f"""
        HSET later:{{0}}:task:42 username ada tasktype desktop msg "call mum"
        ZADD later:{{0}}:tasks {at} 42
        LPUSH later:{{0}}:ada_inbox 42
        """
    socket = settings.data_dir / "server" / "redis.sock"
    subprocess.run([program, "-s", str(socket)], input=typed.encode(), check=True, timeout=20)
    adopt(store)
    [found] = store.page("ada", View.UPCOMING, 0, 10).reminders
    assert (found.id, found.text, found.due_at) == ("42", "call mum", at * 1000)


def test_no_step_looks_at_more_than_its_share_however_many_users(
    store: SyncStore, redis: Redis
) -> None:
    users = [f"user{number}" for number in range(20)]
    for number in range(600):
        foreign(redis, f"f{number}", now_ms() + HOUR + number, users[number % len(users)])
    redis("CONFIG", "RESETSTAT")
    steps = 0
    while True:
        steps += 1
        if not adopt(store).left:
            break
    assert steps == 600 / adoption.AT_ONCE
    assert all(redis("LLEN", f"{P}{user}_inbox") == 0 for user in users)
    # The work of a step is bounded, whatever the machine: about twenty commands an entry.
    told = redis("INFO", "commandstats").decode().splitlines()
    calls = sum(int(line.split("calls=")[1].split(",")[0]) for line in told if "calls=" in line)
    assert calls / steps <= 25 * adoption.AT_ONCE
