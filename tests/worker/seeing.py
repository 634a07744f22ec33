"""A channel that remembers, and what else the tests of routes and nags need."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from later_tui.channels.base import Notification, Receipt
from later_tui.domain.hours import Hours
from later_tui.domain.quiet import Quiet
from later_tui.domain.reminder import NewReminder, Reminder, State
from later_tui.domain.route import read_route
from later_tui.store.asyncstore import Store
from tests.making import due_in
from tests.worker.conftest import eventually
from tests.worker.filechannel import FileChannel

MINUTE, HOUR = 60_000, 3_600_000


class Seeing(FileChannel):
    """Remembers what it was given."""

    def __init__(self, path: Path, **how: object) -> None:
        super().__init__(path, **how)  # type: ignore[arg-type]
        self.seen: list[Notification] = []

    async def send(self, notification: Notification) -> Receipt:
        receipt = await super().send(notification)
        self.seen.append(notification)
        return receipt


def routed(route: str, due: int = 100, **more: object) -> NewReminder:
    read = read_route(route)
    return due_in(due, channels=read.channels, steps=read.steps, **more)


async def reaches(store: Store, new: NewReminder, channel: str, state: State) -> Reminder:
    """Wait until a delivery has a state."""

    async def is_so() -> bool:
        kept = await store.get(new.id)
        return any(d.channel == channel and d.state is state for d in kept.deliveries)

    await eventually(is_so, 30)
    return await store.get(new.id)


def quiet_now() -> Quiet:
    """Quiet hours that began an hour ago and end in an hour."""
    here = datetime.now(UTC)
    minute = here.hour * 60 + here.minute
    hours = Hours((minute - 60) % 1440, (minute + 60) % 1440)
    return Quiet((hours,), zone=ZoneInfo("UTC"))
