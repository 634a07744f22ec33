"""What is kept of every attempt: only where there is more to tell than what came of it."""

from collections.abc import Iterator

import pytest

from later_tui.config.settings import Settings
from later_tui.store import open_sync_store
from later_tui.store.claims import Outcome
from later_tui.store.syncstore import SyncStore
from tests.making import now_ms
from tests.store.routing import (
    HOUR,
    deliver,
    keep,
    nag,
    pull,
)
from tests.store.test_protocol import arm, settle, take


@pytest.fixture
def store(settings: Settings) -> Iterator[SyncStore]:
    with open_sync_store(settings) as store:
        yield store


def test_what_went_well_at_once_has_no_trail(store: SyncStore) -> None:
    new = keep(store, "desktop")
    deliver(store, "desktop", proof="id 17")
    [delivery] = store.get(new.id).deliveries
    assert (delivery.trail, delivery.proof, delivery.via) == ((), "id 17", "by desktop")


def test_every_attempt_is_in_the_trail_when_one_failed(store: SyncStore) -> None:
    new = keep(store, "email")
    for error in ("450 busy", "451 still busy"):
        held = take(store, channel="email")
        arm(store, held)
        settle(store, held, Outcome.RETRY, retry_at=now_ms(), error=error)
    at = deliver(store, "email", proof="250 queued")
    [delivery] = store.get(new.id).deliveries
    assert [(a.attempt, a.outcome, a.via, a.error) for a in delivery.trail] == [
        (1, "retry", "", "450 busy"),
        (2, "retry", "", "451 still busy"),
        (3, "delivered", "by email", ""),
    ]
    assert delivery.trail[-1].at == at
    assert (delivery.error, delivery.proof) == ("", "250 queued")


def test_a_channel_that_is_away_again_and_again_is_one_line_of_the_trail(store: SyncStore) -> None:
    new = keep(store, "email")
    for _ in range(5):
        held = take(store, channel="email")
        arm(store, held)
        settle(store, held, Outcome.BACK, error="no network")
    settle(store, take(store, channel="email"), Outcome.BACK)
    assert [a.error for a in store.get(new.id).deliveries[0].trail] == ["no network"]


def test_the_trail_of_a_nag_begins_with_the_first_send(store: SyncStore) -> None:
    new = keep(store, "desktop", nag_ms=HOUR)
    first = nag(store, new).deliveries[0].sent_at
    pull(store, new, "desktop")
    trail = nag(store, new).deliveries[0].trail
    assert [(a.outcome, a.via) for a in trail] == [("delivered", "by desktop")] * 2
    assert trail[0].at == first
