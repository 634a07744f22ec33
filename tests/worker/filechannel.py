"""A channel whose deliveries are lines of a file: they outlive any kill -9 of the worker."""

import asyncio
import os
import time
from pathlib import Path

from later_tui.channels.base import Availability, Notification, Receipt
from later_tui.domain.errors import DeliveryError


class FileChannel:
    """Appends `id token-less-round sent_at_ms` for each send; slow or failing when told so."""

    def __init__(
        self,
        path: Path,
        *,
        name: str = "desktop",
        idempotent: bool = True,
        slow_s: float = 0.0,
        failures: list[DeliveryError] | None = None,
    ) -> None:
        self.name = name
        self.idempotent = idempotent
        self.path = path
        self.slow_s = slow_s
        self.failures = failures or []
        self.answer = Availability(ok=True, via="file")
        self.withdrawn: list[str] = []

    async def send(self, notification: Notification) -> Receipt:
        line = f"{notification.reminder_id} {notification.round} {time.time_ns() // 1_000_000}\n"
        if self.failures:
            raise self.failures.pop(0)
        # The line is written at once: it is what the outside world saw.
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, line.encode())
        finally:
            os.close(handle)
        await asyncio.sleep(self.slow_s)
        return Receipt(via="file", proof="a line")

    async def available(self) -> Availability:
        return self.answer

    async def withdraw(self, reminder_id: str) -> None:
        self.withdrawn.append(reminder_id)

    async def aclose(self) -> None:
        pass


def lines(path: Path) -> list[tuple[str, int, int]]:
    """Return (reminder id, round, sent at) of every send so far."""
    if not path.exists():
        return []
    told = [line.split() for line in path.read_text().splitlines()]
    return [(name, int(round_), int(at)) for name, round_, at in told]
