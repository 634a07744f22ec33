"""The delivery protocol, on a real server: claims, arms and leases."""

import time
from collections.abc import Iterator

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.reminder import Answer, State
from later_tui.store import deliveries, open_sync_store
from later_tui.store.claims import (
    Armed,
    Claims,
    Held,
    Outcome,
    Settlement,
    WorkerInfo,
)
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


def claim(
    store: SyncStore, want: int = 50, *, lease: int = LEASE, channel: str = "desktop",
    repeatable: bool = True, wakeup: int = 2000, user: str = "ada",
) -> Claims:  # fmt: skip
    flow = deliveries.claim(
        KEYS, user, want, wakeup_before_ms=wakeup, lease_ms=lease, lanes=[(channel, repeatable)]
    )
    return store.run(flow)


def take(store: SyncStore, **how: object) -> Held:
    """Claim the only delivery that is due."""
    [one] = claim(store, **how).claims  # type: ignore[arg-type]
    return Held(one.reminder_id, one.channel, one.token)


def arm(store: SyncStore, held: Held, *, before: int = 0) -> Armed:
    [answer] = store.run(deliveries.arm(KEYS, [held], lease_ms=LEASE, before_ms=before))
    return answer


def settle(store: SyncStore, held: Held, outcome: Outcome, **more: object) -> bool:
    settlement = Settlement(held, outcome, **more)  # type: ignore[arg-type]
    [answer] = store.run(deliveries.settle(KEYS, [settlement]))
    return answer


def lane(store: SyncStore, channel: str = "desktop") -> dict[str, int]:
    def flow():  # type: ignore[no-untyped-def]
        [reply] = yield [command("ZRANGE", KEYS.lane(channel, "ada"), 0, -1, "WITHSCORES")]
        return {reply[i].decode(): int(float(reply[i + 1])) for i in range(0, len(reply), 2)}

    return store.run(flow())


def test_what_is_not_due_soon_is_not_claimed(store: SyncStore) -> None:
    new = due_in(60_000)
    store.add(new)
    found = claim(store)
    assert found.claims == ()
    assert found.next_wakeup == new.window.not_before - 2000


def test_what_is_due_within_the_wake_up_time_is_claimed_once(store: SyncStore) -> None:
    new = due_in(1500)
    store.add(new)
    first, second = claim(store), claim(store)
    assert [c.reminder.text for c in first.claims] == ["call mum"]
    assert first.claims[0].fire_at == new.window.not_before
    assert second.claims == ()


def test_no_more_is_claimed_than_was_asked_for_and_the_oldest_comes_first(store: SyncStore) -> None:
    for late in (1, 5, 3, 4, 2):
        store.add(due_in(-late * 1000, f"{late}"))
    assert [c.reminder.text for c in claim(store, 3).claims] == ["5", "4", "3"]
    assert [c.reminder.text for c in claim(store, 3).claims] == ["2", "1"]


def test_a_lane_that_is_not_asked_for_is_left_alone(store: SyncStore) -> None:
    store.add(due_in(-1000, channels=("email",)))
    assert claim(store).claims == ()
    assert len(claim(store, channel="email").claims) == 1


def test_a_worker_never_claims_what_is_another_users(store: SyncStore) -> None:
    for channel in ("desktop", "email", "sms", "anyones-plugin"):
        new = due_in(-1000, username="bob", channels=(channel,))
        store.add(new)
        assert claim(store, channel=channel).claims == ()
        [mine] = claim(store, channel=channel, user="bob").claims
        assert mine.reminder_id == new.id


def test_arm_is_refused_before_the_time_by_the_servers_clock(store: SyncStore) -> None:
    store.add(due_in(1000))
    held = take(store)
    early = arm(store, held)
    assert not early.ok
    assert 500 < early.early_ms <= 1000
    assert arm(store, held, before=1500).ok


def test_arm_is_refused_when_the_reminder_was_answered(
    store: SyncStore, settings: Settings
) -> None:
    new = due_in(-1000)
    store.add(new)
    held = take(store)
    store.answer(settings, new.id, Answer.DONE, now=now_ms())
    assert arm(store, held).void
    assert lane(store) == {}


def test_arm_is_refused_when_the_reminder_was_scheduled_anew(
    store: SyncStore, settings: Settings
) -> None:
    new = due_in(-1000)
    store.add(new)
    held = take(store)
    at = now_ms() + 1000
    store.answer(settings, new.id, Answer.SNOOZE, now=now_ms(), until=at)
    assert arm(store, held).void
    assert lane(store) == {new.id: at}
    assert take(store).token > held.token


def test_an_expired_lease_is_taken_over_and_the_late_worker_is_refused(store: SyncStore) -> None:
    store.add(due_in(-1000))
    late = take(store, lease=20)
    time.sleep(0.03)
    assert arm(store, late).void
    new = take(store)
    assert new.token == late.token + 1
    assert arm(store, late).void
    assert arm(store, new).ok
    assert not settle(store, late, Outcome.DELIVERED, sent_at=1)
    assert settle(store, new, Outcome.DELIVERED, sent_at=2)


def test_a_late_settle_counts_when_nobody_else_claimed(store: SyncStore) -> None:
    new = due_in(-1000)
    store.add(new)
    held = take(store)
    assert arm(store, held).ok
    flow = deliveries.renew(KEYS, [held], lease_ms=1)
    assert store.run(flow) == (True,)
    time.sleep(0.01)
    assert settle(store, held, Outcome.DELIVERED, sent_at=now_ms())
    assert store.get(new.id).state is State.DELIVERED


def test_a_lease_that_is_about_to_end_is_not_taken_early(store: SyncStore) -> None:
    store.add(due_in(-1000))
    take(store, lease=50_000)
    assert claim(store, wakeup=60_000).claims == ()
    store.add(due_in(-500, "another"))
    assert [c.reminder.text for c in claim(store, 1, wakeup=60_000).claims] == ["another"]


def test_a_send_that_may_be_repeated_is_sent_again_after_a_crash(store: SyncStore) -> None:
    new = due_in(-1000)
    store.add(new)
    held = take(store)
    arm(store, held)
    store.run(deliveries.renew(KEYS, [held], lease_ms=1))
    time.sleep(0.01)
    again = take(store)
    assert arm(store, again).ok
    assert store.get(new.id).deliveries[0].attempt == 2


def test_a_send_that_must_not_be_repeated_is_unknown_after_a_crash(store: SyncStore) -> None:
    new = due_in(-1000, channels=("sms",))
    store.add(new)
    held = take(store, channel="sms", repeatable=False)
    arm(store, held)
    store.run(deliveries.renew(KEYS, [held], lease_ms=1))
    time.sleep(0.01)
    assert claim(store, channel="sms", repeatable=False).claims == ()
    found = store.get(new.id)
    assert (found.state, found.deliveries[0].state) == (State.UNKNOWN, State.UNKNOWN)
    assert lane(store, "sms") == {}
    assert store.counts("ada").unanswered == 1


def test_a_claim_that_was_not_armed_is_safe_to_repeat_on_any_channel(store: SyncStore) -> None:
    store.add(due_in(-1000, channels=("sms",)))
    take(store, channel="sms", repeatable=False, lease=1)
    time.sleep(0.01)
    assert arm(store, take(store, channel="sms", repeatable=False)).ok


def test_nothing_is_delivered_that_was_not_armed(store: SyncStore) -> None:
    new = due_in(-1000)
    store.add(new)
    held = take(store)
    assert not settle(store, held, Outcome.DELIVERED, sent_at=1)
    assert store.get(new.id).state is State.CLAIMED


def test_a_worker_serves_its_own_user_alone() -> None:
    told = WorkerInfo("a", "mill", 1, 0, ("desktop", "email"), 50, 0, "bob")
    assert told.serves("bob", "desktop")
    assert not told.serves("ada", "desktop")
    assert not told.serves("ada", "email")
    assert not told.serves("bob", "sms")
    assert WorkerInfo("a", "mill", 1, 0, ("desktop",), 50, 0).serves("ada", "desktop")


def worker(name: str) -> WorkerInfo:
    return WorkerInfo(name, "mill", 1, now_ms(), ("desktop",), 50, 3, "ada")


def test_a_worker_is_listed_until_its_word_expires_or_it_leaves(store: SyncStore) -> None:
    for name in ("a", "b"):
        store.run(deliveries.beat(KEYS, worker(name), holds_ms=300_000))
    assert [w.id for w in store.workers()] == ["a", "b"]
    assert store.workers()[1].channels == ("desktop",)
    assert store.workers()[1].user == "ada"
    store.run(deliveries.beat(KEYS, worker("a"), holds_ms=1))
    time.sleep(0.01)
    assert [w.id for w in store.workers()] == ["b"]
    store.run(deliveries.beat(KEYS, worker("b"), holds_ms=0))
    assert store.workers() == ()


def test_a_claim_says_which_event_it_has_seen(store: SyncStore) -> None:
    assert claim(store).last_event == "0-0"
    store.add(due_in(60_000))
    last = store.run(deliveries.last_event(KEYS))
    assert claim(store).last_event == last != "0-0"
