"""What can be taken back is kept on the server: act by act, for the user alone, for 30 days."""

import asyncio
from collections.abc import Iterator

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.errors import NotFoundError, TransitionError
from later_tui.domain.reminder import Answer, Reminder, State
from later_tui.domain.window import Window
from later_tui.store import deliveries, open_store, open_sync_store
from later_tui.store.claims import Held, Outcome
from later_tui.store.records import View
from later_tui.store.survey import survey
from later_tui.store.syncstore import SyncStore
from tests.making import made, now_ms
from tests.store.undoing import (
    DAY,
    KEYS,
    LOG,
    act,
    claimed,
    fields,
    in_state,
    raw,
    sent,
    whole,
)


@pytest.fixture
def store(settings: Settings) -> Iterator[SyncStore]:
    with open_sync_store(settings) as store:
        yield store


def test_undo_goes_back_act_by_act(store: SyncStore, settings: Settings) -> None:
    name = in_state(store, "to come")
    records = [fields(store, name)]
    for what in ("edit", "snooze", "again", "done"):
        act(store, settings, name, what)
        records.append(fields(store, name))
    for what in ("done", "again", "snooze", "edit"):
        records.pop()
        assert [undone.act for undone in store.undo("ada").undone] == [what]
        assert fields(store, name) == records[-1]
    with pytest.raises(NotFoundError, match="nothing to undo"):
        store.undo("ada")


def test_undo_takes_back_the_newest_act_and_by_id_that_reminders(
    store: SyncStore, settings: Settings
) -> None:
    first, second = in_state(store, "to come"), in_state(store, "to come")
    for name in (first, second):
        act(store, settings, name, "done")
    assert store.undo("ada", first).undone[0].reminder.id == first
    assert store.undo("ada").undone[0].reminder.id == second
    with pytest.raises(NotFoundError, match="no answer or edit of that reminder"):
        store.undo("ada", first)


def test_an_answer_to_several_is_taken_back_whole(store: SyncStore, settings: Settings) -> None:
    alone = in_state(store, "to come")
    names = [in_state(store, "to come") for _ in range(150)]
    was = {name: fields(store, name) for name in names}
    act(store, settings, alone, "done")
    answered = store.answer_many(settings, [*names, "gone"], Answer.AGAIN, now=now_ms())
    assert [one.id for one in answered.reminders] == names
    assert [one.reminder_id for one in answered.refused] == ["gone"]
    back = store.undo("ada")
    assert ({one.reminder.id for one in back.undone}, back.refused) == (set(names), ())
    assert {name: fields(store, name) for name in names} == was
    assert store.get(alone).state is State.DONE
    assert whole(store)


def test_of_several_what_has_changed_since_is_refused_and_the_rest_is_taken_back(
    store: SyncStore, settings: Settings
) -> None:
    names = [in_state(store, "to come") for _ in range(3)]
    store.answer_many(settings, names, Answer.SNOOZE, now=now_ms(), until=now_ms() - 1)
    held = claimed_one_of(store, names)
    sent(store, held, Outcome.DELIVERED)
    back = store.undo("ada")
    assert {one.reminder.id for one in back.undone} == {*names} - {held.reminder_id}
    assert [one.reminder_id for one in back.refused] == [held.reminder_id]
    assert store.get(held.reminder_id).state is State.DELIVERED


def claimed_one_of(store: SyncStore, names: list[str]) -> Held:
    lanes = [("desktop", True)]
    flow = deliveries.claim(KEYS, "ada", 1, wakeup_before_ms=0, lease_ms=30_000, lanes=lanes)
    [claim] = store.run(flow).claims
    assert claim.reminder_id in names
    return Held(claim.reminder_id, "desktop", claim.token)


def test_a_snooze_after_which_it_came_again_is_not_taken_back_and_not_in_the_way(
    store: SyncStore, settings: Settings
) -> None:
    before = in_state(store, "to come")
    act(store, settings, before, "done")
    name = in_state(store, "delivered")
    store.answer(settings, name, Answer.SNOOZE, now=now_ms(), until=now_ms() - 1)
    sent(store, claimed(store, name, "desktop"), Outcome.DELIVERED)
    record = fields(store, name)
    with pytest.raises(TransitionError, match=r"snooze cannot be undone: .* changed since"):
        store.undo("ada")
    assert fields(store, name) == record
    assert store.undo("ada").undone[0].reminder.id == before


def test_a_reminder_that_is_not_kept_any_more_is_passed_over(
    store: SyncStore, settings: Settings
) -> None:
    names = [in_state(store, "to come") for _ in range(2)]
    for name in names:
        act(store, settings, name, "done")
    raw(store, "DEL", KEYS.task(names[1]))
    with pytest.raises(TransitionError, match="not kept any more"):
        store.undo("ada")
    assert store.undo("ada").undone[0].reminder.id == names[0]


def test_the_next_of_a_series_goes_with_the_answer_that_kept_it(
    store: SyncStore, settings: Settings
) -> None:
    new = made(Window(now_ms() - DAY, now_ms() + DAY), every="1w")
    name = store.add(new).reminder_id
    for what in ("done", "again"):
        act(store, settings, name, what)
        assert store.counts("ada").upcoming == (1 if what == "done" else 2)
        store.undo("ada")
        assert store.counts("ada").upcoming == 1
        assert store.get(name).every == "1w"
    assert whole(store)


def test_the_next_of_a_series_stays_if_something_was_done_with_it(
    store: SyncStore, settings: Settings
) -> None:
    name = store.add(made(Window(now_ms() - DAY, now_ms() + DAY), every="1w")).reminder_id
    act(store, settings, name, "done")
    [follower] = store.page("ada", View.UPCOMING, 0, 9).reminders
    store.edit(follower.id, made(Window(now_ms() + DAY, now_ms() + 2 * DAY), "other"))
    store.undo("ada", name)
    assert store.get(follower.id).text == "other"
    assert store.get(name).state.upcoming


def test_it_is_written_on_the_server_and_outlives_the_program(settings: Settings) -> None:
    with open_sync_store(settings) as store:
        name = in_state(store, "to come")
        act(store, settings, name, "let-go")
    with open_sync_store(settings) as store:
        assert store.undo("ada").undone[0].reminder.state is State.SCHEDULED


def test_another_user_takes_nothing_of_it_back(store: SyncStore, settings: Settings) -> None:
    act(store, settings, in_state(store, "to come"), "done")
    with pytest.raises(NotFoundError):
        store.undo("bob")
    with pytest.raises(NotFoundError):
        store.undo("bob", raw(store, "ZRANGE", f"{KEYS.prefix}ada_past", 0, 0)[0].decode())  # type: ignore[index]


def test_it_reaches_back_thirty_days_and_no_further(store: SyncStore, settings: Settings) -> None:
    names = [in_state(store, "to come") for _ in range(2)]
    for days, name in zip((31, 29), names, strict=True):
        act(store, settings, name, "done")
        age(store, name, days)
    with pytest.raises(NotFoundError):
        store.undo("ada", names[0])
    assert store.undo("ada").undone[0].reminder.id == names[1]
    with pytest.raises(NotFoundError):
        store.undo("ada")


def age(store: SyncStore, name: str, days: int) -> None:
    """Let the newest act be some days old."""
    at = now_ms() - days * DAY
    [member] = raw(store, "ZREVRANGE", LOG, 0, 0)  # type: ignore[misc]
    raw(store, "ZADD", LOG, at, member)
    raw(store, "HSET", KEYS.task(name), "undo", f"{at} 0")


def test_what_is_too_old_makes_room_for_what_is_new(store: SyncStore, settings: Settings) -> None:
    for number in range(150):
        raw(store, "ZADD", LOG, now_ms() - 31 * DAY + number, f"old {number}")
    for left in (51, 2, 3):
        act(store, settings, in_state(store, "to come"), "done")
        assert raw(store, "ZCARD", LOG) == left


def test_no_more_than_ten_thousand_acts_are_kept(store: SyncStore, settings: Settings) -> None:
    for number in range(10_000):
        raw(store, "ZADD", LOG, now_ms() - DAY + number, f"{number}")
    act(store, settings, in_state(store, "to come"), "done")
    assert raw(store, "ZCARD", LOG) == 10_000
    assert raw(store, "ZSCORE", LOG, "0") is None


def test_what_is_none_of_ours_in_the_log_stops_nothing(
    store: SyncStore, settings: Settings
) -> None:
    name = in_state(store, "to come")
    act(store, settings, name, "done")
    for number, junk in enumerate(("", "1", "x" * 99, name, "\x81\xa2id\x01")):
        raw(store, "ZADD", LOG, now_ms() + number, junk)
    assert store.undo("ada").undone[0].reminder.id == name
    assert raw(store, "EXISTS", LOG) == 0


def test_where_there_can_be_no_log_an_answer_is_given_all_the_same(
    store: SyncStore, settings: Settings
) -> None:
    name = in_state(store, "to come")
    raw(store, "SET", LOG, "x")
    for what in ("done", "again", "snooze", "edit", "let-go"):
        act(store, settings, name, what)
        with pytest.raises(NotFoundError):
            store.undo("ada")
    assert not whole(store)  # the key is named, and moved aside if asked to
    store.run(survey(KEYS, mend=True))
    assert whole(store)
    act(store, settings, name, "again")
    assert store.undo("ada").undone


def test_a_reminder_that_nobody_touched_costs_nothing(store: SyncStore) -> None:
    name = in_state(store, "to come")
    assert raw(store, "HEXISTS", KEYS.task(name), "undo") == 0
    assert raw(store, "EXISTS", LOG) == 0


async def test_whoever_listens_hears_of_it(settings: Settings) -> None:
    store = await open_store(settings)
    name = (await store.add(made(Window(now_ms() + DAY, now_ms() + 9 * DAY)))).reminder_id
    await store.answer(settings, name, Answer.DONE, now=now_ms())
    after = await store.last_event()
    undone: Reminder = (await store.undo("ada")).undone[0].reminder
    _, [event] = await store.events(after, 1000)
    assert (event.kind, event.reminder_id) == ("changed", name)
    assert event.due_at == undone.due_at
    await store.aclose()


async def test_two_who_undo_at_once_take_back_two_acts(settings: Settings) -> None:
    store = await open_store(settings)
    other = await open_store(settings)
    names = []
    for _ in range(2):
        names.append((await store.add(made(Window(now_ms(), now_ms() + DAY)))).reminder_id)
        await store.answer(settings, names[-1], Answer.DONE, now=now_ms())
    both = await asyncio.gather(store.undo("ada"), other.undo("ada"))
    assert {back.undone[0].reminder.id for back in both} == set(names)
    await store.aclose()
    await other.aclose()
