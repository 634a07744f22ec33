"""Every answer and edit can be taken back, whatever workers did with the reminder."""

from collections.abc import Iterator

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.errors import TransitionError
from later_tui.domain.reminder import Answer, State
from later_tui.domain.route import Step
from later_tui.store import answering, deliveries, open_sync_store
from later_tui.store.adoption import adopt
from later_tui.store.claims import Outcome, Settlement
from later_tui.store.syncstore import SyncStore
from tests.making import due_in, now_ms
from tests.store.undoing import (
    ACTS,
    CHANNELS,
    DAY,
    HOUR,
    KEYS,
    STATES,
    act,
    claimed,
    fields,
    in_state,
    places,
    raw,
    sent,
    whole,
)


@pytest.fixture
def store(settings: Settings) -> Iterator[SyncStore]:
    with open_sync_store(settings) as store:
        yield store


@pytest.mark.parametrize("what", ACTS)
@pytest.mark.parametrize("state", STATES)
def test_what_was_done_in_any_state_is_taken_back_whole(
    store: SyncStore, settings: Settings, state: str, what: str
) -> None:
    name = in_state(store, state)
    was, stood = fields(store, name), places(store, name)
    tokens = {d.channel: d.token for d in store.get(name).deliveries}
    round_ = store.get(name).round
    act(store, settings, name, what)
    assert fields(store, name) != was

    [undone] = store.undo("ada").undone
    assert (undone.reminder.id, undone.act) == (name, what)
    now, stands = fields(store, name), places(store, name)
    if state in ("claimed", "sending"):  # that lease is over
        channel = "desktop" if state == "claimed" else "sms"
        lane = KEYS.lane(channel, "ada")
        assert stands.pop(lane) != stood.pop(lane)
        assert now.pop("state", None) == (None if state == "claimed" else "sending")
        was.pop("state")
        assert now.pop(f"state:{channel}", None) == (None if state == "claimed" else "sending")
        was.pop(f"state:{channel}")
        assert (
            next(d for d in undone.reminder.deliveries if d.channel == channel).token
            > (tokens[channel])
        )
    assert (now, stands) == (was, stood)
    assert undone.reminder.round > round_
    assert undone.overdue is (state in ("overdue", "claimed", "sending"))
    assert all(d.token >= tokens[d.channel] for d in undone.reminder.deliveries)
    assert whole(store)


def test_what_a_worker_held_when_it_was_taken_back_is_void(
    store: SyncStore, settings: Settings
) -> None:
    name = in_state(store, "to come")
    store.answer(settings, name, Answer.SNOOZE, now=now_ms(), until=now_ms())
    held = claimed(store, name, "desktop")
    store.undo("ada")
    [armed] = store.run(deliveries.arm(KEYS, [held], lease_ms=30_000, before_ms=0))
    assert armed.void
    assert store.run(deliveries.settle(KEYS, [Settlement(held, Outcome.BACK)])) == (False,)


def test_what_became_known_of_a_send_meanwhile_stays_known(
    store: SyncStore, settings: Settings
) -> None:
    name = store.add(due_in(-1000, channels=("sms",))).reminder_id
    held = claimed(store, name, "sms")
    store.run(deliveries.arm(KEYS, [held], lease_ms=1, before_ms=0))
    raw(store, "ZADD", KEYS.lane("sms", "ada"), now_ms() - 1, name)  # its lease ends
    lanes = [("sms", False)]
    store.run(deliveries.claim(KEYS, "ada", 9, wakeup_before_ms=0, lease_ms=1, lanes=lanes))
    assert store.get(name).state is State.UNKNOWN
    act(store, settings, name, "done")
    said = Settlement(held, Outcome.DELIVERED, sent_at=now_ms())
    assert store.run(deliveries.settle(KEYS, [said])) == (True,)
    [undone] = store.undo("ada").undone
    assert (undone.reminder.state, undone.reminder.deliveries[0].state) == (State.DELIVERED,) * 2
    assert whole(store)


def test_the_word_of_a_later_round_does_not_count_for_the_one_that_is_back(
    store: SyncStore, settings: Settings
) -> None:
    name = in_state(store, "sending")
    store.answer(settings, name, Answer.SNOOZE, now=now_ms(), until=now_ms() - 1)
    held = claimed(store, name, "sms")
    store.run(deliveries.arm(KEYS, [held], lease_ms=30_000, before_ms=0))
    store.undo("ada")
    assert store.get(name).deliveries[1].state is State.SENDING
    said = Settlement(held, Outcome.DELIVERED, sent_at=now_ms())
    assert store.run(deliveries.settle(KEYS, [said])) == (False,)


def test_what_nags_goes_on_nagging_and_stays_delivered(
    store: SyncStore, settings: Settings
) -> None:
    name = store.add(due_in(-1000, nag_ms=HOUR)).reminder_id
    held = claimed(store, name, "desktop")
    store.run(deliveries.arm(KEYS, [held], lease_ms=30_000, before_ms=0))
    said = Settlement(held, Outcome.DELIVERED, sent_at=now_ms(), nag_at=now_ms() + HOUR)
    store.run(deliveries.settle(KEYS, [said]))
    was, stood = fields(store, name), places(store, name)
    assert stood[KEYS.lane("desktop", "ada")] is not None
    for what in ACTS:
        act(store, settings, name, what)
        [undone] = store.undo("ada").undone
        assert undone.reminder.state is State.DELIVERED
        assert (fields(store, name), places(store, name)) == (was, stood), what


def test_what_was_to_be_tried_again_in_a_while_is_tried_again_then(
    store: SyncStore, settings: Settings
) -> None:
    name = in_state(store, "overdue")
    held, at = claimed(store, name, "desktop"), now_ms() + HOUR
    said = Settlement(held, Outcome.RETRY, retry_at=at, error="it is away")
    store.run(deliveries.settle(KEYS, [said]))
    for what in ACTS:
        act(store, settings, name, what)
        store.undo("ada")
        assert places(store, name)[KEYS.lane("desktop", "ada")] == str(at).encode(), what


def test_under_a_newer_act_of_one_reminder_that_of_its_batch_waits(
    store: SyncStore, settings: Settings
) -> None:
    one, other = in_state(store, "to come"), in_state(store, "to come")

    def done(name: str) -> None:
        flow = answering.answer(KEYS, settings, name, Answer.DONE, now=now_ms(), batch="b")
        store.run(flow)

    was = fields(store, one)
    done(one)
    act(store, settings, one, "edit")
    done(other)
    back = store.undo("ada")
    assert [undone.reminder.id for undone in back.undone] == [other]
    assert [refused.reminder_id for refused in back.refused] == [one]
    for what in ("edit", "done"):
        assert [undone.act for undone in store.undo("ada").undone] == [what]
    assert fields(store, one) == was


def test_what_another_program_scheduled_anew_since_is_left_alone(
    store: SyncStore, settings: Settings
) -> None:
    name = in_state(store, "to come")
    act(store, settings, name, "snooze")
    raw(store, "ZADD", f"{KEYS.prefix}tasks", now_ms() + DAY, name)
    assert store.run(adopt(KEYS, CHANNELS)).count == 1
    record = fields(store, name)
    with pytest.raises(TransitionError):
        store.undo("ada")
    assert fields(store, name) == record


def test_a_route_is_taken_up_where_it_was(store: SyncStore, settings: Settings) -> None:
    steps = (Step(("desktop",)), Step(("email", "sms"), wait=30 * 60_000))
    new = due_in(-1000, channels=("desktop", "email", "sms"), steps=steps)
    name = store.add(new).reminder_id
    sent(store, claimed(store, name, "desktop"), Outcome.DELIVERED)
    was, stood = fields(store, name), places(store, name)
    assert stood[KEYS.lane("sms", "ada")] is not None
    for what in ACTS:
        act(store, settings, name, what)
        store.undo("ada")
        assert (fields(store, name), places(store, name)) == (was, stood), what


def test_an_sms_that_was_being_sent_is_not_sent_again(store: SyncStore, settings: Settings) -> None:
    name = in_state(store, "sending")
    store.answer(settings, name, Answer.DONE, now=now_ms())
    store.undo("ada")
    lanes = [("sms", False)]
    flow = deliveries.claim(KEYS, "ada", 9, wakeup_before_ms=0, lease_ms=30_000, lanes=lanes)
    assert not store.run(flow).claims
    assert store.get(name).deliveries[1].state is State.UNKNOWN
