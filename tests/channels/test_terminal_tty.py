"""A worker without the app writes to a real terminal: the one it runs in, or the one named."""

import asyncio
import os
import pty
import select
import stat
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from later_tui.channels.base import ChannelContext
from later_tui.channels.options import read_options
from later_tui.channels.terminal import Terminal, tty
from later_tui.domain.errors import TransientError, UnavailableError
from tests.channels.desktop_rig import BAD_TEXTS, note

MARK = b"<end>"
SHOWN = "later · from you, 19 days ago: call mum"


class Pty:
    """A terminal which the test plays."""

    def __init__(self) -> None:
        self.ours, self.theirs = pty.openpty()
        self.path = os.ttyname(self.theirs)

    def read(self) -> bytes:
        """All that was written so far: the kernel hands it over in its own time, but in order."""
        os.write(self.theirs, MARK)
        read = b""
        while not read.endswith(MARK):
            assert select.select([self.ours], [], [], 30)[0], f"only {read!r} came"
            read += os.read(self.ours, 65536)
        return read.removesuffix(MARK)

    def close(self) -> None:
        os.close(self.ours)
        os.close(self.theirs)


@pytest.fixture
def terminal() -> Iterator[Pty]:
    terminal = Pty()
    yield terminal
    terminal.close()


def opened(path: str | None, **options: object) -> Terminal:
    table = options if path is None else {"tty": path, **options}
    return Terminal(read_options(Terminal.Options, table, "channel.terminal"), ChannelContext())


async def test_a_named_terminal_gets_a_line_and_the_bell(terminal: Pty) -> None:
    channel = opened(terminal.path)
    answer = await channel.available()
    assert (answer.ok, answer.via) == (True, "line")
    assert answer.reason.startswith(f"it is not known which terminal {terminal.path} is")
    receipt = await channel.send(note("call mum"))
    assert (receipt.via, receipt.proof) == ("line", "")
    written = terminal.read()
    assert written.count(b"\a") == 1
    pyte = pytest.importorskip("pyte", reason="the package pyte is not installed")
    screen = pyte.Screen(80, 24)
    pyte.ByteStream(screen).feed(b"$ typed half" + written)
    lines = [line.rstrip() for line in screen.display]
    assert lines[:3] == ["$ typed half", SHOWN, ""]
    assert (screen.cursor.x, screen.cursor.y) == (0, 2)


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS.keys())
async def test_no_text_moves_the_terminal(text: str, terminal: Pty) -> None:
    await opened(terminal.path, bell=False).send(note(text))
    written = terminal.read().decode()
    assert not set(written) & {chr(code) for code in (*range(9), 11, 12, *range(14, 32), 127)}
    assert not set(written) & {chr(code) for code in range(0x80, 0xA0)}
    assert written.count("\n") == 2


async def test_the_named_terminal_can_be_told_by_its_own_sequence(terminal: Pty) -> None:
    channel = opened(terminal.path, escape="osc-99")
    assert (await channel.send(note("call mum"))).via == "osc-99"
    assert b";Y2FsbCBtdW0=\x1b\\" in terminal.read()
    await channel.withdraw("0123456789ab")
    assert terminal.read() == b"\x1b]99;i=later-0123456789ab:p=close;\x1b\\"


async def test_the_worker_s_own_tmux_is_not_around_a_named_terminal(
    terminal: Pty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMUX", "/nonexistent,1,0")
    monkeypatch.setenv("TERM", "xterm-kitty")
    await opened(terminal.path, escape="osc-9", bell=False).send(note("call mum"))
    assert terminal.read() == f"\x1b]9;{SHOWN}\a".encode()
    assert (await opened(terminal.path).available()).via == "line"


async def test_a_terminal_that_is_gone_is_said(terminal: Pty) -> None:
    path = "/dev/pts/999999"
    channel = opened(path)
    answer = await channel.available()
    assert not answer.ok
    assert answer.reason == f"the terminal {path} cannot be opened: no such file or directory"
    with pytest.raises(UnavailableError, match="cannot be opened"):
        await channel.send(note())


async def test_what_is_no_terminal_is_not_written_to(tmp_path: Path) -> None:
    file, fifo = tmp_path / "file", tmp_path / "fifo"
    file.write_text("kept")
    os.mkfifo(fifo)
    for path in (file, fifo, tmp_path):
        with pytest.raises(UnavailableError, match="is not a terminal"):
            tty.write(str(path), "x")
    assert file.read_text() == "kept"
    with pytest.raises(UnavailableError, match=r"not a terminal|another user's|cannot be opened"):
        tty.write("/dev/null", "x")


async def test_another_user_s_terminal_is_not_written_to(
    terminal: Pty, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stat.S_ISCHR(os.stat(terminal.path).st_mode)  # noqa: PTH116
    monkeypatch.setattr(os, "getuid", lambda: os.stat(terminal.path).st_uid + 1)  # noqa: PTH116
    answer = await opened(terminal.path).available()
    assert answer.reason == f"the terminal {terminal.path} is another user's"
    with pytest.raises(UnavailableError, match="another user's"):
        await opened(terminal.path).send(note())
    assert terminal.read() == b""


async def test_a_terminal_that_takes_nothing_is_tried_again(terminal: Pty) -> None:
    termios.tcflow(terminal.theirs, termios.TCOOFF)  # as by Ctrl-S
    refused = 0
    for _ in range(100):
        try:
            await opened(terminal.path).send(note("x" * 400))
        except TransientError as error:
            refused += "does not take it now" in str(error)
    assert refused
    termios.tcflow(terminal.theirs, termios.TCOON)


PROGRAM = """
import asyncio, os, sys
from later_tui.channels.base import ChannelContext
from later_tui.channels.options import read_options
from later_tui.channels.terminal import Terminal
from tests.channels.desktop_rig import note

async def main():
    channel = Terminal(read_options(Terminal.Options, {}, "x"), ChannelContext())
    print(await channel.available(), file=sys.stderr)
    try:
        print(await channel.send(note("call mum")), file=sys.stderr)
    except Exception as error:
        print(type(error).__name__, error, file=sys.stderr)

if sys.argv[1:] == ["in background"]:
    import signal, termios
    settings = termios.tcgetattr(0)
    settings[3] |= termios.TOSTOP
    termios.tcsetattr(0, termios.TCSANOW, settings)
    if (child := os.fork()):
        _, status = os.waitpid(child, os.WUNTRACED)
        print("stopped" if os.WIFSTOPPED(status) else "not stopped", file=sys.stderr)
        sys.exit()
    os.setpgid(0, 0)
asyncio.run(main())
"""


def run_in(terminal: Pty, *words: str) -> str:
    """Run the channel as a worker does that was started in the terminal."""
    script = "import os, sys; os.setsid(); import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY)"
    process = subprocess.run(
        [sys.executable, "-c", f"{script}\n{PROGRAM}", *words],
        stdin=terminal.theirs,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={"PATH": os.environ["PATH"], "TERM": "xterm-256color"},
        text=True,
        timeout=60,
    )
    return process.stderr


async def test_a_worker_writes_to_the_terminal_that_it_runs_in(terminal: Pty) -> None:
    said = await asyncio.to_thread(run_in, terminal)
    assert "Receipt(via='line', proof='')" in said
    assert SHOWN in terminal.read().decode()


async def test_a_worker_in_the_background_is_not_stopped_by_it(terminal: Pty) -> None:
    said = await asyncio.to_thread(run_in, terminal, "in background")
    assert "Receipt(via='line', proof='')" in said
    assert "not stopped" in said
    assert SHOWN in terminal.read().decode()


def test_a_worker_in_no_terminal_says_so() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        start_new_session=True,
        text=True,
        timeout=60,
    )
    words = "this worker runs in no terminal; set tty in [channel.terminal]"
    assert f"reason='{words}'" in done.stderr
    assert f"UnavailableError {words}" in done.stderr
