"""The command `later` in a terminal: it opens, it ends, and it leaves nothing behind."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from later_tui.ui.run import farewell
from tests.widgets.test_demos import read_until

STARTS, ENDS = b"\x1b[?1049h", b"\x1b[?1049l"


class Terminal:
    """`later` on a terminal of its own."""

    def __init__(self, home: Path, *, program: str = "", **environ: str) -> None:
        """`program` is Python to run instead of the command."""
        self.master, theirs = pty.openpty()
        self._size(100, 30)
        inherited = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
        env = {
            **inherited,
            "HOME": str(home),
            "LATER_DATA_DIR": str(home / "data"),
            "TERM": "xterm-256color",
            **environ,
        }
        self.process = subprocess.Popen(
            [sys.executable, *(["-c", program] if program else ["-m", "later_tui"])],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=env,
            start_new_session=True,
        )
        os.close(theirs)

    def resize(self, width: int, height: int) -> None:
        """Give the terminal another size, as a person does who pulls at its corner."""
        self._size(width, height)
        self.process.send_signal(signal.SIGWINCH)

    def _size(self, width: int, height: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def see(self, words: str, seconds: float = 60) -> bytes:
        return read_until(self.master, words.encode(), seconds)

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def rest(self) -> str:
        """Return what is written until the end."""
        seen = b""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                if select.select([self.master], [], [], 0.2)[0]:
                    if not (data := os.read(self.master, 65536)):
                        break
                    seen += data
                elif self.process.poll() is not None:
                    break
            except OSError:
                break
        return seen.decode(errors="replace")

    def close(self) -> None:
        # Politely, so that its private server ends with it.
        self.process.terminate()
        self.rest()
        self.process.kill()
        self.process.wait()
        os.close(self.master)


def waiting(output: str) -> int:
    """Return how many reminders are said to wait after the end, in Redis or for it."""
    after = output.split(ENDS.decode())[-1]
    return sum(map(int, re.findall(r"(\d+) reminders? waits? (?:for|on)", after)))


@pytest.fixture
def later(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path)
    yield terminal
    terminal.close()


def test_leaving_with_reminders_says_that_they_wait(later: Terminal) -> None:
    later.see("here")
    later.type("a")
    later.see("enter")
    later.type("call mum within 3d\r")
    later.see("kept; it comes back")
    later.type("\x1b")
    later.see("again")
    later.type("q")
    said = later.rest()
    assert later.process.wait(60) == 0
    after = said.split(ENDS.decode())[-1]
    assert "1 reminder waits for the next start" in after
    assert "Traceback" not in said


def test_leaving_with_words_in_the_box_gives_them_back(later: Terminal) -> None:
    later.see("here")
    later.type("a")
    later.see("enter")
    later.type("half a thought")
    later.see("within 2 weeks")
    later.type("\x11")  # ctrl+q
    said = later.rest()
    assert later.process.wait(60) == 0
    assert "half a thought" in said.split(ENDS.decode())[-1]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_restores_the_terminal(later: Terminal, number: signal.Signals) -> None:
    later.see("here")
    later.process.send_signal(number)
    said = later.rest()
    later.process.wait(60)
    assert ENDS.decode() in said
    assert "Traceback" not in said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_as_it_opens_is_no_fault(later: Terminal, number: signal.Signals) -> None:
    later.see("\x1b[?1049h")
    later.process.send_signal(number)
    said = later.rest()
    assert "unexpected" not in said
    assert "\x1b[?1049l" in said
    assert later.process.wait(60) == 0


def test_without_colours_it_is_all_there(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, NO_COLOR="1")
    try:
        seen = terminal.see("here").decode(errors="replace")
        colours = set(re.findall(r"38;2;(\d+);(\d+);(\d+)", seen))
        assert all(red == green == blue for red, green, blue in colours)
        terminal.type("q")
        terminal.rest()
        assert terminal.process.wait(60) == 0
    finally:
        terminal.close()


@pytest.mark.parametrize("theme", ["later-ansi", "ansi-dark", "ansi-light"])
def test_without_colours_the_terminals_own_are_used_and_not_black_on_black(
    tmp_path: Path, theme: str
) -> None:
    terminal = Terminal(tmp_path, NO_COLOR="1", LATER_THEME=theme)
    try:
        seen = terminal.see("here").decode(errors="replace")
        assert not re.findall(r"\x1b\[[0-9;]*(?:38|48);[25];[0-9;]*m|\x1b\[(?:3|4)[0-7]m", seen)
    finally:
        terminal.close()


def test_an_enter_is_not_overtaken_by_the_key_that_leaves(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    try:
        terminal.see("here")
        terminal.type("a")
        terminal.see("palette")
        for at in range(3):
            terminal.type(f"thought {at}")
            time.sleep(0.2)
            terminal.type("\r" if at < 2 else "\r\x11")  # ctrl+q
        said = terminal.rest()
        assert waiting(said) == 3
        assert "did not press Enter" not in said
    finally:
        terminal.close()


def test_a_paste_with_an_escape_is_text_in_the_box(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    try:
        terminal.see("here")
        terminal.type("a")
        terminal.see("palette")
        terminal.type("\x1b[200~hello \x1b[31mred\x1b[0m\tx\x1b[201~")
        terminal.see("hello red x")
        terminal.type("\x11")
        assert "hello red x" in terminal.rest().rpartition("Not kept")[2]
    finally:
        terminal.close()


def test_the_farewell_is_brief_and_inert() -> None:
    assert farewell(None, "") == farewell(0, "") == ""
    assert farewell(0, "call mum", unsure=True).startswith("Perhaps not kept")
    assert farewell(1, "").startswith("1 reminder waits for the next start")
    assert farewell(41, "").startswith("41 reminders wait for the next start")
    assert farewell(0, "", here=1).startswith("1 reminder waits on this machine")
    assert len(farewell(2, "", here=3).splitlines()) == 2
    said = farewell(0, "\x1b[2Jcall mum")
    assert "call mum" in said
    assert "\x1b" not in said


def test_an_empty_no_color_means_nothing(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, NO_COLOR="", COLORTERM="truecolor")
    try:
        seen = terminal.see("here").decode(errors="replace")
        colours = set(re.findall(r"38;2;(\d+);(\d+);(\d+)", seen))
        assert any(len(set(colour)) > 1 for colour in colours)
    finally:
        terminal.close()
