"""Looking for reminders finds what is there now: few by reading them, many by an index."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from later_tui.config.settings import Settings
from later_tui.domain.reminder import Answer, Reminder
from later_tui.store import find, open_store, open_sync_store
from later_tui.store.syncstore import SyncStore
from tests.making import now_ms
from tests.store.finding import (
    DAY,
    KEYS,
    asked,
    files,
    keep,
    make_few_many,
    pages,
    raw,
    soon,
    texts,
)


@pytest.fixture
def store(settings: Settings) -> Iterator[SyncStore]:
    with open_sync_store(settings) as store:
        raw(store, "CONFIG", "SET", "appendfsync", "no")
        yield store


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    make_few_many(monkeypatch)


@pytest.fixture
def way(request: pytest.FixtureRequest) -> str:
    if request.param == "indexed":
        request.getfixturevalue("indexed")
    return str(request.param)


def by_both(function):  # type: ignore[no-untyped-def]
    return pytest.mark.parametrize("way", ["read", "indexed"], indirect=True)(function)


@by_both
def test_it_finds_all_that_match_in_both_lists_and_nothing_else(
    store: SyncStore, settings: Settings, way: str
) -> None:
    for number in range(20):
        keep(store, f"thought {number}")
    keep(store, "call Mum in Zürich", tags=("family",), channels=("desktop", "email"))
    done = keep(store, "mum's birthday", tags=("familyhouse",))
    store.answer(settings, done, Answer.DONE, now=now_ms())
    keep(store, "mum of another", username="bob")
    for text, found in {
        "MUM": ["call Mum in Zürich", "mum's birthday"],
        "zurich": ["call Mum in Zürich"],
        '"mum in zur" call': ["call Mum in Zürich"],
        "#family": ["call Mum in Zürich"],
        "#familyhouse mum": ["mum's birthday"],
        "!email": ["call Mum in Zürich"],
        "mum is:done": ["mum's birthday"],
        "mum -is:done": ["call Mum in Zürich"],
        "mum is:unanswered": [],
        "mum before:2d": ["mum's birthday"],
        "thought 1 -#family": [f"thought {n}" for n in (1, *range(10, 20))],
        "is:done": ["mum's birthday"],
        "nobody": [],
        "desktop": [],
    }.items():
        assert sorted(texts(store, settings, text)) == sorted(found), text


@by_both
def test_upcoming_ones_come_by_their_windows_ends_then_past_ones_newest_first(
    store: SyncStore, settings: Settings, way: str
) -> None:
    for days in (5, 3, 9, 1, 7, 2):
        keep(store, f"mum {days}", days)
    for number in (1, 2, 3, 4):
        name = keep(store, f"mum past {number}")
        store.answer(settings, name, Answer.DONE, now=now_ms())
        raw(store, "HSET", KEYS.task(name), "settled_at", now_ms() - number * DAY)
        raw(store, "ZADD", KEYS.past("ada"), now_ms() - number * DAY, name)
    upcoming = [f"mum {days}" for days in (1, 2, 3, 5, 7, 9)]
    past = [f"mum past {number}" for number in (1, 2, 3, 4)]
    assert texts(store, settings, "mum") == upcoming + past
    assert texts(store, settings, "mum is:done") == past


@by_both
def test_it_says_how_far_it_is_and_when_it_is_done(
    store: SyncStore, settings: Settings, way: str
) -> None:
    for number in range(10):
        keep(store, f"mum {number}")
    found = pages(store, settings, "mum")
    assert [page.done for page in found] == [False] * (len(found) - 1) + [True]
    seen = [page.examined for page in found]
    assert seen == sorted(seen)
    assert (seen[-1], found[-1].total, found[-1].more) == (10, 10, False)


@by_both
def test_it_ends_at_its_limit_and_says_that_there_is_more(
    store: SyncStore, settings: Settings, way: str
) -> None:
    for number in range(10):
        keep(store, f"mum {number}")
    for limit, more in ((1, True), (9, True), (10, False), (11, False)):
        found = pages(store, settings, "mum", limit)
        assert sum(len(page.reminders) for page in found) == min(limit, 10)
        assert (found[-1].done, found[-1].more) == (True, more), limit


def test_a_record_that_cannot_be_read_stops_no_search(
    store: SyncStore, settings: Settings, indexed: None
) -> None:
    names = [keep(store, f"mum {number}") for number in range(9)]
    raw(store, "HDEL", KEYS.task(names[1]), "due_at")
    raw(store, "DEL", KEYS.task(names[4]))
    raw(store, "DEL", KEYS.task(names[6]))
    raw(store, "SET", KEYS.task(names[6]), "mum")
    for text in ("mum", "is:upcoming"):
        assert len(texts(store, settings, text)) == 6, text


def test_what_comes_and_goes_meanwhile_hides_nothing_else(
    store: SyncStore, settings: Settings, indexed: None
) -> None:
    names = [keep(store, f"mum {number}", 1 + number) for number in range(30)]
    search = store.find(settings, asked(settings, "is:upcoming"))
    found = list(next(search).reminders)
    gone = {names[2], names[7]}
    for name in gone:
        raw(store, "ZREM", KEYS.upcoming("ada"), name)
        raw(store, "DEL", KEYS.task(name))
    keep(store, "mum before", 1)
    found += [one for page in search for one in page.reminders]
    assert {one.id for one in found} >= {*names} - gone
    assert len({one.id for one in found}) == len(found)


words = st.lists(
    st.sampled_from(("Mum", "mümmel", "zürich", "call", "ca", "寿司", "#x")), max_size=4
)


@examples(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(words, min_size=1, max_size=8), words)
def test_both_ways_find_what_each_reminder_says_of_itself(
    both: tuple[SyncStore, Settings], said: list[list[str]], wanted: list[str]
) -> None:
    store, settings = both
    raw(store, "FLUSHALL")
    kept: list[Reminder] = []
    for some in said:
        name = keep(store, "x " + " ".join(some), tags=("family", *some[:1])[: len(some)])
        kept.append(store.get(name))
    query = asked(settings, " ".join(wanted))
    expected = {one.id for one in kept if query.matches(one)}
    for few in (3000, -1):
        find.FEW = few
        found = [one.id for page in store.find(settings, query) for one in page.reminders]
        assert (set(found), len(found)) == (expected, len(expected)), few


@pytest.fixture
def both(
    store: SyncStore, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> tuple[SyncStore, Settings]:
    monkeypatch.setattr(find, "FEW", find.FEW)
    return store, settings


async def test_the_app_can_begin_a_search_at_each_key_and_leave_the_one_before(
    settings: Settings, indexed: None
) -> None:
    store = await open_store(settings)
    await store.add_many([soon(f"mum {number}") for number in range(40)])
    left = []
    for text in ("m", "mu", "mum", '"mum 3"', "mum 39"):
        search = store.find(settings, asked(settings, text))
        await anext(search)
        left.append(search)
    for search in left[:3]:
        await search.aclose()
    last = store.find(settings, asked(settings, "mum 39"))
    whole = [one.text async for page in last for one in page.reminders]
    late = [one.text async for page in left[3] for one in page.reminders]
    assert whole == ["mum 39"]
    assert set(late) <= {"mum 3", *(f"mum 3{n}" for n in range(10))}
    await store.add(soon("mum 390"))
    again = store.find(settings, asked(settings, "mum 39"))
    assert {one.text async for page in again for one in page.reminders} == {"mum 39", "mum 390"}
    await store.aclose()
    assert len(files(settings)) == 1


def test_only_what_is_listed_between_the_moments_is_read(
    store: SyncStore, settings: Settings, indexed: None
) -> None:
    for number in range(30):
        keep(store, f"mum {number}", 1 + number)
    found = pages(store, settings, "after:5d before:8d is:upcoming")
    assert [one.text for page in found for one in page.reminders] == [f"mum {n}" for n in (5, 6, 7)]
    assert (found[-1].examined, found[-1].total) == (3, 3)
    assert len(found) == 2  # of ten that it would take to read all of the list
