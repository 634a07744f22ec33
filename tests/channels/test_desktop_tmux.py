"""Inside a real tmux: what reaches the terminal around it, and what is said when nothing does."""

import asyncio
import os
import pty
import re
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from later_tui.channels.desktop.terminal import Terminal
from later_tui.domain.errors import UnavailableError
from tests.channels.desktop_rig import note, require

ASKS_NAME = b"\x1b[>q"


class Tmux:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "socket"
        self.seen = b""
        self.name = b"kitty(0.42.1)"
        self.client: subprocess.Popen[bytes] | None = None
        self.terminal = -1

    def run(self, *words: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", str(self.socket), "-f", "/dev/null", *words],
            check=True,
            capture_output=True,
            text=True,
            env={"PATH": os.environ["PATH"], "TERM": "xterm-256color", "HOME": str(self.folder)},
        )
        return done.stdout.strip()

    def attach(self) -> None:
        """Attach a terminal; this test plays it, and says its name when it is asked."""
        self.terminal, inner = pty.openpty()
        self.client = subprocess.Popen(
            ["tmux", "-S", str(self.socket), "attach"],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            start_new_session=True,
            env={"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"},
        )
        os.close(inner)
        asyncio.get_running_loop().add_reader(self.terminal, self._read)

    def _read(self) -> None:
        try:
            data = os.read(self.terminal, 65536)
        except OSError:
            data = b""
        if not data:
            asyncio.get_running_loop().remove_reader(self.terminal)
        self.seen += data
        if ASKS_NAME in data:
            os.write(self.terminal, b"\x1bP>|" + self.name + b"\x1b\\")

    def write(self, sequence: str) -> None:
        """Write as a program in the pane does."""
        Path(self.run("display-message", "-p", "#{pane_tty}")).write_text(sequence)

    async def until_seen(self, pattern: bytes) -> None:
        for _ in range(300):
            if re.search(pattern, self.seen, re.DOTALL):
                return
            await asyncio.sleep(0.01)
        raise AssertionError(self.seen[-2000:])

    async def until_named(self) -> None:
        for _ in range(300):
            named = self.run("display-message", "-p", "#{client_termtype}")
            if named == self.name.decode():
                return
            await asyncio.sleep(0.01)
        raise AssertionError("tmux did not ask the terminal for its name")

    def close(self) -> None:
        self.run("kill-server")
        if self.client is not None:
            self.client.wait(10)
            asyncio.get_running_loop().remove_reader(self.terminal)
            os.close(self.terminal)


@pytest.fixture
def tmux_folder() -> Iterator[Path]:
    require("tmux")
    folder = Path(tempfile.mkdtemp(prefix="later-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
async def tmux(tmux_folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Tmux]:
    tmux = Tmux(tmux_folder)
    tmux.run("new-session", "-d", "-x", "80", "-y", "24", "sleep 1000")
    pane, pid = tmux.run("display-message", "-p", "#{pane_id} #{pid}").split()
    monkeypatch.setenv("TMUX", f"{tmux.socket},{pid},0")
    monkeypatch.setenv("TMUX_PANE", pane)
    monkeypatch.setenv("TERM", "tmux-256color")
    monkeypatch.setenv("TERM_PROGRAM", "tmux")
    for name in ("KITTY_WINDOW_ID", "LC_TERMINAL", "STY", "ZELLIJ"):
        monkeypatch.delenv(name, raising=False)
    yield tmux
    tmux.close()


async def test_with_passthrough_the_terminal_around_tmux_gets_it(tmux: Tmux) -> None:
    tmux.run("set", "-g", "allow-passthrough", "on")
    tmux.attach()
    await tmux.until_named()
    assert (await Terminal(tmux.write).send(note("call mum"))).via == "terminal"
    await tmux.until_seen(
        rb"\x1b\]99;i=later-0123456789ab:d=1:e=1:p=body;Y2FsbCBtdW0=\x1b\\"  # call mum
    )


async def test_without_passthrough_it_is_not_delivered(tmux: Tmux) -> None:
    tmux.run("set", "-g", "allow-passthrough", "off")
    tmux.attach()
    await tmux.until_named()
    with pytest.raises(UnavailableError, match="allow-passthrough all lets it"):
        await Terminal(tmux.write).send(note())


async def test_while_nobody_is_attached_it_is_not_delivered(tmux: Tmux) -> None:
    tmux.run("set", "-g", "allow-passthrough", "on")
    with pytest.raises(UnavailableError, match="no terminal is attached"):
        await Terminal(tmux.write).send(note())


async def test_from_a_window_that_is_not_shown_it_is_not_delivered(tmux: Tmux) -> None:
    tmux.run("set", "-g", "allow-passthrough", "on")
    tmux.attach()
    await tmux.until_named()
    tmux.run("new-window", "sleep 1000")
    with pytest.raises(UnavailableError, match="a window that is not shown"):
        await Terminal(tmux.write).send(note())


async def test_an_unknown_terminal_around_tmux_gets_none_unless_it_is_set(tmux: Tmux) -> None:
    tmux.name = b"Alacritty 0.15"
    tmux.run("set", "-g", "allow-passthrough", "on")
    tmux.attach()
    await tmux.until_named()
    with pytest.raises(UnavailableError, match="not known to show notifications"):
        await Terminal(tmux.write).send(note())
    await Terminal(tmux.write, "osc-9").send(note("call mum"))
    await tmux.until_seen("\x1b]9;later · from you, 19 days ago: call mum\a".encode())


async def test_a_tmux_that_is_gone_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    require("tmux")
    monkeypatch.setenv("TMUX", "/nonexistent/socket,1,0")
    written: list[str] = []
    with pytest.raises(UnavailableError, match="tmux does not answer"):
        await Terminal(written.append).send(note())
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(UnavailableError, match="tmux does not answer"):
        await Terminal(written.append).send(note())
    assert written == []
