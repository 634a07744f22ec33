"""What failed, or may have been sent, is sent again: on the word of the person alone."""

from collections.abc import Iterator

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.errors import NotFoundError, TransitionError
from later_tui.domain.reminder import Answer, NewReminder, State
from later_tui.store import open_sync_store
from later_tui.store.claims import Outcome
from later_tui.store.records import View
from later_tui.store.syncstore import SyncStore
from tests.making import now_ms
from tests.store.routing import (
    deliver,
    fail,
    keep,
    listed,
    lost,
    states,
)
from tests.store.test_protocol import arm, claim, settle, take

HOUR = 3_600_000


@pytest.fixture
def store(settings: Settings) -> Iterator[SyncStore]:
    with open_sync_store(settings) as store:
        yield store


def test_what_may_have_been_sent_is_sent_again_on_the_persons_word_alone(store: SyncStore) -> None:
    new = lost(store)
    assert claim(store, channel="sms", repeatable=False).claims == ()
    kept = store.resend(new.id)
    assert (kept.state, kept.deliveries[0].resent) == (State.SCHEDULED, True)
    assert kept.deliveries[0].error == "no answer"
    assert listed(store) == {View.UPCOMING: [new.id], View.PAST: [], View.UNANSWERED: []}
    deliver(store, "sms")
    kept = store.get(new.id)
    assert (kept.state, kept.deliveries[0].error) == (State.DELIVERED, "")
    assert [a.outcome for a in kept.deliveries[0].trail] == ["unknown", "delivered"]
    assert listed(store)[View.UNANSWERED] == [new.id]


def test_what_failed_can_be_sent_again_beside_what_was_delivered(store: SyncStore) -> None:
    new = keep(store, "desktop,email")
    deliver(store, "desktop")
    fail(store, "email")
    kept = store.resend(new.id)
    assert kept.state is State.DELIVERED
    assert states(store, new) == {"desktop": State.DELIVERED, "email": State.SCHEDULED}
    deliver(store, "email")
    assert states(store, new)["email"] is State.DELIVERED


def test_only_the_channel_that_is_named_sends_again(store: SyncStore) -> None:
    new = keep(store, "desktop,email")
    fail(store, "desktop")
    fail(store, "email")
    store.resend(new.id, "email")
    assert states(store, new) == {"desktop": State.FAILED, "email": State.SCHEDULED}


def test_the_word_of_the_worker_before_is_void_after_a_resend(store: SyncStore) -> None:
    new = keep(store, "sms")
    held = take(store, channel="sms", repeatable=False)
    arm(store, held)
    settle(store, held, Outcome.UNKNOWN, error="no answer")
    store.resend(new.id)
    assert not settle(store, held, Outcome.DELIVERED, sent_at=now_ms())
    assert len(claim(store, channel="sms", repeatable=False).claims) == 1


def test_there_is_nothing_to_send_again_of_what_was_delivered_answered_or_never_kept(
    store: SyncStore, settings: Settings
) -> None:
    new = keep(store, "desktop")
    with pytest.raises(TransitionError, match="nothing of that reminder failed"):
        store.resend(new.id)
    deliver(store, "desktop")
    with pytest.raises(TransitionError, match="nothing of that reminder failed"):
        store.resend(new.id)
    gone = lost(store)
    store.answer(settings, gone.id, Answer.DONE, now=now_ms())
    with pytest.raises(TransitionError, match="done already"):
        store.resend(gone.id)
    with pytest.raises(NotFoundError):
        store.resend("0123456789ab")


def test_what_was_sent_again_is_not_spared_by_another_way(store: SyncStore) -> None:
    new = keep(store, "desktop then email")
    fail(store, "desktop")
    fail(store, "email")
    store.resend(new.id)
    deliver(store, "desktop")
    held = take(store, channel="email")
    arm(store, held)
    settle(store, held, Outcome.RETRY, retry_at=now_ms(), error="450 busy")
    deliver(store, "email")


def retried(store: SyncStore, retry_in: int) -> NewReminder:
    """Keep a reminder whose mail could not be sent, and is tried again in so many ms."""
    new = keep(store, "email")
    held = take(store, channel="email")
    assert arm(store, held).ok
    assert settle(
        store, held, Outcome.RETRY, retry_at=now_ms() + retry_in, error="connection refused"
    )
    return new


def test_what_waits_for_its_next_attempt_is_tried_at_once(store: SyncStore) -> None:
    new = retried(store, HOUR)
    assert claim(store, channel="email").claims == ()
    [delivery] = store.resend(new.id).deliveries
    assert (delivery.attempt, delivery.error) == (1, "connection refused")
    [claimed] = claim(store, channel="email").claims
    assert claimed.reminder_id == new.id
    with pytest.raises(TransitionError, match="being tried again at this moment"):
        store.resend(new.id)


def test_only_the_channel_that_is_named_is_tried_at_once(store: SyncStore) -> None:
    new = retried(store, HOUR)
    with pytest.raises(TransitionError, match="nothing of that reminder failed"):
        store.resend(new.id, "desktop")
    assert claim(store, channel="email").claims == ()
    store.resend(new.id, "email")
    assert len(claim(store, channel="email").claims) == 1


def test_a_new_round_is_not_hastened_by_the_failure_of_the_one_before(
    store: SyncStore, settings: Settings
) -> None:
    new = retried(store, HOUR)
    store.answer(settings, new.id, Answer.SNOOZE, now=now_ms(), until=now_ms() + HOUR)
    with pytest.raises(TransitionError, match="nothing of that reminder failed"):
        store.resend(new.id)
