"""The index of many thoughts: made while it is used, up to date, and never in the way."""

import asyncio
import os
import stat
from collections.abc import Iterator

import pytest

from later_tui.config.settings import Settings
from later_tui.store import open_store, open_sync_store, textindex
from later_tui.store.syncstore import SyncStore
from tests.making import now_ms
from tests.store.finding import (
    DAY,
    KEYS,
    asked,
    files,
    keep,
    make_few_many,
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


def test_the_index_knows_what_was_kept_edited_and_taken_back_since(
    store: SyncStore, settings: Settings, indexed: None
) -> None:
    names = [keep(store, f"thought {number}") for number in range(10)]
    assert texts(store, settings, "mum") == []
    before = files(settings)
    keep(store, "call mum")
    store.edit(names[3], soon("write to mum"))
    store.edit(names[4], soon("mum", tags=("family",)))
    store.undo("ada")
    keep(store, "mum too", username="bob")
    assert sorted(texts(store, settings, "mum")) == ["call mum", "write to mum"]
    assert texts(store, settings, "thought 3") == []
    assert texts(store, settings, "#family") == []
    assert files(settings) == before
    assert len(before) == 1


def test_what_another_program_added_is_found_once_it_is_adopted(
    store: SyncStore, settings: Settings, indexed: None
) -> None:
    from later_tui.store.adoption import adopt

    keep(store, "a thought")
    texts(store, settings, "mum")
    raw(store, "HSET", KEYS.task("x1"), "username", "ada", "tasktype", "desktop", "msg", "call mum")
    raw(store, "ZADD", f"{KEYS.prefix}tasks", now_ms() + DAY, "x1")
    store.run(adopt(KEYS, ["desktop"]))
    assert texts(store, settings, "mum") == ["call mum"]


@pytest.mark.parametrize("events", [1, 2, 3, 4])
def test_what_it_was_told_once_it_does_not_read_again(
    store: SyncStore, settings: Settings, indexed: None, events: int
) -> None:
    texts(store, settings, "mum")
    for number in range(events):
        keep(store, f"mum {number}")
    sizes = []
    for _ in range(3):
        assert len(texts(store, settings, "mum")) == events
        [file] = files(settings)
        sizes.append(file.stat().st_size)
    assert len(set(sizes)) == 1


def test_an_index_that_missed_too_much_is_made_anew(
    store: SyncStore, settings: Settings, indexed: None
) -> None:
    keep(store, "a thought")
    assert texts(store, settings, "mum") == []
    keep(store, "call mum")
    raw(store, "XTRIM", KEYS.events, "MAXLEN", 0)
    keep(store, "another thought")
    assert texts(store, settings, "mum") == ["call mum"]


def test_on_a_server_that_lost_its_reminders_the_index_finds_none_of_them(
    store: SyncStore, settings: Settings, indexed: None
) -> None:
    keep(store, "call mum")
    assert texts(store, settings, "mum") == ["call mum"]
    raw(store, "FLUSHALL")
    keep(store, "mum again")
    assert texts(store, settings, "mum") == ["mum again"]


def test_a_damaged_index_is_made_anew(store: SyncStore, settings: Settings, indexed: None) -> None:
    keep(store, "call mum")
    for damage in (b"", b"\0" * 99, b"\n@", b"\n@1-1 x\n", b"x\tmum\t#a \n"):
        texts(store, settings, "mum")
        [file] = files(settings)
        file.write_bytes(damage)
        assert texts(store, settings, "mum") == ["call mum"], damage


def test_a_line_that_was_cut_off_takes_no_other_with_it(
    store: SyncStore, settings: Settings, indexed: None
) -> None:
    keep(store, "call mum")
    texts(store, settings, "mum")
    [file] = files(settings)
    with file.open("ab") as half:
        half.write(b"half\ta lin")
    keep(store, "write to mum")
    for _ in range(2):
        assert sorted(texts(store, settings, "mum")) == ["call mum", "write to mum"]


def test_an_index_that_grew_by_many_changes_is_made_anew(
    store: SyncStore, settings: Settings, indexed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(textindex, "_SLACK", 0)
    name = keep(store, "call mum")
    texts(store, settings, "mum")
    [file] = files(settings)
    first = file.stat().st_size
    for number in range(30):
        store.edit(name, soon(f"mum {number}"))
        assert texts(store, settings, "mum") == [f"mum {number}"]
        assert file.stat().st_size < 6 * first


def test_a_search_that_is_left_in_the_middle_does_no_harm(
    store: SyncStore, settings: Settings, indexed: None
) -> None:
    for number in range(30):
        keep(store, f"mum {number}")
    for _ in range(3):
        next(store.find(settings, asked(settings, "mum")))
        assert files(settings) == []
    for _ in range(2):
        assert len(texts(store, settings, "mum")) == 30


def test_the_index_is_the_users_alone(store: SyncStore, settings: Settings, indexed: None) -> None:
    keep(store, "call mum")
    texts(store, settings, "mum")
    [file] = files(settings)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_without_a_place_for_the_index_it_finds_the_same(
    store: SyncStore, settings: Settings, indexed: None
) -> None:
    for number in range(10):
        keep(store, f"mum {number}")
    (settings.data_dir / "find").write_text("in the way")
    assert len(texts(store, settings, "mum")) == 10


def test_an_index_that_cannot_be_written_on_the_way_finds_the_same_once(
    store: SyncStore, settings: Settings, indexed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(10):
        keep(store, f"mum {number}")
    written = []

    def full(file: int, data: bytes) -> int:
        written.append(len(data))
        if len(written) > 2:
            raise OSError(28, "No space left on device")
        return len(data)

    real = os.write
    monkeypatch.setattr(os, "write", lambda f, d: real(f, d) if full(f, d) else 0)
    assert sorted(texts(store, settings, "mum")) == [f"mum {number}" for number in range(10)]
    monkeypatch.undo()
    assert files(settings) == []


def test_few_reminders_need_no_index(store: SyncStore, settings: Settings) -> None:
    keep(store, "call mum")
    assert texts(store, settings, "mum") == ["call mum"]
    assert files(settings) == []


async def test_two_searches_at_once_make_one_index(settings: Settings, indexed: None) -> None:
    store = await open_store(settings)
    await store.add_many([soon(f"mum {number}") for number in range(40)])

    async def all_found() -> set[str]:
        search = store.find(settings, asked(settings, "mum"))
        return {one.text async for page in search for one in page.reminders}

    both = await asyncio.gather(all_found(), all_found())
    assert both == [{f"mum {number}" for number in range(40)}] * 2
    await store.aclose()
    [file] = files(settings)
    assert file.read_bytes().count(b"\tmum ") == 40


def test_what_is_kept_while_the_index_is_made_is_found_by_that_very_search(
    store: SyncStore, settings: Settings, indexed: None
) -> None:
    for number in range(20):
        keep(store, f"mum {number}", 5 + number)
    search = store.find(settings, asked(settings, "mum"))
    found = list(next(search).reminders)
    early = keep(store, "mum early", 1)
    found += [one for page in search for one in page.reminders]
    assert len({one.id for one in found}) == len(found) == 21
    assert early in {one.id for one in found}


async def test_a_closed_store_leaves_no_half_made_index(settings: Settings, indexed: None) -> None:
    store = await open_store(settings)
    await store.add_many([soon(f"mum {number}") for number in range(40)])
    search = store.find(settings, asked(settings, "mum"))
    await anext(search)
    await search.aclose()
    await store.aclose()
    assert files(settings) == []
