"""Routes on a real server: what waits for what, and what is spared."""

from collections.abc import Iterator

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.plan import Round
from later_tui.domain.reminder import Answer, State
from later_tui.domain.window import Span, Window
from later_tui.store import open_sync_store, reminders
from later_tui.store.claims import Held, Outcome
from later_tui.store.command import command
from later_tui.store.records import View
from later_tui.store.syncstore import SyncStore
from tests.making import due_in, now_ms
from tests.store.routing import (
    HOUR,
    MINUTE,
    deliver,
    expire,
    fail,
    keep,
    listed,
    routed,
    states,
)
from tests.store.test_protocol import KEYS, arm, claim, lane, settle, take


@pytest.fixture
def store(settings: Settings) -> Iterator[SyncStore]:
    with open_sync_store(settings) as store:
        yield store


def test_each_step_stands_in_its_lane_at_its_own_moment(store: SyncStore) -> None:
    new = keep(store, "desktop then email then sms 30m", HOUR)
    due = new.window.not_before
    assert lane(store) == {new.id: due}
    assert lane(store, "email") == {new.id: due + 2 * MINUTE}
    assert lane(store, "sms") == {new.id: due + 32 * MINUTE}
    kept = store.get(new.id)
    assert (kept.steps, kept.channels) == (new.steps, new.channels)
    assert [d.at for d in kept.deliveries] == [None, due + 2 * MINUTE, due + 32 * MINUTE]
    assert [d.wait for d in kept.deliveries] == [None, 2 * MINUTE, 30 * MINUTE]


def test_many_at_once_are_kept_with_their_routes_too(store: SyncStore) -> None:
    new = routed("desktop then email 30m", HOUR)
    plain = due_in(HOUR)
    store.add_many([plain, new])
    assert lane(store, "email") == {new.id: new.window.not_before + 30 * MINUTE}
    assert lane(store).keys() == {plain.id, new.id}


def test_a_plain_reminder_has_no_field_more_than_it_had(store: SyncStore) -> None:
    new = keep(store, "desktop,email", HOUR)

    def flow():  # type: ignore[no-untyped-def]
        [found] = yield [command("HKEYS", KEYS.task(new.id))]
        return {name.decode() for name in found}

    fields = {"username", "tasktype", "msg", "not_before", "not_after", "seed", "origin", "due_at"}
    assert store.run(flow()) == fields


def test_a_fallback_is_spared_when_the_step_before_is_delivered(store: SyncStore) -> None:
    new = keep(store, "desktop then email")
    deliver(store, "desktop")
    assert states(store, new) == {"desktop": State.DELIVERED, "email": State.RELEASED}
    assert lane(store, "email") == {}


def test_a_fallback_goes_at_once_when_the_step_before_has_failed(store: SyncStore) -> None:
    new = keep(store, "desktop then email")
    fail(store, "desktop")
    assert store.get(new.id).state is State.SCHEDULED
    assert listed(store)[View.UPCOMING] == [new.id]
    deliver(store, "email")
    assert store.get(new.id).state is State.DELIVERED


def test_a_fallback_goes_at_once_when_the_step_before_may_have_been_sent(store: SyncStore) -> None:
    new = keep(store, "sms then email")
    held = take(store, channel="sms", repeatable=False)
    arm(store, held)
    expire(store, new, "sms")
    assert claim(store, channel="sms", repeatable=False).claims == ()
    assert states(store, new)["sms"] is State.UNKNOWN
    assert store.get(new.id).state is State.SCHEDULED
    deliver(store, "email")
    # And what may have been sent is known to be, after all: the reminder is what it was.
    assert settle(store, held, Outcome.DELIVERED, sent_at=now_ms())
    assert store.get(new.id).state is State.DELIVERED


def test_a_fallback_whose_time_has_come_goes_though_the_step_before_still_waits(
    store: SyncStore,
) -> None:
    new = keep(store, "desktop then email", -3 * MINUTE)
    deliver(store, "email")
    # The first that works is enough: the pop-up that nobody could show does not come any more.
    assert states(store, new) == {"desktop": State.RELEASED, "email": State.DELIVERED}
    assert claim(store).claims == ()


def test_what_is_being_sent_is_not_called_back(store: SyncStore) -> None:
    new = keep(store, "desktop then email", -3 * MINUTE)
    held = take(store, channel="desktop")
    arm(store, held)
    deliver(store, "email")
    assert states(store, new)["desktop"] is State.SENDING
    assert settle(store, held, Outcome.DELIVERED, sent_at=now_ms())


def test_a_spared_claim_cannot_be_armed(store: SyncStore) -> None:
    keep(store, "desktop then email", -3 * MINUTE)
    held = take(store, channel="email")
    deliver(store, "desktop")
    assert arm(store, held).void


def test_a_retry_of_the_step_before_does_not_hasten_the_fallback(store: SyncStore) -> None:
    new = keep(store, "desktop then email", 0)
    before = lane(store, "email")
    held = take(store, channel="desktop")
    arm(store, held)
    settle(store, held, Outcome.RETRY, retry_at=now_ms() + MINUTE, error="busy")
    assert lane(store, "email") == before == {new.id: new.window.not_before + 2 * MINUTE}


def test_a_further_step_waits_from_the_delivery_on(store: SyncStore) -> None:
    new = keep(store, "desktop then email 30m", -HOUR - MINUTE)
    at = deliver(store, "desktop")
    assert lane(store, "email") == {new.id: at + 30 * MINUTE}
    assert states(store, new)["email"] is State.SCHEDULED
    assert store.get(new.id).state is State.DELIVERED


def test_a_claim_of_a_step_that_waits_anew_is_void(store: SyncStore) -> None:
    new = keep(store, "desktop then email 30m", -HOUR)
    held = take(store, channel="email")
    at = deliver(store, "desktop")
    assert arm(store, held).void
    assert not settle(store, held, Outcome.BACK)
    assert lane(store, "email") == {new.id: at + 30 * MINUTE}


def test_a_further_step_is_not_armed_before_its_time(store: SyncStore) -> None:
    keep(store, "desktop then email 30m")
    deliver(store, "desktop")
    [one] = claim(store, channel="email", wakeup=HOUR).claims
    held = Held(one.reminder_id, one.channel, one.token)
    assert 29 * MINUTE < arm(store, held).early_ms <= 30 * MINUTE


def test_a_further_step_goes_at_once_when_the_step_before_has_failed(store: SyncStore) -> None:
    keep(store, "desktop then email 30m")
    fail(store, "desktop")
    deliver(store, "email")


def test_a_further_step_waits_for_the_last_of_its_step_to_fail(store: SyncStore) -> None:
    new = keep(store, "desktop,sms then email")
    fail(store, "desktop")
    assert lane(store, "email") == {new.id: new.window.not_before + 2 * MINUTE}
    fail(store, "sms")
    deliver(store, "email")


def test_the_second_delivery_of_a_step_does_not_begin_the_wait_anew(store: SyncStore) -> None:
    new = keep(store, "desktop,sms then email 30m")
    at = deliver(store, "desktop")
    held = take(store, channel="sms")
    arm(store, held)
    settle(store, held, Outcome.DELIVERED, sent_at=at + 1000)
    assert lane(store, "email") == {new.id: at + 30 * MINUTE}


def test_an_answer_takes_out_every_step_that_waits(store: SyncStore, settings: Settings) -> None:
    new = keep(store, "desktop then email 30m")
    deliver(store, "desktop")
    store.answer(settings, new.id, Answer.DONE, now=now_ms())
    assert lane(store, "email") == {}
    assert states(store, new) == {"desktop": State.DELIVERED, "email": State.RELEASED}


def test_the_last_step_that_fails_is_the_end(store: SyncStore) -> None:
    new = keep(store, "desktop then email")
    fail(store, "desktop")
    fail(store, "email")
    assert store.get(new.id).state is State.FAILED
    assert listed(store)[View.UNANSWERED] == [new.id]


def test_what_is_put_off_waits_and_so_does_what_waits_for_it(store: SyncStore) -> None:
    new = keep(store, "desktop then email then sms", -3 * MINUTE)
    held, at = take(store, channel="email"), now_ms() + HOUR
    assert settle(store, held, Outcome.LATER, retry_at=at)
    assert lane(store, "email") == {new.id: at}
    assert lane(store, "sms") == {new.id: at + 2 * MINUTE}
    kept = store.get(new.id).deliveries[1]
    assert (kept.state, kept.attempt, kept.trail, kept.at) == (State.SCHEDULED, 0, (), at)


def test_what_is_being_sent_cannot_be_put_off(store: SyncStore) -> None:
    keep(store, "desktop then email", -3 * MINUTE)
    held = take(store, channel="email")
    arm(store, held)
    assert not settle(store, held, Outcome.LATER, retry_at=now_ms() + HOUR)


def test_again_sets_the_whole_route_out_anew(store: SyncStore) -> None:
    new = keep(store, "desktop then email 30m", nag_ms=HOUR)
    deliver(store, "desktop", nag_at=now_ms() + HOUR)
    at = now_ms() + HOUR
    anew = Round(Window(at, at), (Span(at, at + 1),), 0)
    store.run(reminders.reschedule(KEYS, new.id, anew, minimum_gap=0))
    assert lane(store) == {new.id: at}
    assert lane(store, "email") == {new.id: at + 30 * MINUTE}
    for delivery in store.get(new.id).deliveries:
        assert (delivery.state, delivery.nag, delivery.sent_at) == (State.SCHEDULED, 0, None)


def test_an_edit_may_change_the_route(store: SyncStore) -> None:
    new = keep(store, "desktop then email 30m")
    deliver(store, "desktop")
    store.edit(new.id, due_in(HOUR, "call dad", channels=("email",)))
    kept = store.get(new.id)
    assert (kept.steps, kept.channels) == ((), ("email",))
    assert lane(store) == {}
    assert lane(store, "email") == {new.id: kept.due_at}
    assert kept.deliveries[0].at is None


def test_the_newest_twenty_attempts_are_kept_and_their_texts_are_short_and_inert(
    store: SyncStore,
) -> None:
    new = keep(store, "email")
    for number in range(25):
        held = take(store, channel="email")
        arm(store, held)
        error = f"{number}\tbusy\n\x1b[2J{'é' * 500}"
        settle(store, held, Outcome.RETRY, retry_at=now_ms(), error=error)
    [delivery] = store.get(new.id).deliveries
    assert [a.attempt for a in delivery.trail] == list(range(6, 26))
    assert {len(a.error) for a in delivery.trail} == {300}
    assert delivery.trail[-1].error.startswith("24 busy [2Jéé")


def test_a_mail_that_is_busy_is_not_tried_again_once_the_pop_up_came(store: SyncStore) -> None:
    new = keep(store, "desktop then email", -3 * MINUTE)
    held = take(store, channel="email")
    arm(store, held)
    deliver(store, "desktop")
    assert settle(store, held, Outcome.RETRY, retry_at=now_ms(), error="450 busy")
    assert states(store, new)["email"] is State.RELEASED
    assert lane(store, "email") == {}


def test_a_mail_whose_worker_died_is_not_taken_over_once_the_pop_up_came(store: SyncStore) -> None:
    new = keep(store, "desktop then email", -3 * MINUTE)
    held = take(store, channel="email")
    arm(store, held)
    deliver(store, "desktop")
    expire(store, new, "email")
    assert claim(store, channel="email").claims == ()
    assert states(store, new)["email"] is State.RELEASED
    assert lane(store, "email") == {}
