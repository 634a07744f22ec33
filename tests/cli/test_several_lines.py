"""Thoughts of several lines: kept, shown and changed by commands, line breaks and all."""

import os
import pty
import subprocess
import sys

import pytest

from later_tui.domain.inert import MAX_TEXT_BYTES
from later_tui.domain.reminder import Reminder
from later_tui.domain.window import Window
from later_tui.store.records import View
from later_tui.store.syncstore import SyncStore
from tests.cli.running import Run
from tests.making import made, now_ms

DAY = 86_400_000
SHEET = "call mum\n  about the tides\n\nand the boat"


def kept(store: SyncStore) -> Reminder:
    [reminder] = store.page("ada", View.UPCOMING, 0, 9).reminders
    return reminder


def put(store: SyncStore, text: str = SHEET, **changes: object) -> str:
    now = now_ms()
    return store.add(made(Window(now, now + 9 * DAY), text, **changes)).reminder_id


def test_a_text_with_line_breaks_is_one_thought_with_its_clauses_at_the_end(
    later: Run, store: SyncStore
) -> None:
    ended = later("add", f"{SHEET} within 3d #sea")
    assert (ended.code, ended.err, len(ended.lines)) == (0, "", 1)
    one = kept(store)
    assert (one.text, one.tags, one.window.length) == (SHEET, ("sea",), 3 * DAY)


@pytest.mark.parametrize("argv", [["--multiline"], ["--multiline", "-"], ["-", "--multiline"]])
def test_all_of_standard_input_is_one_thought(
    later: Run, store: SyncStore, argv: list[str]
) -> None:
    ended = later("add", *argv, stdin=f"\ufeff\n{SHEET}\nwithin 3d #sea\n\n".encode())
    assert (ended.code, ended.err, len(ended.lines)) == (0, "", 1)
    one = kept(store)
    assert (one.text, one.tags, one.window.length) == (SHEET, ("sea",), 3 * DAY)


def test_a_keyword_within_a_line_is_text_and_options_count(later: Run, store: SyncStore) -> None:
    text = "by fri\nat 18:00 she said\nthe end"
    sent = text.replace("\n", "\r\n").encode()
    ended = later("add", "--multiline", "--within", "2d", "--id", "0123456789ab", stdin=sent)
    assert ended.code == 0
    one = kept(store)
    assert (one.text, one.id, one.window.length) == (text, "0123456789ab", 2 * DAY)


def test_what_is_not_utf8_and_what_acts_is_inert(later: Run, store: SyncStore) -> None:
    assert later("add", "--multiline", stdin=b"caf\xe9\n\x1b[2J\x00two\n").code == 0
    assert kept(store).text == "caf\ufffd\n[2Jtwo"


@pytest.mark.parametrize(
    ("stdin", "why"),
    [
        (b"", "no thought on standard input"),
        (b" \n\n", "no thought on standard input"),
        (b"within 3d", 'no thought before "within 3d"'),
        (b"call mum\nwithin 0h", "0h"),
        (b"x" * (MAX_TEXT_BYTES + 1), "16,384"),
        (b"line\n" * 1_000_000, "standard input is too long for one thought; at most 16,384"),
    ],
    ids=["empty", "blank", "clause", "bad clause", "too long", "far too long"],
)
def test_what_cannot_be_kept_as_one_is_a_sentence(
    later: Run, store: SyncStore, stdin: bytes, why: str
) -> None:
    ended = later("add", "--multiline", stdin=stdin)
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1)
    assert why in ended.err
    assert store.counts("ada").kept == 0


@pytest.mark.parametrize(
    "argv",
    [
        ["--multiline", "call mum"],
        ["--list", "call mum"],
        ["--list", "--multiline"],
        ["--multiline=yes"],
    ],
)
def test_what_contradicts_itself_is_a_sentence(
    later: Run, store: SyncStore, argv: list[str]
) -> None:
    ended = later("add", *argv, stdin=b"call dad\n")
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1)
    assert store.counts("ada").kept == 0


def test_whoever_types_it_is_told_how_it_ends(
    store: SyncStore, environment: dict[str, str]
) -> None:
    main, terminal = pty.openpty()
    os.write(main, b"call mum\nabout the tides\n\x04")
    ended = subprocess.run(
        [sys.executable, "-m", "later_tui", "add", "--multiline"],
        env=environment,
        stdin=terminal,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout[:5]) == (0, b"kept ")
    assert ended.stderr == b"later: write the thought; ctrl+d on a line of its own ends it\n"
    os.close(main)
    os.close(terminal)
    assert kept(store).text == "call mum\nabout the tides"


def test_edit_prints_the_lines_and_reads_them_back(later: Run, store: SyncStore) -> None:
    name = put(store, tags=("sea",))
    line = later("edit", name).out
    assert line == f"{SHEET} #sea\n"
    ended = later("edit", name, "-", stdin=line.replace("mum", "dad").encode())
    assert (ended.code, ended.err) == (0, "")
    after = store.get(name)
    assert (after.text, after.tags) == (SHEET.replace("mum", "dad"), ("sea",))


def test_nothing_on_standard_input_changes_nothing(later: Run, store: SyncStore) -> None:
    name = put(store)
    ended = later("edit", name, "-", stdin=b"\n")
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1)
    assert store.get(name).text == SHEET


def test_why_shows_the_lines(later: Run, store: SyncStore) -> None:
    name = put(store, "one\n\x1b[2Jtwo")
    assert later("why", name).lines[:2] == ["one", "[2Jtwo"]


def test_in_a_terminal_why_is_styled_and_shows_no_codes(
    store: SyncStore, environment: dict[str, str]
) -> None:
    main, terminal = pty.openpty()
    name = put(store)
    subprocess.run(
        [sys.executable, "-m", "later_tui", "why", name],
        env={**environment, "TERM": "xterm"},
        stdout=terminal,
        timeout=60,
        check=True,
    )
    os.close(terminal)
    shown = os.read(main, 65536)
    os.close(main)
    assert shown.startswith(b"\x1b[1mcall mum\x1b[0m\r\n")
