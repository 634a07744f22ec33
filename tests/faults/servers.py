"""Real servers for tests: started on free loopback ports, frozen, killed, and always ended."""

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any, Self

from later_tui.domain.errors import StoreError
from later_tui.store.address import Address
from later_tui.store.command import command
from later_tui.store.serverfiles import find_program
from later_tui.store.wire import Wire
from tests.ports import HOST, free_port

PATIENCE_S = 30.0
"""Against hanging only: a slow machine may take its time."""


def redis_program() -> str:
    """Return the redis-server of this machine, or the server that is installed with us."""
    return shutil.which("redis-server") or find_program()


def until(what: Callable[[], object], seconds: float = PATIENCE_S, step: float = 0.02) -> float:
    """Wait until `what` is true and return how long it took, s; StoreError means not yet."""
    begun = time.monotonic()
    trouble = ""
    while True:
        try:
            if what():
                return time.monotonic() - begun
        except StoreError as error:
            trouble = str(error)
        assert time.monotonic() - begun < seconds, f"it did not happen in time {trouble}"
        time.sleep(step)


class Server:
    """One server in a folder of its own."""

    def __init__(
        self, folder: Path, lines: Sequence[str] = (), *, program: str = "", sentinel: bool = False
    ) -> None:
        self.folder = folder
        self.port = free_port()
        self._program = program or find_program()
        self._sentinel = sentinel
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True)
        own = ["port {port}", "bind 127.0.0.1", "dir {folder}"]
        if not sentinel:
            own += ['save ""']
        if not any(line.startswith("appendonly") for line in lines) and not sentinel:
            own += ["appendonly no"]
        text = "\n".join((*own, *lines, ""))
        self.config = folder / "server.conf"
        self.config.write_text(text.format(port=self.port, folder=folder))

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def place(self) -> str:
        return f"{HOST}:{self.port}"

    def start(self) -> Self:
        """Start it and return once it answers anything at all."""
        mode = ["--sentinel"] if self._sentinel else []
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._program, str(self.config), *mode], stdout=log, stderr=log
            )
        until(self._listens)
        return self

    def _listens(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, (self.folder / "log").read_text()
        try:
            socket.create_connection((HOST, self.port), 1).close()
        except OSError:
            return False
        return True

    def send(self, number: int) -> None:
        os.kill(self.pid, number)

    def freeze(self) -> None:
        self.send(signal.SIGSTOP)

    def thaw(self) -> None:
        self.send(signal.SIGCONT)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        """End it as its owner would."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(PATIENCE_S)

    def ask(
        self, *words: str | int, timeout_s: float = PATIENCE_S, password: str | None = None
    ) -> Any:
        """Return the reply to a command."""
        with Wire(Address(host=HOST, port=self.port, password=password), timeout_s) as wire:
            [reply] = wire.execute([command(*words)])
        return reply

    def told(self, section: str, name: str) -> str:
        """Return one line of INFO."""
        text = self.ask("INFO", section).decode()
        lines = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
        return lines.get(name, "")


class Servers:
    """Makes servers, and ends them all with the test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._all: list[Server] = []

    def make(self, *lines: str, program: str = "", sentinel: bool = False) -> Server:
        folder = self._folder / f"server{len(self._all)}"
        server = Server(folder, lines, program=program, sentinel=sentinel)
        self._all.append(server)
        return server

    def start(self, *lines: str, program: str = "") -> Server:
        return self.make(*lines, program=program).start()

    def close(self) -> None:
        for server in self._all:
            server.kill()  # a frozen one, too


async def taken(server: Server, many: int) -> AsyncIterator[asyncio.StreamWriter]:
    """Yield so many connections that the server has taken: it answers each."""
    found = 0
    while found < many:
        reader, writer = await asyncio.open_connection(HOST, server.port)
        reply = b""
        with contextlib.suppress(ConnectionError):
            writer.write(b"PING\r\n")
            reply = await reader.read(64)
        if reply == b"+PONG\r\n":
            found += 1
            yield writer
        else:
            writer.close()
