"""Every end of a command is an exit code and at most one sentence."""

import os
import pty
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from later_tui.store.syncstore import SyncStore
from tests.cli.running import Run

COMMANDS = ("add", "list", "done", "again", "let-go", "snooze", "status", "worker")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(later: Run, command: str) -> None:
    ended = later(command, "--help")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"usage: later {command} ")
    assert "examples:" in ended.out
    assert later(command, "--version").out == later("--version").out


def test_help_names_every_command(later: Run) -> None:
    ended = later("--help")
    assert ended.code == 0
    assert all(f"\n  {command} " in ended.out for command in COMMANDS)


@pytest.mark.parametrize(
    "argv",
    [
        ["lst"],
        ["--frobnicate"],
        ["-x"],
        ["list", "--frobnicate"],
        ["list", "extra"],
        ["list", "--limit", "x"],
        ["list", "--limit", "0"],
        ["list", "--past", "--unanswered"],
        ["done"],
        ["done", ""],
        ["done", "\x1b[2J"],
        ["snooze"],
        ["snooze", "a3f9"],
        ["snooze", "20m"],
        ["snooze", "a3f9", "1h1h"],
        ["snooze", "a3f9", "until", "yesterday"],
        ["snooze", "a3f9", "until"],
        ["--redis"],
        ["add", "--within"],
        ["list", "--redis", "http://x"],
        ["list", "--config", "/nonexistent"],
        ["\x1b]0;x\x07"],
    ],
)
def test_bad_arguments_are_one_sentence_and_exit_code_2(later: Run, argv: list[str]) -> None:
    ended = later(*argv)
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1)
    assert ended.err.startswith("later: ")


@pytest.mark.parametrize("command", ["list", "status", "done x", "snooze x 20m"])
def test_no_redis_at_the_address_is_one_sentence_and_exit_code_1(later: Run, command: str) -> None:
    ended = later(*command.split(), "--redis", "redis://user:sesame@127.0.0.1:1/0")
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (1, "", 1)
    assert "127.0.0.1" in ended.err
    assert "sesame" not in ended.err


def test_the_app_without_a_terminal_says_what_works_without_one(later: Run) -> None:
    ended = later()
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (1, "", 1)
    assert "needs a terminal" in ended.err
    assert "later add" in ended.err


@pytest.mark.parametrize(
    ("term", "piped", "says"),
    [("dumb", False, "that can move its cursor"), ("xterm", True, "and this is none")],
)
def test_the_app_says_what_is_no_terminal_for_it(
    environment: dict[str, str], tmp_path: Path, term: str, piped: bool, says: str
) -> None:
    main, terminal = pty.openpty()
    with (tmp_path / "err").open("wb") as file:
        ended = subprocess.run(
            [sys.executable, "-m", "later_tui"],
            env={**environment, "TERM": term},
            stdin=terminal,
            stdout=terminal,
            stderr=file if piped else terminal,
            timeout=60,
            check=False,
        )
    told = (tmp_path / "err").read_text() if piped else os.read(main, 4096).decode()
    os.close(main)
    os.close(terminal)
    assert ended.returncode == 1
    assert told.startswith("later: the app needs a terminal")
    assert says in told
    assert told.count("\n") == 1


def test_a_reader_that_goes_away_is_no_error(
    later: Run, store: SyncStore, environment: dict[str, str]
) -> None:
    later("add", stdin=b"".join(b"thought %d %s\n" % (n, b"x" * 900) for n in range(150)))
    with subprocess.Popen(
        [sys.executable, "-m", "later_tui", "list"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_a_reader_that_never_came_is_no_error(
    store: SyncStore, environment: dict[str, str]
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(
        [sys.executable, "-m", "later_tui", "status"],
        env=environment,
        stdout=writer,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (141, b"")


def test_a_full_disk_behind_the_output_is_one_sentence(
    store: SyncStore, environment: dict[str, str]
) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "later_tui", "status"],
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert ended.returncode == 1
    assert ended.stderr == b"later: the output cannot be written: no space left on device\n"


def test_an_interrupt_ends_a_command_quietly(environment: dict[str, str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "later_tui", "add"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"within\n")
        process.stdin.flush()
        # It waits for the second line once it has complained about, or kept, the first.
        process.stdin.write(b"x within 0h\n")
        process.stdin.flush()
        assert process.stderr.readline().startswith(b"later: line 2: ")
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b""
    # A shell calls both of them 130. Python takes the signal itself for its end where it came while
    # a dataclass was being made.
    assert process.returncode in (130, -signal.SIGINT)


def broken_argparse(folder: Path, words: str) -> str:
    """Return a search path on which the import of `argparse` fails, as nobody foresees."""
    (folder / "broken").mkdir()
    (folder / "broken" / "argparse.py").write_text(f"raise RuntimeError({words!r})")
    return os.pathsep.join([str(folder / "broken"), os.environ.get("PYTHONPATH", "")])


def test_what_nobody_foresaw_goes_to_a_log_that_only_the_user_reads(
    later: Run, tmp_path: Path
) -> None:
    broken = broken_argparse(tmp_path, "the password is sesame")
    log = tmp_path / "data" / "later.log"
    log.parent.mkdir()
    log.touch(0o644)
    ended = later(
        "status",
        "--json",
        env={
            "PYTHONPATH": broken,
            "LATER_REDIS_HOST": "127.0.0.1",
            "LATER_REDIS_PORT": "1",
            "LATER_REDIS_PASSWORD": "sesame",
        },
    )
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (1, "", 1)
    assert str(log) in ended.err
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    written = log.read_text()
    assert "RuntimeError: the password is [secret]" in written
    assert "sesame" not in written


def test_a_log_that_cannot_be_written_is_said(later: Run, tmp_path: Path) -> None:
    broken = broken_argparse(tmp_path, "")
    (tmp_path / "data").write_text("a file in the folder's place")
    ended = later(
        "status",
        "--json",
        env={"PYTHONPATH": broken, "LATER_REDIS_HOST": "127.0.0.1", "LATER_REDIS_PORT": "1"},
    )
    assert (ended.code, len(ended.err.splitlines())) == (1, 1)
    assert "log could not be written" in ended.err
