"""`later pictures` says what the page of pictures draws."""

import json

import pytest

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
    assert ended.lines[0] == "1 upcoming; ≈ 1.0 of them may come back within 14 days:"
    counts = [line.split()[3] for line in ended.lines[1:15]]
    assert sum(float(one) for one in counts if one not in "–<0.1") == pytest.approx(1, abs=0.2)
    assert counts[-1] == "–"
    assert "1 past: 0 done, 1 let go, 0 unanswered" in ended.lines
    assert ended.lines[-1] == "  #home: 0 done, 1 let go, 0 unanswered"
    told = json.loads(later("pictures", "--json").out)
    assert round(sum(day["expected"] for day in told["ahead"]), 6) == 1
    assert [len(day["half_hours"]) for day in told["ahead"]] == [48] * 14
    assert told["behind"][-1]["let_go"] == 1


def test_nothing_kept_is_no_fault(later: Run, store: SyncStore) -> None:
    assert later("pictures").lines == ["0 upcoming", "0 past: 0 done, 0 let go, 0 unanswered"]
    assert "due_at" not in later("pictures", "--json").out


def test_counts_stand_under_each_other_by_their_units(later: Run, store: SyncStore) -> None:
    now = now_ms()
    for _ in range(40):
        store.add(made(Window(now, now + 2 * DAY)))
    counts = [line[14:] for line in later("pictures").lines[1:15]]
    units = {len(count.partition(".")[0].rstrip()) for count in counts}
    assert len(units) == 1
