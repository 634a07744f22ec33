"""Lists in another order, and what is found unsealed, as `o` and `p` do it in the app."""

import json
from datetime import datetime

import pytest

from later_tui.cli import list as command
from later_tui.domain.reminder import Origin
from later_tui.domain.window import Window
from later_tui.store.records import View
from later_tui.store.syncstore import SyncStore
from tests.cli.running import Ended, Run
from tests.making import made, now_ms

HOUR = 3_600_000


def put(store: SyncStore, text: str, hours: int, kept_before: int = 0) -> str:
    now = now_ms()
    origin = Origin("mill", "~/src", now - kept_before * HOUR)
    new = made(Window(now + hours * HOUR, now + (hours + 1) * HOUR), text, origin=origin)
    return store.add(new).reminder_id


def texts(ended: Ended) -> list[str]:
    assert (ended.code, ended.err) == (0, "")
    return [json.loads(line)["text"] for line in ended.lines]


@pytest.fixture
def three(store: SyncStore) -> list[str]:
    return [put(store, "Pear", 1, 1), put(store, "apple", 2, 3), put(store, "fig", 3, 2)]


def test_a_list_begins_at_its_other_end(later: Run, three: list[str]) -> None:
    assert texts(later("list", "--json")) == ["Pear", "apple", "fig"]
    assert texts(later("list", "--reverse", "--json")) == ["fig", "apple", "Pear"]
    assert texts(later("list", "--reverse", "--limit", "2", "--json")) == ["fig", "apple"]
    for name in three:
        later("done", name)
    assert texts(later("list", "--past", "--reverse", "--json")) == ["Pear", "apple", "fig"]
    assert [line.split()[-2] for line in later("list", "--past", "--reverse").lines] == [
        "Pear",
        "apple",
        "fig",
    ]


def test_an_empty_list_is_empty_from_its_other_end_too(later: Run, store: SyncStore) -> None:
    for argv in ([], ["--past"], ["--unanswered"], ["--limit", "3"]):
        ended = later("list", "--reverse", *argv)
        assert (ended.code, ended.out, len(ended.err.splitlines())) == (0, "", 1)


@pytest.mark.parametrize("limit", [None, 1, 4, 5, 8, 9, 50])
def test_all_of_a_long_list_comes_once(
    store: SyncStore, monkeypatch: pytest.MonkeyPatch, limit: int | None
) -> None:
    monkeypatch.setattr(command, "_PAGE", 4)
    for number in range(9):
        put(store, str(number), number)
    pages = list(command._from_end(store, "ada", View.UPCOMING, limit))
    found = [one.text for page in pages for one in page.reminders]
    assert found == [str(number) for number in range(9)][::-1][:limit]
    assert [page.start for page in pages] == list(range(0, len(found), 4))


def test_what_is_found_is_sorted(later: Run, three: list[str]) -> None:
    for order, found in {
        "time": ["Pear", "apple", "fig"],
        "kept": ["Pear", "fig", "apple"],
        "words": ["apple", "fig", "Pear"],
    }.items():
        assert texts(later("find", "is:upcoming", "--sort", order, "--json")) == found
    ended = later("find", "is:upcoming", "--sort", "length")
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1)
    assert "time, kept or words" in ended.err


def test_what_is_found_is_sealed_until_it_is_to_be_revealed(
    later: Run, store: SyncStore, three: list[str]
) -> None:
    later("done", three[0])
    assert "drawn" not in later("find", "from:mill").out
    ended = later("find", "from:mill", "--reveal")
    assert sum("drawn: " in line for line in ended.lines) == 2
    found = [json.loads(line) for line in later("find", "apple", "--reveal", "--json").lines]
    due = store.get(three[1]).due_at
    assert [datetime.fromisoformat(one["due_at"]).timestamp() * 1000 for one in found] == [due]


def test_why_tells_the_chance_of_what_is_to_come(later: Run, store: SyncStore) -> None:
    now = now_ms()
    name = store.add(made(Window(now, now + 72 * HOUR))).reminder_id
    exact = store.add(made(Window(now + HOUR, now + HOUR))).reminder_id
    assert " % by tomorrow\n" in later("why", name).out
    assert "chances" not in later("why", exact).out
    later("done", name)
    assert "chances" not in later("why", name).out
