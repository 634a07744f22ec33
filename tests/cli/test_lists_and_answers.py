"""Lists are sealed and line up; answers take the beginnings of ids."""

import json

import pytest

from later_tui.cli.cells import fit, width
from later_tui.cli.listed import short_length
from later_tui.domain.reminder import State
from later_tui.domain.window import Window
from later_tui.store.syncstore import SyncStore
from tests.cli.running import Run
from tests.making import made, now_ms

HOUR = 3_600_000


def put(store: SyncStore, text: str, hours: int = 48, **changes: object) -> str:
    now = now_ms()
    return store.add(made(Window(now, now + hours * HOUR), text, **changes)).reminder_id


def test_the_list_is_in_the_order_of_the_windows_ends(later: Run, store: SyncStore) -> None:
    for text, hours in (("third", 900), ("first", 30), ("second", 400)):
        put(store, text, hours)
    ended = later("list")
    assert [line.split("  ")[-2].strip() for line in ended.lines] == ["first", "second", "third"]
    assert [json.loads(line)["text"] for line in later("list", "--json").lines] == [
        "first",
        "second",
        "third",
    ]
    assert len(later("list", "--limit", "2").lines) == 2


def test_a_list_tells_no_drawn_moment_unless_it_is_asked_to(later: Run, store: SyncStore) -> None:
    put(store, "a")
    (sealed,) = map(json.loads, later("list", "--json").lines)
    assert not {"due_at", "seed", "pick", "settled_at"} & set(sealed)
    (revealed,) = map(json.loads, later("list", "--json", "--reveal").lines)
    assert "due_at" in revealed
    assert len(later("list", "--reveal").out) > len(later("list").out)


def test_the_columns_of_a_list_line_up_whatever_is_in_them(later: Run, store: SyncStore) -> None:
    for text in (
        "plain",
        "\u5bff\u53f8",
        "e\u0301tude",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    ):
        put(store, text)
    starts = {width(line[: line.index("desktop")]) for line in later("list").lines}
    assert len(starts) == 1


def test_one_long_text_moves_no_other_and_is_not_cut(later: Run, store: SyncStore) -> None:
    put(store, "short", 30)
    put(store, "long " * 100, 400)
    short, long = later("list").lines
    assert len(short) < 120
    assert ("long " * 100).strip() in long


def test_an_empty_list_says_so_beside_the_output(later: Run, store: SyncStore) -> None:
    for view in ([], ["--past"], ["--unanswered"]):
        ended = later("list", *view)
        assert (ended.code, ended.out, len(ended.err.splitlines())) == (0, "", 1)
    assert later("list", "--json").out == ""


def test_the_beginning_of_an_id_serves_and_is_shown(later: Run, store: SyncStore) -> None:
    put(store, "call mum")
    shown = later("list").out.split()[0]
    ended = later("done", shown)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("done ")
    (past,) = map(json.loads, later("list", "--past", "--json").lines)
    assert past["state"] == "done"
    assert "done" in later("list", "--past").out
    assert later("list").out == ""


def test_several_ids_are_answered_and_a_bad_one_stops_no_other(
    later: Run, store: SyncStore
) -> None:
    one, two = put(store, "one"), put(store, "two")
    ended = later("let-go", one, "zzzzzzzz", two)
    assert ended.code == 2
    assert len(ended.lines) == 2
    assert len(ended.err.splitlines()) == 1
    assert store.get(one).state is State.RELEASED
    assert store.get(two).state is State.RELEASED
    assert "let go" in later("list", "--past").out


def test_an_ambiguous_beginning_is_refused(later: Run, store: SyncStore) -> None:
    put(store, "one", id="aaaa00000000")
    put(store, "two", id="aaaa00000001")
    ended = later("done", "aaaa")
    assert (ended.code, ended.out) == (2, "")
    assert "aaaa00000001" in ended.err
    listed = [line.split()[0] for line in later("list").lines]
    assert len(set(listed)) == 2


def test_snooze_brings_it_back_at_an_exact_time(later: Run, store: SyncStore) -> None:
    one = put(store, "one", 48, minimum_gap=0)
    before = now_ms()
    ended = later("snooze", one, "20m")
    after = now_ms()
    assert ended.code == 0
    window = store.get(one).window
    assert window.exact
    assert before <= window.not_after - 20 * 60_000 <= after
    for time in (["until", "18:00"], ["until", "fri"], ["for", "1h", "30m"], ["in", "20m"]):
        assert later("snooze", one, *time).code == 0
    assert json.loads(later("snooze", one, "1h", "--json").out)["id"] == one


def test_again_draws_anew_in_a_window_as_long(later: Run, store: SyncStore) -> None:
    one = put(store, "one", 48)
    assert later("done", one).code == 0
    assert later("again", one).code == 0
    reminder = store.get(one)
    assert reminder.state is State.SCHEDULED
    assert reminder.window.length == 48 * HOUR


def test_status_tells_the_truth_and_no_moment(later: Run, store: SyncStore) -> None:
    put(store, "one")
    ended = later("status")
    assert (ended.code, ended.err) == (0, "")
    assert "embedded" in ended.out
    assert "1 upcoming, 0 past, 0 unanswered" in ended.out
    assert "none is alive" in ended.out
    found = json.loads(later("status", "--json").out)
    assert found["counts"] == {"upcoming": 1, "past": 0, "unanswered": 0}
    assert found["workers"] == []
    assert "due_at" not in json.dumps(found)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("abc", 3),
        ("\u5bff\u53f8", 4),
        ("e\u0301", 1),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", 2),
        ("\u2764\ufe0f", 2),
        ("\U0001f44b\U0001f3fd", 2),
        ("", 0),
    ],
)
def test_a_text_takes_as_many_cells_as_a_terminal_gives_it(text: str, cells: int) -> None:
    assert width(text) == cells
    for size in range(1, 8):
        assert width(fit(text, size)) == size


def test_ids_are_shown_longer_when_there_are_more_of_them() -> None:
    assert short_length(["0123456789ab"], 1) == 4
    assert short_length(["0123456789ab"] * 20, 1_000_000) > 5
    assert short_length(["0123456789ab", "0123456789ac"], 2) == 12


def test_a_snooze_that_cannot_be_read_names_no_option_that_nobody_wrote(
    later: Run, store: SyncStore
) -> None:
    kept = later("add", "--json", "x", "within", "3d")
    name = json.loads(kept.out)["id"]
    for words in (["until", "yesterday"], ["0m"]):
        ended = later("snooze", name, *words)
        assert ended.code == 2
        assert "--" not in ended.err
    assert later("let-go", name).code == 0
    assert "let go" in later("done", name).err


def test_an_exact_time_that_is_near_says_that_no_worker_is_alive(
    later: Run, store: SyncStore
) -> None:
    told = later("add", "check the oven in 20m")
    assert told.code == 0
    assert "no worker is alive" in told.err
    assert "no worker" not in later("add", "call mum within 3d").err
    assert "no worker" not in later("add", "x in 3d").err
