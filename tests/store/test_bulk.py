"""Many added in one go: as if each had been added, with one event for a score of them."""

import asyncio
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.errors import BadInputError
from later_tui.domain.window import Window
from later_tui.store import open_store, open_sync_store
from later_tui.store.command import command
from later_tui.store.keys import Keys
from later_tui.store.many import A_CALL, AT_ONCE
from later_tui.store.records import View
from later_tui.store.syncstore import SyncStore
from tests.making import due_in, made, now_ms

KEYS = Keys()
HOUR = 3_600_000


@pytest.fixture
def store(settings: Settings) -> Iterator[SyncStore]:
    with open_sync_store(settings) as store:
        yield store


def raw(store: SyncStore, *words: str | int) -> Any:
    def flow():  # type: ignore[no-untyped-def]
        [reply] = yield [command(*words)]
        return reply

    return store.run(flow())


def records(store: SyncStore, *ids: str) -> list[dict[bytes, bytes]]:
    found = [raw(store, "HGETALL", KEYS.task(id_)) for id_ in ids]
    return [dict(zip(pairs[::2], pairs[1::2], strict=True)) for pairs in found]


def test_one_of_many_is_kept_as_one_alone(store: SyncStore) -> None:
    now = now_ms()
    alone = made(Window(now, now + 9 * HOUR), "call mum", channels=("desktop", "email"), every="1w")
    among = alone._replace(id="among")
    store.add(alone)
    [kept] = store.add_many([among])
    assert kept.created
    one, other = records(store, alone.id, among.id)
    assert one == other
    assert kept.due_at == int(other[b"due_at"])
    for key in (KEYS.upcoming("ada"), f"{KEYS.prefix}ada_due", KEYS.lane("desktop", "ada"),
                KEYS.lane("email", "ada")):  # fmt: skip
        assert raw(store, "ZSCORE", key, "among") == raw(store, "ZSCORE", key, alone.id)


def test_all_of_many_are_kept_and_the_answers_are_in_their_order(store: SyncStore) -> None:
    news = [due_in(HOUR + number, f"n{number}") for number in range(AT_ONCE + A_CALL + 7)]
    kept = store.add_many(news)
    assert [one.reminder_id for one in kept] == [new.id for new in news]
    assert all(one.created for one in kept)
    assert store.counts("ada").upcoming == len(news)
    assert store.get(news[-1].id).text == f"n{len(news) - 1}"
    again = store.add_many(news[::-1])
    assert not any(one.created for one in again)
    assert [one.due_at for one in again] == [one.due_at for one in kept][::-1]
    assert store.counts("ada").upcoming == len(news)


def test_the_same_id_twice_among_many_is_kept_once(store: SyncStore) -> None:
    new = due_in(HOUR)
    kept = store.add_many([new, due_in(2 * HOUR), new._replace(text="other")])
    assert [one.created for one in kept] == [True, True, False]
    assert store.get(new.id).text == new.text


def test_each_goes_to_its_own_user(store: SyncStore) -> None:
    users = ("ada", "ada", "bob", "ada", "bob")
    news = [due_in(HOUR, username=user) for user in users]
    assert all(one.created for one in store.add_many(news))
    assert (store.counts("ada").upcoming, store.counts("bob").upcoming) == (3, 2)


def test_an_id_of_another_user_is_refused_and_those_before_it_are_kept(store: SyncStore) -> None:
    theirs = due_in(HOUR, username="bob")
    store.add(theirs)
    first = due_in(HOUR)
    with pytest.raises(BadInputError, match="belongs to another user"):
        store.add_many([first, theirs._replace(username="ada")])
    assert store.get(first.id).id == first.id
    assert store.get(theirs.id).username == "bob"


def test_many_in_one_window_keep_the_minimum_gap(store: SyncStore) -> None:
    now = now_ms()
    window = Window(now, now + 240 * HOUR)
    news = [made(window, f"n{number}", minimum_gap=HOUR) for number in range(60)]
    store.add_many(news)
    page = store.page("ada", View.UPCOMING, 0, 100)
    moments = sorted(reminder.due_at for reminder in page.reminders)
    assert len(moments) == 60
    assert min(b - a for a, b in pairwise(moments)) >= HOUR
    assert any(reminder.pick for reminder in page.reminders)  # some had to be drawn again


def test_one_event_tells_of_all_that_one_call_kept(store: SyncStore) -> None:
    both = ("desktop", "email")
    news = [due_in(HOUR + number, channels=both) for number in range(A_CALL)]
    soonest = due_in(HOUR // 2, channels=both)
    store.add_many([*news[1:], soonest])
    [[_, pairs]] = raw(store, "XRANGE", KEYS.events, "-", "+")
    event = dict(zip(pairs[::2], pairs[1::2], strict=True))
    assert (event[b"kind"], event[b"id"], event[b"user"]) == (b"added", b"", b"ada")
    assert int(event[b"due"]) == soonest.window.not_before
    assert sorted(event[b"channels"].split(b",")) == [b"desktop", b"email"]
    store.add_many(news[1:])  # nothing new: nobody is told
    assert raw(store, "XLEN", KEYS.events) == 1


async def test_it_wakes_who_waits_for_events(settings: Settings) -> None:
    store, reader = await open_store(settings), await open_store(settings)
    waiting = asyncio.create_task(reader.events(await reader.last_event(), 60_000))
    await store.add_many([due_in(HOUR), due_in(2 * HOUR)])
    async with asyncio.timeout(30):
        _, [event] = await waiting
    assert (event.kind, event.reminder_id, event.channels) == ("added", "", ("desktop",))
    assert event.due_at is not None
    await reader.aclose()
    await store.aclose()
