"""A record that is damaged, before or after its claim, stops no other; late words still count."""

from collections.abc import Iterator

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.reminder import TRANSITIONS, State
from later_tui.store import deliveries, open_sync_store
from later_tui.store.claims import Held, Outcome, Settlement
from later_tui.store.command import command
from later_tui.store.keys import Keys
from later_tui.store.syncstore import SyncStore
from tests.making import due_in, now_ms

KEYS = Keys(0)
LEASE = 30_000


@pytest.fixture
def store(settings: Settings) -> Iterator[SyncStore]:
    with open_sync_store(settings) as store:
        yield store


def raw(store, *words):
    def flow():
        [reply] = yield [command(*words)]
        return reply

    return store.run(flow())


def claim(store, channel="desktop", repeatable=True):
    flow = deliveries.claim(
        KEYS, "ada", 50, wakeup_before_ms=2000, lease_ms=LEASE, lanes=[(channel, repeatable)]
    )
    return {c.reminder_id: Held(c.reminder_id, c.channel, c.token) for c in store.run(flow).claims}


def arm(store, *held):
    return store.run(deliveries.arm(KEYS, held, lease_ms=LEASE, before_ms=0))


def settle(store, *held, outcome=Outcome.DELIVERED):
    return store.run(
        deliveries.settle(KEYS, [Settlement(h, outcome, sent_at=now_ms()) for h in held])
    )


def two(store):
    bad, good = due_in(-2000), due_in(-1000)
    store.add(bad)
    store.add(good)
    return bad.id, good.id, claim(store)


DAMAGE = {
    "no due_at": lambda store, key: raw(store, "HDEL", key, "due_at"),
    "due_at is no number": lambda store, key: raw(store, "HSET", key, "due_at", "x"),
    "no user": lambda store, key: raw(store, "HDEL", key, "username"),
    "no channels": lambda store, key: raw(store, "HDEL", key, "tasktype"),
    "gone": lambda store, key: raw(store, "DEL", key),
    "another type": lambda store, key: (raw(store, "DEL", key), raw(store, "SET", key, "x")),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_record_damaged_after_its_claim_does_not_stop_the_others_from_being_armed(store, damage):
    bad, good, held = two(store)
    damage(store, KEYS.task(bad))
    assert arm(store, held[bad], held[good])[1].ok


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_record_damaged_after_its_claim_does_not_stop_the_others_from_being_renewed(
    store, damage
):
    bad, good, held = two(store)
    damage(store, KEYS.task(bad))
    renewed = store.run(deliveries.renew(KEYS, [held[bad], held[good]], lease_ms=LEASE))
    assert renewed[1]


@pytest.mark.parametrize("outcome", [Outcome.DELIVERED, Outcome.FAILED, Outcome.BACK])
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_record_damaged_while_it_is_sent_does_not_stop_the_others_from_being_settled(
    store, damage, outcome
):
    bad, good, held = two(store)
    arm(store, held[bad], held[good])
    damage(store, KEYS.task(bad))
    assert settle(store, held[bad], held[good], outcome=outcome)[1]


@pytest.mark.parametrize("field", ["token:desktop", "attempt:desktop"])
def test_a_damaged_counter_does_not_stop_the_lane(store, field):
    bad, good = due_in(-2000), due_in(-1000)
    store.add(bad)
    store.add(good)
    raw(store, "HSET", KEYS.task(bad.id), field, "x")
    held = claim(store)
    assert good.id in held
    assert arm(store, *held.values())[-1].ok


def test_a_late_word_of_the_only_worker_that_sent_counts_after_unknown(store):
    new = due_in(-1000, channels=("sms",))
    store.add(new)
    held = claim(store, "sms", repeatable=False)[new.id]
    arm(store, held)
    raw(store, "ZADD", KEYS.lane("sms", "ada"), now_ms() - 1, new.id)
    assert claim(store, "sms", repeatable=False) == {}
    assert store.get(new.id).state is State.UNKNOWN
    assert settle(store, held) == (True,)
    assert store.get(new.id).state is State.DELIVERED


def test_a_reminder_of_which_something_is_being_sent_is_not_called_scheduled(store):
    new = due_in(-1000, channels=("desktop", "email"))
    store.add(new)
    mail, pop_up = claim(store, "email")[new.id], claim(store)[new.id]
    arm(store, pop_up)
    settle(store, mail, outcome=Outcome.BACK)
    before = store.get(new.id).state
    settle(store, pop_up)
    after = store.get(new.id).state
    assert after in TRANSITIONS[before], f"{before} → {after}"


def test_an_unknown_delivery_is_told_of_though_another_channel_is_open(store):
    new = due_in(-1000, channels=("sms", "email"))
    store.add(new)
    held = claim(store, "sms", repeatable=False)[new.id]
    arm(store, held)
    raw(store, "ZADD", KEYS.lane("sms", "ada"), now_ms() - 1, new.id)
    last = store.run(deliveries.last_event(KEYS))
    claim(store, "sms", repeatable=False)
    assert store.run(deliveries.last_event(KEYS)) != last
