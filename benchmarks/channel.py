"""Channels that write down what they are given; the workers find them as any installed channel."""

import asyncio
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from later_tui.channels.base import Availability, ChannelContext, Notification, Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class RecorderOptions:
    file: str
    """Where the lines go."""
    slow_s: float = 0.0
    """How long a send takes, s."""


class Recorder:
    """Appends a line when a send begins and one when it ends, at once: a kill takes none away."""

    name = "bench"
    idempotent = True
    Options: ClassVar = RecorderOptions

    def __init__(self, options: RecorderOptions, _context: ChannelContext) -> None:
        self._slow_s = options.slow_s
        self._file = os.open(options.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    async def send(self, notification: Notification) -> Receipt:
        self._write("began", notification)
        if self._slow_s:
            await asyncio.sleep(self._slow_s)
            self._write("ended", notification)
        return Receipt(via="file", proof="a line")

    def _write(self, what: str, notification: Notification) -> None:
        late_us = time.time_ns() // 1000 - notification.due_at * 1000
        os.write(self._file, f"{what} {notification.reminder_id} {late_us}\n".encode())

    async def available(self) -> Availability:
        return Availability(ok=True, via="file")

    async def withdraw(self, reminder_id: str) -> None:
        """A line stays."""

    async def aclose(self) -> None:
        os.close(self._file)


class Once(Recorder):
    """The same, but its sends must not be repeated."""

    name = "once"
    idempotent = False


@dataclass(frozen=True, slots=True)
class Sent:
    """One line: a send of a reminder began or ended, so long after its time."""

    what: str
    reminder_id: str
    late_ms: float


def sent(file: Path) -> list[Sent]:
    """Return all lines that are whole."""
    if not file.exists():
        return []
    lines = file.read_text().rpartition("\n")[0].splitlines()
    told = (line.split() for line in lines)
    return [Sent(what, name, int(late) / 1000) for what, name, late in told]
