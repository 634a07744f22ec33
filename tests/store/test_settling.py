"""The delivery protocol, on a real server: what comes of deliveries, and of damaged records."""

import time
from collections.abc import Iterator

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.reminder import Answer, State
from later_tui.store import deliveries, open_sync_store
from later_tui.store.claims import (
    Held,
    Outcome,
)
from later_tui.store.command import command
from later_tui.store.syncstore import SyncStore
from tests.making import due_in, now_ms
from tests.store.test_protocol import KEYS, LEASE, arm, claim, lane, settle, take


@pytest.fixture
def store(settings: Settings) -> Iterator[SyncStore]:
    with open_sync_store(settings) as store:
        yield store


def test_a_delivered_reminder_moves_to_the_past_and_waits_for_an_answer(
    store: SyncStore, settings: Settings
) -> None:
    new = due_in(-1000)
    store.add(new)
    held = take(store)
    armed = arm(store, held)
    settle(store, held, Outcome.DELIVERED, sent_at=armed.now, via="pop-up")
    found = store.get(new.id)
    assert (found.state, found.deliveries[0].via) == (State.DELIVERED, "pop-up")
    assert found.lateness is not None
    assert found.lateness >= 1000
    counts = store.counts("ada")
    assert (counts.upcoming, counts.past, counts.unanswered) == (0, 1, 1)
    store.answer(settings, new.id, Answer.DONE, now=now_ms())
    assert store.counts("ada").unanswered == 0


def test_a_retry_stands_in_its_lane_until_its_time(store: SyncStore) -> None:
    new = due_in(-1000)
    store.add(new)
    held = take(store)
    arm(store, held)
    at = now_ms() + 60_000
    assert settle(store, held, Outcome.RETRY, retry_at=at, error="421 later")
    assert lane(store) == {new.id: at}
    found = store.get(new.id)
    assert (found.state, found.deliveries[0].error) == (State.SCHEDULED, "421 later")
    assert store.counts("ada").upcoming == 1


def test_a_lease_given_back_is_due_at_once(store: SyncStore) -> None:
    new = due_in(-1000)
    store.add(new)
    settle(store, take(store), Outcome.BACK)
    assert lane(store) == {new.id: new.window.not_before}
    assert arm(store, take(store)).ok


def both(store: SyncStore, first: Outcome, second: Outcome) -> State:
    """Settle a reminder's desktop delivery as `first` and its e-mail as `second`."""
    new = due_in(-1000, channels=("desktop", "email"))
    store.add(new)
    for channel, outcome in (("desktop", first), ("email", second)):
        held = take(store, channel=channel)
        arm(store, held)
        assert settle(store, held, outcome, sent_at=now_ms())
    assert lane(store) == lane(store, "email") == {}
    return store.get(new.id).state


@pytest.mark.parametrize(
    ("first", "second", "sum_"),
    [
        (Outcome.DELIVERED, Outcome.FAILED, State.DELIVERED),
        (Outcome.FAILED, Outcome.DELIVERED, State.DELIVERED),
        (Outcome.FAILED, Outcome.FAILED, State.FAILED),
        (Outcome.FAILED, Outcome.UNKNOWN, State.UNKNOWN),
        (Outcome.UNKNOWN, Outcome.FAILED, State.UNKNOWN),
        (Outcome.UNKNOWN, Outcome.DELIVERED, State.DELIVERED),
    ],
)
def test_a_reminder_is_the_best_that_came_of_its_channels(
    store: SyncStore, first: Outcome, second: Outcome, sum_: State
) -> None:
    assert both(store, first, second) is sum_


def test_one_failed_channel_does_not_settle_the_reminder(store: SyncStore) -> None:
    new = due_in(-1000, channels=("desktop", "email"))
    store.add(new)
    held = take(store)
    arm(store, held)
    settle(store, held, Outcome.FAILED, error="no")
    assert store.get(new.id).state.upcoming
    assert store.counts("ada").upcoming == 1


def test_an_answer_after_the_first_delivery_takes_back_the_second(
    store: SyncStore, settings: Settings
) -> None:
    new = due_in(-1000, channels=("desktop", "email"))
    store.add(new)
    mail = take(store, channel="email")
    pop_up = take(store)
    arm(store, pop_up)
    settle(store, pop_up, Outcome.DELIVERED, sent_at=now_ms())
    store.answer(settings, new.id, Answer.DONE, now=now_ms())
    assert arm(store, mail).void
    assert lane(store, "email") == {}


def test_a_renewed_lease_holds_and_a_lost_one_is_said_to_be(store: SyncStore) -> None:
    store.add(due_in(-1000))
    held = take(store, lease=30)
    assert store.run(deliveries.renew(KEYS, [held], lease_ms=LEASE)) == (True,)
    time.sleep(0.04)
    assert claim(store).claims == ()
    stranger = Held(held.reminder_id, held.channel, held.token + 1)
    assert store.run(deliveries.renew(KEYS, [stranger], lease_ms=LEASE)) == (False,)


def raw(store: SyncStore, *words: str | int) -> object:
    def flow():  # type: ignore[no-untyped-def]
        [reply] = yield [command(*words)]
        return reply

    return store.run(flow())


def test_an_orphan_and_a_damaged_record_do_not_stop_the_lane(store: SyncStore) -> None:
    broken = due_in(-3000)
    store.add(broken)
    raw(store, "HDEL", KEYS.task(broken.id), "due_at")
    raw(store, "ZADD", KEYS.lane("desktop", "ada"), 1, "orphan")
    raw(store, "ZADD", KEYS.lane("desktop", "ada"), 2, "string")
    raw(store, "SET", KEYS.task("string"), "not a hash")
    store.add(due_in(-1000, "whole"))
    assert [c.reminder.text for c in claim(store).claims] == ["whole"]
    assert raw(store, "HLEN", KEYS.quarantine) == 3


def test_a_record_that_cannot_be_read_is_set_aside_with_a_reason(store: SyncStore) -> None:
    new = due_in(-1000)
    store.add(new)
    raw(store, "HSET", KEYS.task(new.id), "v", "99")
    found = claim(store)
    assert found.claims == ()
    assert "version is 99" in found.damaged[0].why
    store.run(deliveries.set_aside(KEYS, "ada", found.damaged))
    assert lane(store) == {}
    assert b"version is 99" in raw(store, "HGET", KEYS.quarantine, new.id)  # type: ignore[operator]


def test_what_another_worker_has_claimed_since_is_not_set_aside(store: SyncStore) -> None:
    new = due_in(-1000)
    store.add(new)
    raw(store, "HSET", KEYS.task(new.id), "v", "99")
    late = claim(store, lease=1)
    time.sleep(0.01)
    raw(store, "HDEL", KEYS.task(new.id), "v")  # somebody has mended it
    held = take(store)
    store.run(deliveries.set_aside(KEYS, "ada", late.damaged))
    assert raw(store, "HLEN", KEYS.quarantine) == 0
    assert set(lane(store)) == {new.id}
    assert arm(store, held).ok
