"""`later add` keeps every thought, says when it may come, and never the moment itself."""

import json
import os
from pathlib import Path

import pytest

from later_tui.domain.inert import MAX_TEXT_BYTES
from later_tui.domain.reminder import Reminder
from later_tui.store.records import View
from later_tui.store.syncstore import SyncStore
from tests.cli.running import Run

TEXTS = [
    "a\x1b]0;title\x07b",
    "a\x1b]52;c;aGk=\x07b",
    "a\x1b[2Jb",
    "a\x9b2Jb",
    "[/]",
    "buy [milk]",
    "[@click=app.quit]x[/]",
    "--help",
    "-w",
    "--",
    "don't",
    "a & b < c",
    "<a href=http://x>y</a>",
    "<img src=file:///etc/passwd>",
    "x\r\nBcc: x",
    "a\u2028b\u2029c",
    "abc\u202edef",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 family",
    "\u5bff\u53f8 \uff21",
    "$(id) `id`",
    "%s %d {0}",
    "=cmd()",
    "#no-tag first",
    "x" * MAX_TEXT_BYTES,
]

BAD_TIMES = [
    ("--within", "0"),
    ("--within", "0h"),
    ("--within", "-1h"),
    ("--within", "1e309"),
    ("--within", "nan"),
    ("--within", "inf"),
    ("--within", "10000y"),
    ("--within", "1h1h"),
    ("--within", "1.5.2h"),
    ("--within", "1ms"),
    ("--within", ""),
    ("--within", "   "),
    ("--within", f"{2**63}s"),
    ("--in", "-20m"),
    ("--by", "yesterday"),
    ("--on", "2020-01-01"),
    ("--at", "25:00"),
    ("--on", "31 feb"),
    ("--between", "9-9"),
    ("--between", "9-25"),
    ("--every", "0d"),
    ("--times", "0"),
    ("--times", "x"),
    ("--times", "-1"),
    ("--via", "emial"),
    ("--tag", ""),
    ("--id", "../x"),
    ("--id", "{1}"),
]


def kept(store: SyncStore) -> tuple[Reminder, ...]:
    return store.page("ada", View.UPCOMING, 0, 1000).reminders


def test_a_thought_is_kept_and_only_its_window_is_said(later: Run, store: SyncStore) -> None:
    ended = later("add", "call", "mum", "within", "3d")
    assert ended.code == 0
    assert ended.err == ""
    (reminder,) = kept(store)
    assert reminder.text == "call mum"
    assert reminder.window.length == 3 * 86_400_000
    assert ended.out.startswith(f"kept {reminder.id[:6]}  call mum  (some time before ")
    assert "drawn" not in ended.out


def test_the_moment_is_said_only_when_asked_for(later: Run, store: SyncStore) -> None:
    sealed = json.loads(later("add", "a", "--json").out)
    revealed = json.loads(later("add", "b", "--json", "--reveal").out)
    assert "due_at" not in sealed
    assert "seed" not in sealed
    assert revealed["window"]["not_before"] <= revealed["due_at"] <= revealed["window"]["not_after"]
    assert "; drawn: " in later("add", "c", "--reveal").out


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_every_text_is_kept_and_listed_and_stays_inert(
    later: Run, store: SyncStore, text: str
) -> None:
    ended = later("add", "--", text, "--")
    assert (ended.code, ended.err) == (0, "")
    assert len(ended.lines) == 1
    (reminder,) = kept(store)
    visible = [c for c in text if c.isprintable() and c != " "]
    assert [c for c in reminder.text if c.isprintable() and c != " "] == visible
    listed = later("list")
    assert (listed.code, len(listed.lines)) == (0, 1)
    assert json.loads(later("list", "--json").out)["text"] == reminder.text


@pytest.mark.parametrize("text", ["", "   ", "\t\n", "\u200b", "\x1b\x07", "\u2028"])
def test_an_empty_text_is_refused(later: Run, store: SyncStore, text: str) -> None:
    ended = later("add", "--", text)
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1)
    assert kept(store) == ()


def test_a_text_over_the_limit_is_refused_with_the_limit(later: Run, store: SyncStore) -> None:
    ended = later("add", "-", stdin=b"x" * 1_000_000 + b"\nshort\n")
    assert ended.code == 2
    assert ended.err.startswith("later: line 1: ")
    assert len(ended.err.splitlines()) == 1
    assert "16,384" in ended.err
    assert [r.text for r in kept(store)] == ["short"]
    assert later("add", "x" * (MAX_TEXT_BYTES + 1)).code == 2


@pytest.mark.parametrize(("option", "value"), BAD_TIMES)
def test_a_bad_value_is_refused_with_one_sentence(later: Run, option: str, value: str) -> None:
    ended = later("add", "call mum", option, value)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("later: ")
    assert len(ended.err.splitlines()) == 1
    assert len(ended.err) < 300


@pytest.mark.parametrize(
    "clause", ["within 0h", "within -1h", "in 1e309", "within 1h1h", "between 9-9", "by 31 feb"]
)
def test_a_bad_clause_is_refused_as_an_option_is(later: Run, clause: str) -> None:
    ended = later("add", "call", "mum", *clause.split())
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1)


def test_a_window_of_quiet_hours_alone_is_refused(later: Run, tmp_path: Path) -> None:
    config = tmp_path / "c.toml"
    config.write_text('[quiet]\nhours = "0-12"\ndays = []\n')
    ended = later("add", "call mum", "--between", "3-5", "--config", str(config))
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1)
    assert "0-12" in ended.err


def test_options_stand_anywhere_and_do_what_the_clauses_do(later: Run, store: SyncStore) -> None:
    ended = later("add", "--within", "2d", "stretch", "--tag=health", "--between", "9-18", "a bit")
    assert ended.code == 0
    (reminder,) = kept(store)
    assert (reminder.text, reminder.tags, str(reminder.between)) == (
        "stretch a bit",
        ("health",),
        "9-18",
    )


def test_two_dashes_end_the_options_and_at_the_end_the_clauses(
    later: Run, store: SyncStore
) -> None:
    for argv in (["be there", "in", "5", "--"], ["--", "--json", "within", "3d"], ["--", "--"]):
        later("add", *argv)
    assert {r.text for r in kept(store)} == {"be there in 5", "--json"}


def test_options_in_front_of_the_command_are_the_commands(later: Run, tmp_path: Path) -> None:
    config = tmp_path / "c.toml"
    config.write_text("port = 3")
    ended = later("--config", str(config), "add", "x")
    assert ended.code == 2
    assert str(config) in ended.err


def test_an_option_that_does_not_exist_says_how_to_write_it_as_text(later: Run) -> None:
    ended = later("add", "buy", "-w", "things")
    assert ended.code == 2
    assert "`later add -- -w …`" in ended.err


def test_thoughts_are_read_from_standard_input_one_a_line(later: Run, store: SyncStore) -> None:
    ended = later("add", stdin=b"one\r\n\ntwo within -1h\nthree within 3d\n\xff\xfe last")
    assert ended.code == 2
    assert [line.split("  ")[1] for line in ended.lines] == ["one", "three", "\ufffd\ufffd last"]
    assert len(ended.err.splitlines()) == 1
    assert ended.err.startswith("later: line 3: ")
    assert len(kept(store)) == 3


def test_nothing_on_standard_input_is_said(later: Run) -> None:
    ended = later("add", stdin=b"\n \n")
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1)


def test_the_same_id_is_kept_once(later: Run, store: SyncStore) -> None:
    first = later("add", "--id", "0123456789ab", "one")
    again = later("add", "--id", "0123456789ab", "one")
    assert (first.code, again.code) == (0, 0)
    assert again.out.startswith("was kept before: 012345")
    assert len(kept(store)) == 1
    assert later("add", "--id", "0123456789ac", "--times", "2", "one").code == 2


def test_bytes_that_are_no_utf8_are_seen_and_hurt_nothing(later: Run, store: SyncStore) -> None:
    assert later("add", b"caf\xe9").code == 0
    assert kept(store)[0].text == "caf\ufffd"


def test_three_draws_are_three_reminders(later: Run, store: SyncStore) -> None:
    ended = later("add", "idea", "x3", "within", "1w")
    assert len(ended.lines) == 3
    assert len({r.id for r in kept(store)}) == 3


def test_the_postmark_names_the_folder_from_home(
    later: Run, store: SyncStore, tmp_path: Path
) -> None:
    later("add", "x", env={"HOME": str(tmp_path.parent)})
    origin = kept(store)[0].origin
    assert origin.folder == f"~/{tmp_path.name}"
    assert origin.host == os.uname().nodename


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C", "LC_ALL": "C"},
        {"PYTHONIOENCODING": "ascii"},
        {"TERM": "dumb"},
        {"NO_COLOR": "1"},
        {"PYTHONUTF8": "0", "LC_ALL": "POSIX"},
    ],
)
def test_any_encoding_and_terminal_will_do(
    later: Run, store: SyncStore, env: dict[str, str | None]
) -> None:
    assert later("add", "\u5bff\u53f8 caf\u00e9".encode(), env=env).code == 0
    assert later("list", env=env).code == 0
    (reminder,) = kept(store)
    assert reminder.text == "\u5bff\u53f8 caf\u00e9"
    assert json.loads(later("list", "--json", env=env).out)["text"] == reminder.text


def test_without_a_home_folder_a_thought_is_still_kept(later: Run, store: SyncStore) -> None:
    gone = {"HOME": None, "XDG_CONFIG_HOME": None, "XDG_STATE_HOME": None, "XDG_DATA_HOME": None}
    assert later("add", "x", env=gone).code == 0
