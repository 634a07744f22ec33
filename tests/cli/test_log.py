"""`later log` shows what was logged, or says where that would be."""

import json
from pathlib import Path

import pytest

from tests.cli.running import Run


@pytest.fixture
def log(tmp_path: Path) -> Path:
    file = tmp_path / "data" / "later.log"
    file.parent.mkdir(exist_ok=True)
    return file


def test_the_last_lines_are_shown_and_are_inert(later: Run, log: Path) -> None:
    log.write_bytes(b"".join(b"line %d \x1b[2J\xff\n" % n for n in range(600)))
    ended = later("log")
    assert (ended.code, ended.err, len(ended.lines)) == (0, "", 500)
    assert ended.lines[-1] == "line 599 [2J\ufffd"
    assert later("log", "--limit", "2").lines == ended.lines[-2:]


def test_where_it_is_can_be_asked_for(later: Run, log: Path) -> None:
    assert later("log", "--file").lines == [str(log)]
    log.write_text("one\n")
    assert later("log", "--file").lines == [str(log)]
    assert json.loads(later("log", "--json").out) == {"file": str(log), "lines": ["one"]}


def test_no_log_is_no_fault_and_names_it(later: Run, log: Path) -> None:
    ended = later("log")
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (0, "", 1)
    assert str(log) in ended.err
    assert json.loads(later("log", "--json").out)["lines"] == []


def test_a_log_that_cannot_be_read_is_a_sentence(later: Run, log: Path) -> None:
    log.mkdir()
    ended = later("log")
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (1, "", 1)
    assert f"the log {log} cannot be read: is a directory" in ended.err


def test_what_a_command_logs_is_shown(later: Run, log: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "argparse.py").write_text("raise RuntimeError('nobody foresaw it')")
    later("status", env={"PYTHONPATH": str(broken)})
    assert "RuntimeError: nobody foresaw it" in later("log", "--limit", "2").lines


@pytest.mark.parametrize("argv", [("--limit", "0"), ("--file", "--json"), ("more",)])
def test_bad_arguments_are_a_sentence(later: Run, log: Path, argv: tuple[str, ...]) -> None:
    ended = later("log", *argv)
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1)
