"""`later pictures` says what the page of pictures draws."""

import json

from later_tui.domain.window import Window
from later_tui.store.syncstore import SyncStore
from tests.cli.running import Run
from tests.making import made, now_ms

DAY = 86_400_000


def test_what_may_come_and_what_became_of_them_is_said(later: Run, store: SyncStore) -> None:
    now = now_ms()
    store.add(made(Window(now, now + 2 * DAY)))
    gone = store.add(made(Window(now, now + DAY), tags=("home",))).reminder_id
    assert later("let-go", gone).code == 0
    ended = later("pictures")
    assert ended.lines[0] == "1 upcoming; about so many may come back:"
    assert "1 past: 0 done, 1 let go, 0 unanswered" in ended.lines
    assert ended.lines[-1] == "  #home: 0 done, 1 let go, 0 unanswered"
    told = json.loads(later("pictures", "--json").out)
    assert round(sum(day["expected"] for day in told["ahead"]), 6) == 1
    assert [len(day["half_hours"]) for day in told["ahead"]] == [48] * 14
    assert told["behind"][-1]["let_go"] == 1


def test_nothing_kept_is_no_fault(later: Run, store: SyncStore) -> None:
    assert later("pictures").lines[0].startswith("0 upcoming")
    assert "due_at" not in later("pictures", "--json").out
