"""A tmux of a test's own, and the terminal around it, which the test plays."""

import asyncio
import os
import pty
import re
import subprocess
from pathlib import Path

import pytest

from tests.channels.desktop_rig import until

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
            env={
                "PATH": os.environ["PATH"],
                "TERM": "xterm-256color",
                "HOME": str(self.folder),
                "SHELL": "/bin/sh",  # a user of services has none
            },
        )
        return done.stdout.strip()

    def attach(self, session: str = "") -> None:
        """Attach a terminal; this test plays it, and says its name when it is asked."""
        self.terminal, inner = pty.openpty()
        self.client = subprocess.Popen(
            ["tmux", "-S", str(self.socket), "attach", *(["-t", session] if session else [])],
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
        await until(lambda: re.search(pattern, self.seen, re.DOTALL))

    async def until_named(self) -> None:
        name = self.name.decode()
        await until(lambda: self.run("display-message", "-p", "#{client_termtype}") == name)

    def screen(self) -> list[str]:
        """Return the lines that the terminal around tmux shows."""
        pyte = pytest.importorskip("pyte", reason="the package pyte is not installed")
        screen = pyte.Screen(80, 24)
        pyte.ByteStream(screen).feed(self.seen)
        return [line.rstrip() for line in screen.display]

    def close(self) -> None:
        self.run("kill-server")
        if self.client is not None:
            self.client.wait(30)
            asyncio.get_running_loop().remove_reader(self.terminal)
            os.close(self.terminal)
