"""`later edit` changes a reminder by the grammar that made it."""

import json

from later_tui.domain.window import Window
from later_tui.store import deliveries
from later_tui.store.syncstore import SyncStore
from tests.cli.running import Run
from tests.making import due_in, made, now_ms

DAY = 86_400_000


def put(store: SyncStore, text: str = "call mum", **changes: object) -> str:
    now = now_ms()
    return store.add(made(Window(now, now + 9 * DAY), text, **changes)).reminder_id


def test_new_words_keep_the_window_and_a_time_gives_a_new_one(later: Run, store: SyncStore) -> None:
    mum = put(store)
    before = store.get(mum)
    ended = later("edit", mum[:6], "call", "mum", "and", "dad", "#family")
    assert ended.out.startswith(f"changed {mum[:6]}  call mum and dad  (")
    after = store.get(mum)
    assert (after.text, after.tags) == ("call mum and dad", ("family",))
    assert after.window.not_after == before.window.not_after
    assert later("edit", mum, "call mum within 2d").code == 0
    assert store.get(mum).window.length == 2 * DAY


def test_again_after_an_edit_is_as_long_as_was_asked_for(later: Run, store: SyncStore) -> None:
    now = now_ms()
    mum = store.add(made(Window(now - 9 * DAY, now + DAY), "call mum")).reminder_id
    for words in ("call mum and dad", "call them both"):
        assert later("edit", mum, words).code == 0
        assert store.get(mum).window.length <= DAY
        assert store.get(mum).asked_ms == 10 * DAY
    assert "once within 10 days" in later("why", mum).out
    assert later("undo").code == 0
    assert (store.get(mum).text, store.get(mum).asked_ms) == ("call mum and dad", 10 * DAY)
    assert later("again", mum).code == 0
    assert store.get(mum).window.length == 10 * DAY
    assert later("edit", mum, "call mum within 2d").code == 0
    assert store.get(mum).asked_ms == 0


def test_without_words_it_prints_the_line_that_says_it(later: Run, store: SyncStore) -> None:
    mum = put(store, "call mum by fri", tags=("family",), channels=("desktop", "email"))
    line = later("edit", mum).out.strip()
    assert later("edit", mum, line).code == 0
    after = store.get(mum)
    assert (after.text, after.tags, after.channels) == (
        "call mum by fri",
        ("family",),
        ("desktop", "email"),
    )


def test_what_cannot_be_read_changes_nothing(later: Run, store: SyncStore) -> None:
    mum = put(store)
    for words in ("call mum within 3 dasy", "call mum x3 within 3d"):
        ended = later("edit", mum, *words.split())
        assert ended.code == 2
        assert ended.err.count("\n") == 1
    assert store.get(mum).text == "call mum"
    assert later("edit", "nobody").code == 2


def test_an_edit_is_taken_back(later: Run, store: SyncStore) -> None:
    mum = put(store)
    told = json.loads(later("edit", mum, "--json", "something", "else").out)
    assert told["text"] == "something else"
    assert later("undo").code == 0
    assert store.get(mum).text == "call mum"


def test_a_word_that_is_no_channel_stays_a_word_and_its_own_channel_stays_one(
    later: Run, store: SyncStore
) -> None:
    mum = put(store)
    assert later("edit", mum, "fly home via munich").code == 0
    assert (store.get(mum).text, store.get(mum).channels) == ("fly home via munich", ("desktop",))
    ended = later("edit", mum, "call mum !em")
    assert (ended.code, store.get(mum).text) == (2, "fly home via munich")
    assert 'there is no channel "em"' in ended.err
    other = put(store, channels=("pigeon",))
    line = later("edit", other).out.strip()
    assert later("edit", other, line).code == 0
    assert store.get(other).channels == ("pigeon",)


def test_what_is_overdue_keeps_its_window_and_goes_another_way_at_once(
    later: Run, store: SyncStore
) -> None:
    now = now_ms()
    exact = store.add(due_in(-DAY, channels=("fax",))).reminder_id
    drawn = store.add(made(Window(now - 3 * DAY, now - DAY), channels=("fax",))).reminder_id
    for mum in (exact, drawn):
        before = store.get(mum)
        ended = later("edit", mum, "call mum and dad via desktop")
        assert (ended.code, ended.err) == (0, "")
        after = store.get(mum)
        assert (after.text, after.channels) == ("call mum and dad", ("desktop",))
        assert after.window == before.window
        assert after.window.not_before <= after.due_at <= after.window.not_after
    lanes = [("desktop", True)]
    due = deliveries.claim(store.keys, "ada", 9, wakeup_before_ms=0, lease_ms=9, lanes=lanes)
    claims = store.run(due)
    assert {one.reminder_id for one in claims.claims} == {exact, drawn}
    assert later("undo").code == 0
    assert store.get(drawn).channels == ("fax",)
    assert later("edit", exact, "call mum at 1 jan 2020").code == 2


def test_what_is_over_is_not_sent_again_by_an_edit_of_its_words(
    later: Run, store: SyncStore
) -> None:
    mum = store.add(due_in(-DAY)).reminder_id
    assert later("done", mum).code == 0
    ended = later("edit", mum, "call mum and dad")
    assert (ended.code, "that time is past" in ended.err) == (2, True)
    assert store.get(mum).text == "call mum"
