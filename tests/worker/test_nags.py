"""Nags with a real worker: again and again until there is an answer, never in quiet hours."""

import asyncio
from dataclasses import replace
from pathlib import Path

from later_tui.config.settings import Settings
from later_tui.domain.errors import (
    TransientError,
)
from later_tui.domain.reminder import Answer, State
from later_tui.store.asyncstore import Store
from later_tui.store.command import Flow, command
from later_tui.store.keys import Keys
from tests.making import due_in, now_ms
from tests.worker.conftest import Workers, eventually
from tests.worker.seeing import HOUR, MINUTE, Seeing, quiet_now


async def test_it_nags_until_it_is_answered(
    store: Store, workers: Workers, sent: Path, settings: Settings
) -> None:
    new = due_in(100, nag_ms=300)
    await store.add(new)
    desktop = Seeing(sent)
    await workers.start(desktop)
    await eventually(lambda: len(desktop.seen) >= 3, 30)
    await store.answer(settings, new.id, Answer.DONE, now=now_ms())
    await eventually(lambda: bool(desktop.withdrawn), 30)
    seen = len(desktop.seen)
    assert [n.nag for n in desktop.seen] == list(range(seen))
    assert len({n.message_id for n in desktop.seen}) == seen
    assert {n.attempt for n in desktop.seen} == {1}
    assert all(n.lateness_ms < MINUTE for n in desktop.seen)
    await asyncio.sleep(1)
    assert len(desktop.seen) == seen


async def test_a_retry_of_a_nag_is_the_same_message(
    store: Store, workers: Workers, sent: Path
) -> None:
    new = due_in(100, nag_ms=100)
    await store.add(new)
    desktop = Seeing(sent)
    await workers.start(desktop)
    await eventually(lambda: bool(desktop.seen), 30)
    desktop.failures.append(TransientError("busy"))

    async def waits_for_a_retry() -> bool:
        return (await store.get(new.id)).deliveries[0].error == "busy"

    await eventually(waits_for_a_retry, 30)
    kept = await store.get(new.id)
    assert kept.state is State.DELIVERED
    assert kept.deliveries[0].attempt == 1


async def test_a_nag_never_comes_in_quiet_hours(store: Store, workers: Workers, sent: Path) -> None:
    workers.settings = replace(workers.settings, quiet=quiet_now())
    new = due_in(100, nag_ms=200)
    await store.add(new)
    desktop = Seeing(sent)
    await workers.start(desktop)
    await eventually(lambda: bool(desktop.seen), 30)

    async def nags_later() -> bool:
        at = (await store.get(new.id)).deliveries[0].at
        return at is not None and at > now_ms() + 58 * MINUTE

    await eventually(nags_later, 30)
    assert len(desktop.seen) == 1


async def test_nags_that_are_on_time_are_no_crowd(
    store: Store, workers: Workers, sent: Path
) -> None:
    for i in range(5):
        await store.add(due_in(100, f"{i}", nag_ms=1500))
    desktop = Seeing(sent)
    await workers.start(desktop)
    await eventually(lambda: len([n for n in desktop.seen if n.nag == 1]) >= 5, 30)
    assert {n.count for n in desktop.seen} == {1}


async def test_a_series_goes_on_once_though_its_reminder_nags(
    store: Store, workers: Workers, sent: Path
) -> None:
    new = due_in(100, every="1d", nag_ms=200)
    await store.add(new)
    desktop = Seeing(sent)
    await workers.start(desktop)
    await eventually(lambda: len(desktop.seen) >= 3, 30)
    counts = await store.counts("ada")
    assert (counts.upcoming, counts.past) == (1, 1)


async def test_nags_that_are_late_together_come_as_one_digest(
    store: Store, workers: Workers, sent: Path
) -> None:
    news = [due_in(100, f"{i}", nag_ms=HOUR) for i in range(5)]
    for new in news:
        await store.add(new)
    first = Seeing(sent)
    worker = await workers.start(first)
    await eventually(lambda: len(first.seen) == 5, 30)
    await workers.stop(worker)
    for new in news:  # the machine slept
        at = now_ms() - HOUR

        def asleep(name: str = new.id, at: int = at) -> Flow[None]:
            yield [
                command("HSET", Keys().task(name), "at:desktop", at),
                command("ZADD", Keys().lane("desktop", "ada"), at, name),
            ]

        await store.run(asleep())
    later = Seeing(sent)
    await workers.start(later)
    await eventually(lambda: bool(later.seen) and later.seen[-1].count == 5, 30)
    assert {n.reminder_id for n in later.seen} == {"digest.ada"}
    for new in news:
        [delivery] = (await store.get(new.id)).deliveries
        assert (delivery.nag, delivery.nagging) == (2, True)
