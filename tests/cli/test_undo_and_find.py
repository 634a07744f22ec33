"""`later find`, several answers at once, and `later undo`: everything with plain output."""

import json

import pytest

from later_tui.domain.reminder import State
from later_tui.domain.window import Window
from later_tui.store.command import command
from later_tui.store.keys import Keys
from later_tui.store.records import View
from later_tui.store.syncstore import SyncStore
from tests.cli.running import Ended, Run
from tests.making import made, now_ms

HOUR = 3_600_000


def put(store: SyncStore, text: str, hours: int = 48, **changes: object) -> str:
    now = now_ms()
    return store.add(made(Window(now, now + hours * HOUR), text, **changes)).reminder_id


def texts(ended: Ended) -> list[str]:
    assert (ended.code, ended.err) == (0, "")
    return [json.loads(line)["text"] for line in ended.lines]


def states(store: SyncStore, names: list[str]) -> set[State]:
    return {store.get(name).state for name in names}


def test_find_shows_what_is_kept_and_what_is_past_in_one_table(
    later: Run, store: SyncStore
) -> None:
    put(store, "call mum", tags=("family",))
    later("done", put(store, "write to mum")[:6])
    put(store, "call dad")
    first, second = later("find", "mum").lines
    assert "call mum" in first
    assert "#family" in first
    assert "write to mum" in second
    assert "done" in second
    assert first.index("call mum") == second.index("write to mum")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["MUM"], ["call mum", "mum's tea"]),
        (["mum", "call"], ["call mum"]),
        (['"l mum"'], ["call mum"]),
        (["#family"], ["call mum"]),
        (["!email"], ["mum's tea"]),
        (["is:upcoming", "mum"], ["call mum", "mum's tea"]),
        (["after:4d"], ["mum's tea"]),
        (["--", "-mum"], ["call dad"]),
        (["mum", "--", "-#family"], ["mum's tea"]),
        (["from:mill in:src dad"], ["call dad"]),
    ],
)
def test_find_reads_its_words_as_the_app_does(
    later: Run, store: SyncStore, words: list[str], found: list[str]
) -> None:
    put(store, "call mum", tags=("family",))
    put(store, "mum's tea", 200, channels=("email",))
    put(store, "call dad")
    assert texts(later("find", "--json", *words)) == found


def test_find_keeps_the_draw_sealed(later: Run, store: SyncStore) -> None:
    put(store, "call mum")
    (shape,) = map(json.loads, later("find", "mum", "--json").lines)
    assert not {"due_at", "seed", "pick"} & set(shape)


def test_find_says_when_there_is_nothing_and_when_there_is_more(
    later: Run, store: SyncStore
) -> None:
    for number in range(3):
        put(store, f"mum {number}")
    nothing = later("find", "dad")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "later: nothing is found\n")
    some = later("find", "mum", "--limit", "2")
    assert (some.code, len(some.lines)) == (0, 2)
    assert "the first 2" in some.err


@pytest.mark.parametrize(
    "words", [[], ["is:dome"], ["before:"], ["--limit", "x", "mum"], ["-mum"], ["--past"]]
)
def test_what_find_cannot_read_is_a_sentence(
    later: Run, store: SyncStore, words: list[str]
) -> None:
    ended = later("find", *words)
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (["done"], State.DONE),
        (["let-go"], State.RELEASED),
        (["again"], State.SCHEDULED),
        (["snooze", "3h"], State.SCHEDULED),
    ],
)
def test_what_is_found_is_answered_at_once_and_taken_back_at_once(
    later: Run, store: SyncStore, answer: list[str], state: State
) -> None:
    names = [put(store, f"work {number}", tags=("work",)) for number in range(3)]
    other = put(store, "call mum")
    records = [store.get(name) for name in (*names, other)]
    command_, *rest = answer
    ended = later(command_, "--find", "#work is:upcoming", *rest)
    assert (ended.code, ended.err, len(ended.lines)) == (0, "", 3)
    assert states(store, names) == {state}
    assert [store.get(name).round for name in names] != [0, 0, 0] or not state.upcoming
    undone = later("undo")
    assert (undone.code, undone.err, len(undone.lines)) == (0, "", 3)
    back = [store.get(name) for name in (*names, other)]
    assert [(one.window, one.due_at, one.state) for one in back] == [
        (one.window, one.due_at, one.state) for one in records
    ]


def test_several_ids_are_one_answer(later: Run, store: SyncStore) -> None:
    names = [put(store, f"mum {number}") for number in range(3)]
    ended = later("done", *(name[:9] for name in names), "nobody")
    assert (ended.code, len(ended.lines), len(ended.err.splitlines())) == (2, 3, 1)
    assert len(later("undo").lines) == 3
    assert states(store, names) == {State.SCHEDULED}


def test_an_answer_to_nothing_says_what_would_work(later: Run, store: SyncStore) -> None:
    for words in (
        ["done"],
        ["done", "--find", "nobody"],
        ["done", "--find", " "],
        ["snooze", "3h"],
    ):
        ended = later(*words)
        assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1), words


def test_undo_says_what_it_took_back_and_what_is_so_now(later: Run, store: SyncStore) -> None:
    name = put(store, "call mum")
    later("done", name[:6])
    ended = later("undo")
    assert ended.out.startswith(f"no longer done {name[:6]}")
    assert "call mum  (some time before" in ended.out
    later("snooze", name[:6], "20m")
    (shape,) = map(json.loads, later("undo", name[:6], "--json").lines)
    assert (shape["undone"], shape["id"], shape["state"]) == ("snooze", name, "scheduled")
    assert "due_at" not in shape


def test_undo_says_that_its_time_has_passed_or_that_it_waits_for_an_answer(
    later: Run, store: SyncStore
) -> None:
    late = made(Window(now_ms() - HOUR, now_ms() - HOUR), "call mum")
    later("done", store.add(late).reminder_id)
    assert "its time has passed: it comes at once" in later("undo").out

    def deliver():  # type: ignore[no-untyped-def]
        now, keys = now_ms(), Keys()
        yield [
            command("HSET", keys.task(late.id), "state", "delivered", "settled_at", now),
            command("HSET", keys.task(late.id), "state:desktop", "delivered"),
            command("ZREM", keys.upcoming("ada"), late.id),
            command("ZADD", keys.past("ada"), now, late.id),
            command("ZADD", keys.unanswered("ada"), now, late.id),
        ]

    store.run(deliver())
    later("let-go", late.id)
    assert store.page("ada", View.UNANSWERED, 0, 9).total == 0
    assert "(delivered, and waits for your answer)" in later("undo").out
    assert store.page("ada", View.UNANSWERED, 0, 9).total == 1


def test_undo_with_nothing_to_take_back_is_a_sentence(later: Run, store: SyncStore) -> None:
    name = put(store, "call mum")
    for words in ([], [name], ["nobody"]):
        ended = later("undo", *words)
        assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1)


def test_the_text_of_a_reminder_is_inert(later: Run, store: SyncStore) -> None:
    name = put(store, "buy [milk] \x1b]0;title\x07 now")
    later("done", name)
    for ended in (later("undo"), later("find", "milk")):
        assert "buy [milk]" in ended.out  # the runner looks for control characters
