"""A crowd of late reminders is one digest, and none of them is lost."""

import asyncio
from pathlib import Path

from later_tui.channels.base import Notification, Receipt
from later_tui.domain.errors import UnavailableError
from later_tui.domain.reminder import State
from later_tui.store.asyncstore import Store
from later_tui.store.records import View
from tests.making import due_in
from tests.worker.conftest import Workers, eventually
from tests.worker.filechannel import FileChannel

HOUR = 3_600_000


class Seeing(FileChannel):
    """Remembers what it was given to show."""

    def __init__(self, path: Path, **how: object) -> None:
        super().__init__(path, **how)  # type: ignore[arg-type]
        self.seen: list[Notification] = []

    async def send(self, notification: Notification) -> Receipt:
        receipt = await super().send(notification)
        self.seen.append(notification)
        return receipt


async def unanswered(store: Store) -> list[State]:
    page = await store.page("ada", View.UNANSWERED, 0, 1000)
    return [reminder.state for reminder in page.reminders]


async def test_many_that_are_late_come_as_one_digest(
    store: Store, workers: Workers, sent: Path
) -> None:
    for i in range(120):
        await store.add(due_in(-HOUR + i, f"thought {i}"))
    channel = Seeing(sent)
    await workers.start(channel)

    async def all_delivered() -> bool:
        return await unanswered(store) == [State.DELIVERED] * 120

    await eventually(all_delivered)
    await eventually(lambda: channel.seen[-1].count == 120)
    assert len(channel.seen) <= 3
    assert channel.seen[0].text.startswith("thought 0\nthought 1\nthought 2\n… and ")
    assert {n.reminder_id for n in channel.seen} == {"digest.ada"}
    page = await store.page("ada", View.UNANSWERED, 0, 1)
    assert page.reminders[0].deliveries[0].via == "digest, file"


async def test_two_that_are_late_come_one_by_one(
    store: Store, workers: Workers, sent: Path
) -> None:
    new = [due_in(-HOUR, f"{i}") for i in range(2)]
    for one in new:
        await store.add(one)
    channel = Seeing(sent)
    await workers.start(channel)
    await eventually(lambda: len(channel.seen) == 2)
    assert sorted(n.reminder_id for n in channel.seen) == sorted(one.id for one in new)
    assert all(n.lateness_ms >= HOUR for n in channel.seen)


async def test_what_is_on_time_is_never_gathered(
    store: Store, workers: Workers, sent: Path
) -> None:
    for i in range(10):
        await store.add(due_in(300, f"{i}"))
    channel = Seeing(sent)
    await workers.start(channel)
    await eventually(lambda: len(channel.seen) == 10)
    assert {n.count for n in channel.seen} == {1}


async def test_what_is_on_time_comes_alone_in_the_midst_of_a_crowd(
    store: Store, workers: Workers, sent: Path
) -> None:
    for i in range(10):
        await store.add(due_in(-HOUR, f"{i}"))
    channel = Seeing(sent)
    await workers.start(channel)
    new = due_in(400, "now")
    await store.add(new)
    await eventually(lambda: new.id in {n.reminder_id for n in channel.seen})


async def test_a_digest_that_cannot_be_shown_delivers_nothing(
    store: Store, workers: Workers, sent: Path
) -> None:
    for i in range(5):
        await store.add(due_in(-HOUR, f"{i}"))
    channel = Seeing(sent, failures=[UnavailableError("no bus")])
    await workers.start(channel)
    await eventually(lambda: any(s.waiting for s in workers.statuses))
    assert await unanswered(store) == []

    async def all_delivered() -> bool:
        return await unanswered(store) == [State.DELIVERED] * 5

    await eventually(all_delivered)
    assert [n.count for n in channel.seen] == [5]


async def test_other_channels_get_each_their_own(
    store: Store, workers: Workers, sent: Path
) -> None:
    for i in range(5):
        await store.add(due_in(-HOUR, f"{i}", channels=("email",)))
    channel = Seeing(sent, name="email")
    await workers.start(channel)
    await eventually(lambda: len(channel.seen) == 5)
    await asyncio.sleep(0)
    assert {n.count for n in channel.seen} == {1}
