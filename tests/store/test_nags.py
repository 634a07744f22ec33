"""Nags on a real server: sent again until there is an answer, and never twice by themselves."""

from collections.abc import Iterator

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.reminder import Answer, State
from later_tui.store import open_sync_store
from later_tui.store.claims import Held, Outcome
from later_tui.store.records import View
from later_tui.store.syncstore import SyncStore
from tests.making import now_ms
from tests.store.routing import (
    HOUR,
    MINUTE,
    expire,
    keep,
    listed,
    nag,
    pull,
    states,
)
from tests.store.test_protocol import arm, claim, lane, settle, take


@pytest.fixture
def store(settings: Settings) -> Iterator[SyncStore]:
    with open_sync_store(settings) as store:
        yield store


def test_a_nagging_reminder_is_delivered_and_stands_in_its_lane(store: SyncStore) -> None:
    new = keep(store, "desktop", nag_ms=HOUR)
    kept = nag(store, new)
    [delivery] = kept.deliveries
    assert (kept.state, kept.nag_ms) == (State.DELIVERED, HOUR)
    assert (delivery.state, delivery.nag, delivery.nagging) == (State.SCHEDULED, 1, True)
    assert lane(store) == {new.id: delivery.at}
    assert listed(store) == {View.UPCOMING: [], View.PAST: [new.id], View.UNANSWERED: [new.id]}


def test_each_nag_has_a_token_of_its_own_and_is_never_early(store: SyncStore) -> None:
    new = keep(store, "desktop", nag_ms=HOUR)
    before = nag(store, new).deliveries[0].token
    [one] = claim(store, wakeup=2 * HOUR).claims
    held = Held(one.reminder_id, one.channel, one.token)
    assert one.token == before + 1
    assert arm(store, held).early_ms > 59 * MINUTE
    settle(store, held, Outcome.BACK)
    pull(store, new, "desktop")
    [delivery] = nag(store, new).deliveries
    assert (delivery.nag, delivery.token, delivery.attempt) == (2, before + 2, 0)


def test_the_lateness_of_a_nagging_reminder_is_that_of_its_first_send(store: SyncStore) -> None:
    new = keep(store, "desktop", nag_ms=HOUR)
    first = nag(store, new)
    pull(store, new, "desktop")
    second = nag(store, new)
    assert second.lateness == first.lateness
    assert second.settled_at == first.settled_at


@pytest.mark.parametrize("given", [Answer.DONE, Answer.LET_GO])
def test_an_answer_ends_the_nagging(store: SyncStore, settings: Settings, given: Answer) -> None:
    new = keep(store, "desktop", nag_ms=HOUR)
    nag(store, new)
    store.answer(settings, new.id, given, now=now_ms())
    assert lane(store) == {}
    assert states(store, new) == {"desktop": State.DELIVERED}


def test_a_nag_that_is_being_sent_when_the_answer_comes_does_not_come_back(
    store: SyncStore, settings: Settings
) -> None:
    new = keep(store, "desktop", nag_ms=HOUR)
    nag(store, new)
    pull(store, new, "desktop")
    held = take(store)
    arm(store, held)
    store.answer(settings, new.id, Answer.DONE, now=now_ms())
    assert not settle(store, held, Outcome.DELIVERED, sent_at=now_ms(), nag_at=now_ms() + HOUR)
    assert lane(store) == {}


def test_a_nag_that_fails_leaves_it_delivered(store: SyncStore) -> None:
    new = keep(store, "desktop", nag_ms=HOUR)
    nag(store, new)
    pull(store, new, "desktop")
    held = take(store)
    arm(store, held)
    settle(store, held, Outcome.FAILED, error="gone", nag_at=now_ms() + HOUR)
    kept = store.get(new.id)
    assert (kept.state, kept.deliveries[0].state) == (State.DELIVERED, State.DELIVERED)
    assert lane(store) == {}


def test_a_nag_that_may_have_been_sent_is_not_sent_again_before_the_next(store: SyncStore) -> None:
    new = keep(store, "sms", nag_ms=HOUR)
    nag(store, new, "sms")
    pull(store, new, "sms")
    held = take(store, channel="sms", repeatable=False)
    arm(store, held)
    expire(store, new, "sms")
    assert claim(store, channel="sms", repeatable=False).claims == ()
    kept = store.get(new.id)
    assert (kept.state, kept.deliveries[0].nag) == (State.DELIVERED, 2)
    assert lane(store, "sms")[new.id] > now_ms() + 59 * MINUTE
    assert not settle(store, held, Outcome.DELIVERED, sent_at=now_ms())


def test_a_further_step_does_not_wait_anew_with_each_nag(store: SyncStore) -> None:
    new = keep(store, "desktop then email 3h", nag_ms=HOUR)
    nag(store, new)
    before = lane(store, "email")
    pull(store, new, "desktop")
    nag(store, new)
    assert lane(store, "email") == before


def test_what_was_answered_does_not_nag_when_it_is_known_to_have_been_sent(
    store: SyncStore, settings: Settings
) -> None:
    new = keep(store, "sms", nag_ms=HOUR)
    held = take(store, channel="sms", repeatable=False)
    arm(store, held)
    expire(store, new, "sms")
    claim(store, channel="sms", repeatable=False)
    store.answer(settings, new.id, Answer.DONE, now=now_ms())
    assert settle(store, held, Outcome.DELIVERED, sent_at=now_ms(), nag_at=now_ms() + HOUR)
    assert states(store, new) == {"sms": State.DELIVERED}
    assert lane(store, "sms") == {}
