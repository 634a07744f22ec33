"""Channels that write down what they are given; the workers find them as any installed channel."""

import asyncio
import os
import time
from dataclasses import dataclass
from pathlib import Path

from later_tui.channels.base import Availability, ChannelContext, Notification, Receipt


class Recorder:
    """Appends a line when a send begins and one when it ends, at once: a kill takes none away."""

    def __init__(self, name: str, idempotent: bool, file: Path, slow_s: float) -> None:
        self.name = name
        self.idempotent = idempotent
        self._slow_s = slow_s
        self._file = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

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


def open_bench(context: ChannelContext) -> Recorder:
    """Open the channel whose sends may be repeated."""
    return _opened("bench", True, context)


def open_once(context: ChannelContext) -> Recorder:
    """Open the channel whose sends must not be repeated."""
    return _opened("once", False, context)


def _opened(name: str, idempotent: bool, context: ChannelContext) -> Recorder:
    slow = context.options.get("slow_s", 0.0)
    if not isinstance(slow, float):
        raise TypeError("slow_s is a number of seconds, such as 0.2")
    return Recorder(name, idempotent, Path(str(context.options["file"])), slow)


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
