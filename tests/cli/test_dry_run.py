"""`later add --dry-run` and `--list`: a look at a thought, or at a list, before it is kept."""

import json
from pathlib import Path

import pytest

from later_tui.store.records import View
from later_tui.store.syncstore import SyncStore
from tests.cli.running import Run

LIST = b"""\
- [ ] call mum within 3d
* buy milk
  2. read "Tides"
- [x] that is done

---
the car x2 within 1w
"""


def texts(store: SyncStore) -> set[str]:
    return {one.text for one in store.page("ada", View.UPCOMING, 0, 99).reminders}


def test_all_that_was_read_is_said_and_nothing_is_kept(later: Run, tmp_path: Path) -> None:
    ended = later("add", "--dry-run", "call the \x1b[2Jbank within 3d #work via desktop nag 1h")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("would keep  call the [2Jbank  (some time before ")
    assert ended.out.endswith("; #work; desktop; nag every 1 h)\n")
    assert " % by tomorrow; " in ended.out
    assert not (tmp_path / "data").exists()


def test_hours_and_periods_and_several_draws_are_said(later: Run) -> None:
    hours = later("add", "--dry-run", "stretch every week between 9-18").out
    assert "; every 1w; between 9-18; desktop)" in hours
    assert len(later("add", "--dry-run", "idea x3 within 1w").lines) == 3
    exact = later("add", "--dry-run", "check the oven in 20m").out
    assert "(at " in exact
    assert "%" not in exact


def test_json_says_the_same_and_promises_no_id(later: Run, tmp_path: Path) -> None:
    one = json.loads(later("add", "--dry-run", "--json", "call mum within 3d").out)
    assert (one["text"], one["created"], "id" in one, "due_at" in one) == (
        "call mum",
        False,
        False,
        False,
    )
    assert one["odds"].endswith(" % by tomorrow")
    assert json.loads(later("add", "--dry-run", "--json", "x in 20m").out)["odds"] is None
    assert not (tmp_path / "data").exists()


def test_a_list_is_looked_at_line_by_line(later: Run, tmp_path: Path) -> None:
    ended = later("add", "--dry-run", stdin=b"one within 3d\ntwo within -1h\nthree\n")
    assert ended.code == 2
    assert [line.split("  ")[1] for line in ended.lines] == ["one", "three"]
    assert ended.err.startswith("later: line 2: ")
    assert not (tmp_path / "data").exists()


def test_a_dry_run_has_nothing_to_reveal(later: Run) -> None:
    ended = later("add", "--dry-run", "--reveal", "x")
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1)


def test_the_marks_of_a_list_go_and_what_is_ticked_off(later: Run, store: SyncStore) -> None:
    ended = later("add", "--list", stdin=LIST)
    assert (ended.code, ended.err, len(ended.lines)) == (0, "", 5)
    assert texts(store) == {"call mum", "buy milk", 'read "Tides"', "the car"}


def test_without_it_every_line_is_kept_letter_for_letter(later: Run, store: SyncStore) -> None:
    assert later("add", stdin=b"- [x] one\n2. two\n").code == 0
    assert texts(store) == {"- [x] one", "2. two"}


def test_a_bad_line_of_a_list_is_told_by_its_number(later: Run, store: SyncStore) -> None:
    ended = later("add", "--list", stdin=LIST + b"- rent within 0h\n" + b"x" * 100_000 + b"\n")
    assert ended.code == 2
    first, second = ended.err.splitlines()
    assert first.startswith("later: line 8: ")
    assert second.startswith("later: line 9: the line is too long")
    assert len(texts(store)) == 4


@pytest.mark.parametrize("stdin", [b"", b"- [x] done\n---\n"])
def test_a_list_of_nothing_is_said(later: Run, stdin: bytes) -> None:
    ended = later("add", "--list", stdin=stdin)
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1)
