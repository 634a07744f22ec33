"""Keeping, listing, answering: the operations on a user's reminders, on a real server."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.draw import nth
from later_tui.domain.errors import (
    AmbiguousIdError,
    BadInputError,
    NotFoundError,
    TransitionError,
)
from later_tui.domain.hours import Hours
from later_tui.domain.reminder import Answer, Reminder, State
from later_tui.domain.window import Span, Window
from later_tui.store import open_sync_store
from later_tui.store.command import command
from later_tui.store.records import View
from later_tui.store.syncstore import SyncStore
from tests.making import due_in, made, now_ms

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@pytest.fixture
def store(settings: Settings) -> Iterator[SyncStore]:
    with open_sync_store(settings) as store:
        yield store


def raw(store: SyncStore, *words: str | int) -> object:
    def flow():  # type: ignore[no-untyped-def]
        [reply] = yield [command(*words)]
        return reply

    return store.run(flow())


def give(store: SyncStore, settings: Settings, name: str, given: Answer, **more: int) -> Reminder:
    return store.answer(settings, name, given, now=now_ms(), **more)


def in_two_weeks(**changes: object):  # type: ignore[no-untyped-def]
    return made(Window(now_ms(), now_ms() + 14 * DAY), **changes)


def test_what_was_kept_comes_back_whole(store: SyncStore) -> None:
    new = in_two_weeks(
        text="ring “Ada”\nand ask 👩‍👩‍👧",
        tags=("family", "garden"),
        channels=("desktop", "email"),
        between=Hours(9 * 60, 18 * 60),
        every="1w",
    )
    kept = store.add(new)
    found = store.get(new.id)
    assert kept.created
    assert (found.text, found.tags, found.channels) == (new.text, new.tags, new.channels)
    assert (found.window, found.seed, found.origin) == (new.window, new.seed, new.origin)
    assert (found.between, found.every, found.state) == (new.between, "1w", State.SCHEDULED)
    assert found.due_at == kept.due_at == nth(new.spans, found.seed, found.pick)


def test_adding_the_same_id_again_changes_nothing(store: SyncStore) -> None:
    new = in_two_weeks()
    first = store.add(new)
    second = store.add(new)
    assert second.due_at == first.due_at
    assert (first.created, second.created) == (True, False)
    assert store.counts("ada").upcoming == 1


def test_an_id_of_somebody_else_is_refused(store: SyncStore) -> None:
    new = in_two_weeks()
    store.add(new)
    with pytest.raises(BadInputError, match="belongs to another user"):
        store.add(in_two_weeks(id=new.id, username="bob"))
    assert store.get(new.id).username == "ada"


def test_a_draw_keeps_the_minimum_gap(store: SyncStore) -> None:
    window = Window(now_ms(), now_ms() + 10 * 60 * MINUTE)
    due = sorted(store.add(made(window, minimum_gap=5 * MINUTE)).due_at for _ in range(40))
    assert min(b - a for a, b in pairwise(due)) >= 5 * MINUTE


def test_a_crowded_window_keeps_draws_as_far_apart_as_it_allows(store: SyncStore) -> None:
    window = Window(now_ms(), now_ms() + 20_000)
    due = sorted(store.add(made(window, minimum_gap=5 * MINUTE)).due_at for _ in range(10))
    gaps = [b - a for a, b in pairwise(due)]
    assert min(gaps) >= 500
    assert all(window.not_before <= moment <= window.not_after for moment in due)


def test_the_gap_is_not_kept_from_another_user(store: SyncStore) -> None:
    window = Window(now_ms(), now_ms() + MINUTE)
    new = made(window, minimum_gap=5 * MINUTE)
    store.add(new)
    other = store.add(made(window, username="bob", seed=new.seed, minimum_gap=5 * MINUTE))
    assert other.due_at == store.get(new.id).due_at


def test_an_exact_time_is_kept_to_the_millisecond_whatever_is_near(store: SyncStore) -> None:
    first = due_in(DAY, minimum_gap=5 * MINUTE)
    store.add(first)
    again = made(first.window, minimum_gap=5 * MINUTE)
    assert store.add(again).due_at == first.window.not_before


def test_upcoming_is_listed_by_the_windows_end_and_never_by_the_draw(store: SyncStore) -> None:
    ends = [9, 3, 7, 1, 5]
    for days in ends:
        store.add(made(Window(now_ms(), now_ms() + days * DAY), f"in {days}"))
    page = store.page("ada", View.UPCOMING, 0, 10)
    assert [r.text for r in page.reminders] == ["in 1", "in 3", "in 5", "in 7", "in 9"]
    assert page.total == 5


def test_a_page_is_a_stretch_of_the_list(store: SyncStore) -> None:
    for days in range(1, 8):
        store.add(made(Window(now_ms(), now_ms() + days * DAY), f"in {days}"))
    page = store.page("ada", View.UPCOMING, 2, 3)
    assert (page.total, page.start) == (7, 2)
    assert [r.text for r in page.reminders] == ["in 3", "in 4", "in 5"]
    assert store.page("ada", View.UPCOMING, 90, 3).reminders == ()


@pytest.mark.parametrize(
    ("given", "state"), [(Answer.DONE, State.DONE), (Answer.LET_GO, State.RELEASED)]
)
def test_an_answer_ends_a_reminder(
    store: SyncStore, settings: Settings, given: Answer, state: State
) -> None:
    new = in_two_weeks(channels=("desktop", "email"))
    store.add(new)
    assert give(store, settings, new.id, given).state is state
    counts = store.counts("ada")
    assert (counts.upcoming, counts.past, counts.unanswered) == (0, 1, 0)
    assert raw(store, "ZCARD", "later:{0}:tasks:desktop:ada") == 0
    assert raw(store, "ZCARD", "later:{0}:tasks:email:ada") == 0
    assert raw(store, "ZCARD", "later:{0}:ada_due") == 0


def test_an_answer_twice_is_an_answer_once(store: SyncStore, settings: Settings) -> None:
    new = in_two_weeks()
    store.add(new)
    first = give(store, settings, new.id, Answer.DONE)
    assert give(store, settings, new.id, Answer.DONE).settled_at == first.settled_at
    with pytest.raises(TransitionError, match="done already"):
        give(store, settings, new.id, Answer.LET_GO)


def test_again_draws_anew_and_makes_earlier_answers_void(
    store: SyncStore, settings: Settings
) -> None:
    new = in_two_weeks()
    first = store.add(new)
    give(store, settings, new.id, Answer.DONE)
    anew = give(store, settings, new.id, Answer.AGAIN)
    assert (anew.state, anew.round, anew.window.length) == (State.SCHEDULED, 1, 14 * DAY)
    assert anew.due_at != first.due_at
    assert anew.due_at == nth((Span(anew.window.not_before, anew.window.not_after),), anew.seed)
    assert anew.settled_at is None
    counts = store.counts("ada")
    assert (counts.upcoming, counts.past) == (1, 0)
    with pytest.raises(TransitionError, match="changed, or drawn anew"):
        give(store, settings, new.id, Answer.DONE, round_=0)
    assert give(store, settings, new.id, Answer.DONE, round_=1).state is State.DONE


def test_a_snooze_is_an_exact_time(store: SyncStore, settings: Settings) -> None:
    new = in_two_weeks()
    store.add(new)
    until = now_ms() + DAY
    snoozed = give(store, settings, new.id, Answer.SNOOZE, until=until)
    assert snoozed.due_at == until
    assert snoozed.window == Window(until, until)


@pytest.mark.parametrize("given", [Answer.DONE, Answer.AGAIN, Answer.SNOOZE])
def test_a_series_goes_on_whatever_becomes_of_one(
    store: SyncStore, settings: Settings, given: Answer
) -> None:
    new = made(Window(now_ms(), now_ms() + 7 * DAY), every="1w")
    store.add(new)
    answered = give(store, settings, new.id, given, until=now_ms() + DAY)
    series = [r for r in store.page("ada", View.UPCOMING, 0, 9).reminders if r.every]
    assert [abs(r.window.not_before - new.window.not_after) < 2 * HOUR for r in series] == [True]
    assert answered.every == ("1w" if given is Answer.DONE else "")
    # Given again, it does not bring a second one.
    give(store, settings, new.id, Answer.DONE)
    assert len([r for r in store.page("ada", View.UPCOMING, 0, 9).reminders if r.every]) == 1


def test_letting_go_of_one_that_has_not_come_ends_the_series(
    store: SyncStore, settings: Settings
) -> None:
    new = made(Window(now_ms(), now_ms() + 7 * DAY), every="1w")
    store.add(new)
    give(store, settings, new.id, Answer.LET_GO)
    assert store.counts("ada").upcoming == 0


def test_its_own_moment_does_not_stand_in_a_reminders_way(store: SyncStore) -> None:
    new = in_two_weeks(minimum_gap=5 * MINUTE)
    kept = store.add(new)
    assert store.edit(new.id, new).due_at == kept.due_at


def test_an_edit_replaces_what_it_names_and_keeps_the_postmark(store: SyncStore) -> None:
    new = in_two_weeks(text="old", tags=("family",), every="1w", channels=("desktop", "email"))
    store.add(new)
    window = Window(now_ms() + DAY, now_ms() + 2 * DAY)
    other = made(window, "new", channels=("email",))
    edited = store.edit(new.id, other)
    assert (edited.text, edited.tags, edited.every) == ("new", (), "")
    assert (edited.id, edited.origin, edited.window) == (new.id, new.origin, window)
    assert raw(store, "ZCARD", "later:{0}:tasks:desktop:ada") == 0
    assert raw(store, "ZSCORE", "later:{0}:tasks:email:ada", new.id) is not None


@pytest.mark.parametrize("given", Answer)
def test_what_does_not_exist_cannot_be_answered(
    store: SyncStore, settings: Settings, given: Answer
) -> None:
    with pytest.raises(NotFoundError):
        give(store, settings, "abcdefghjkmn", given, until=now_ms() + DAY)


def test_a_unique_prefix_of_an_id_serves(store: SyncStore) -> None:
    for name in ("aaaa00000000", "aaab00000000", "b*?[00000000"):
        store.add(in_two_weeks(id=name))
    assert store.resolve("ada", "aaaa") == "aaaa00000000"
    assert store.resolve("ada", "aaab00000000") == "aaab00000000"
    assert store.resolve("ada", "b*") == "b*?[00000000"
    with pytest.raises(AmbiguousIdError, match="2 ids begin with 'aaa'"):
        store.resolve("ada", "aaa")
    with pytest.raises(NotFoundError):
        store.resolve("bob", "aaaa")
    with pytest.raises(NotFoundError):
        store.resolve("ada", "*")


def test_a_hash_of_another_program_is_a_full_reminder(store: SyncStore) -> None:
    raw(store, "HSET", "later:{0}:task:foreign", "username", "ada", "tasktype", "desktop",
        "msg", "from a script", "due_at", "1800000000000")  # fmt: skip
    found = store.get("foreign")
    assert (found.text, found.window) == ("from a script", Window(1800000000000, 1800000000000))


def test_text_from_another_program_comes_out_inert(store: SyncStore) -> None:
    raw(store, "HSET", "later:{0}:task:evil", "username", "ada", "tasktype", "desktop",
        "msg", "a\x1b]0;owned\x07b\u202ec", "due_at", "1800000000000", "tags", "x\x1b[2J",
        "error:desktop", "\x9b31m")  # fmt: skip
    found = store.get("evil")
    assert found.text == "a]0;ownedbc"
    assert "\x1b" not in repr(found)
    assert "\x9b" not in repr(found)


def test_a_damaged_record_does_not_hide_the_others(store: SyncStore) -> None:
    for days in (1, 2, 3):
        store.add(made(Window(now_ms(), now_ms() + days * DAY), f"in {days}", id=f"id{days}"))
    raw(store, "HDEL", "later:{0}:task:id2", "due_at")
    page = store.page("ada", View.UPCOMING, 0, 10)
    assert [r.text for r in page.reminders] == ["in 1", "in 3"]
