"""The worker delivers what is due, when it is due, and nothing around it stops that."""

import asyncio
import logging
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from later_tui.channels.base import Availability
from later_tui.config.settings import Settings
from later_tui.domain.reminder import Answer, State
from later_tui.domain.window import Window
from later_tui.store.asyncstore import Store
from later_tui.store.command import command
from later_tui.store.records import View
from later_tui.worker.status import WorkerState
from tests.making import due_in, made, now_ms
from tests.worker.conftest import Workers, eventually
from tests.worker.filechannel import FileChannel, lines


async def states(store: Store, reminder_id: str) -> State:
    return (await store.get(reminder_id)).state


def is_in(store: Store, reminder_id: str, state: State):  # type: ignore[no-untyped-def]
    async def look() -> bool:
        return await states(store, reminder_id) is state

    return look


async def test_a_reminder_comes_at_its_moment_and_never_before(
    store: Store, workers: Workers, sent: Path
) -> None:
    await workers.start(FileChannel(sent))
    new = [due_in(200 + 37 * i, f"{i}") for i in range(20)]
    for one in new:
        await store.add(one)
    await eventually(lambda: len(lines(sent)) == 20)
    due = {one.id: one.window.not_before for one in new}
    # The server's clock counts whole ms; this machine's is the same one.
    assert all(at >= due[name] for name, _, at in lines(sent))
    await eventually(is_in(store, new[-1].id, State.DELIVERED))
    found = await store.get(new[-1].id)
    assert found.deliveries[0].via == "file"
    assert found.lateness is not None
    assert found.lateness >= 0


async def test_a_reminder_added_by_another_process_wakes_a_worker_that_waits_for_a_later_one(
    store: Store, workers: Workers, sent: Path
) -> None:
    await store.add(due_in(3_600_000, "later"))
    await workers.start(FileChannel(sent))
    await eventually(lambda: bool(workers.statuses))
    new = due_in(150)
    await store.add(new)
    await eventually(lambda: [name for name, _, _ in lines(sent)] == [new.id])


async def test_what_was_due_while_nobody_worked_comes_oldest_first_and_is_late(
    store: Store, workers: Workers, sent: Path
) -> None:
    new = [due_in(-10_000 + i * 1000, f"{i}") for i in range(5)]
    for one in reversed(new):
        await store.add(one)
    await workers.start(FileChannel(sent), max_workers=1)
    await eventually(lambda: len(lines(sent)) == 5)
    assert [name for name, _, _ in lines(sent)] == [one.id for one in new]
    lateness = (await store.get(new[0].id)).lateness
    assert lateness is not None
    assert lateness >= 10_000


async def test_no_more_than_the_slots_are_under_way_and_the_crowd_is_said(
    store: Store, workers: Workers, sent: Path, caplog: pytest.LogCaptureFixture
) -> None:
    channel = FileChannel(sent, slow_s=0.3)
    for i in range(7):
        await store.add(due_in(-1000, f"{i}"))
    with caplog.at_level(logging.WARNING):
        await workers.start(channel, max_workers=3)
        await eventually(lambda: len(lines(sent)) >= 3)
        assert len(lines(sent)) == 3
        await eventually(lambda: any(s.saturated for s in workers.statuses))
        await eventually(lambda: len(lines(sent)) == 7)
    crowded = [r for r in caplog.records if "all 3 slots are busy" in r.getMessage()]
    assert len(crowded) == 1
    assert max(s.busy for s in workers.statuses) == 3
    await eventually(lambda: not workers.statuses[-1].saturated)


async def test_two_workers_send_each_reminder_once(
    store: Store, workers: Workers, sent: Path
) -> None:
    for _ in range(2):
        await workers.start(FileChannel(sent, slow_s=0.01), max_workers=5)
    new = [due_in(i * 3, f"{i}") for i in range(200)]
    for one in new:
        await store.add(one)
    await eventually(lambda: len(lines(sent)) >= 200)
    await asyncio.sleep(0.3)
    assert sorted(name for name, _, _ in lines(sent)) == sorted(one.id for one in new)


async def test_a_broken_channel_stops_no_other(
    settings: Settings, store: Store, workers: Workers, sent: Path
) -> None:
    class Broken(FileChannel):
        async def send(self, notification):  # type: ignore[no-untyped-def]
            raise ZeroDivisionError

        async def available(self) -> Availability:
            return Availability(ok=True)

        async def withdraw(self, reminder_id: str) -> None:
            raise ZeroDivisionError

    broken = Broken(sent, name="broken", idempotent=False)
    await workers.start(FileChannel(sent), broken)
    bad, good = due_in(50, channels=("broken",)), due_in(150)
    await store.add(bad)
    await store.add(good)
    await eventually(is_in(store, good.id, State.DELIVERED))
    await eventually(is_in(store, bad.id, State.UNKNOWN))
    assert (await store.get(bad.id)).deliveries[0].error == "the channel failed: ZeroDivisionError"
    await store.answer(settings, good.id, Answer.DONE, now=now_ms())
    later = due_in(50)
    await store.add(later)
    await eventually(is_in(store, later.id, State.DELIVERED))


async def test_the_worker_goes_on_after_the_server_was_killed(
    store: Store, workers: Workers, sent: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await workers.start(FileChannel(sent))
    await eventually(lambda: bool(workers.statuses))
    new = due_in(2500)
    await store.add(new)

    def pid():  # type: ignore[no-untyped-def]
        [reply] = yield [command("INFO", "server")]
        [line] = [x for x in reply.decode().splitlines() if x.startswith("process_id:")]
        return int(line.split(":")[1])

    os.kill(await store.run(pid()), signal.SIGKILL)
    # It may be back before anybody is told of the state; the log has it.
    await eventually(lambda: "trying again" in caplog.text)
    await eventually(lambda: workers.statuses[-1].state is WorkerState.WORKING)
    await eventually(lambda: len(lines(sent)) == 1)
    [(name, _, at)] = lines(sent)
    assert name == new.id
    assert at >= new.window.not_before


async def test_each_period_of_a_series_brings_one(
    store: Store, workers: Workers, sent: Path
) -> None:
    await workers.start(FileChannel(sent))
    now = now_ms()
    new = made(Window(now, now + 100), every="1w")
    await store.add(new)
    await eventually(is_in(store, new.id, State.DELIVERED))
    [following] = (await store.page("ada", View.UPCOMING, 0, 9)).reminders
    week = 7 * 86_400_000
    assert following.every == "1w"
    assert abs(following.window.not_after - (new.window.not_after + week)) <= 3_600_000
    assert len(lines(sent)) == 1


async def test_a_clock_that_jumps_fires_nothing_early_and_is_logged(
    settings: Settings, store: Store, sent: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from later_tui.domain.clock import SystemClock
    from later_tui.store import open_store
    from later_tui.worker.worker import Worker

    class Jumping(SystemClock):
        ahead = 0

        def now(self) -> int:
            return super().now() + self.ahead

    clock = Jumping()
    own = await open_store(settings)
    short = replace(settings, worker=settings.worker._replace(max_workers=2))
    worker = Worker(short, own, {"desktop": FileChannel(sent)}, clock)
    task = asyncio.create_task(worker.run())
    first, second = due_in(100), due_in(4000)
    await store.add(first)
    await store.add(second)
    await eventually(lambda: len(lines(sent)) == 1)
    clock.ahead = 3_600_000
    await eventually(lambda: len(lines(sent)) == 2)
    assert lines(sent)[1][2] >= second.window.not_before
    assert any("clock jumped by +3600.0 s" in r.getMessage() for r in caplog.records)
    await worker.stop()
    await task
    await own.aclose()


async def test_a_timer_that_slept_with_the_machine_ends_when_the_server_says_how_late_it_is(
    sent: Path,
) -> None:
    from later_tui.domain.clock import ManualClock
    from later_tui.store.claims import Claims
    from later_tui.worker.lanes import Lanes
    from later_tui.worker.scheduler import Scheduler
    from later_tui.worker.serverclock import ServerClock

    channel = FileChannel(sent)
    lanes = Lanes({channel.name: channel}, lambda: None)
    scheduler = Scheduler(lanes, 2000, lambda: None)
    clock = ServerClock(ManualClock(0), scheduler.poke)
    clock.saw(1_000)
    scheduler.claiming()
    scheduler.claimed(Claims(1_000, 3_600_000, "0-0", (), ()), 50)
    waiting = asyncio.create_task(scheduler.due(clock, lanes.usable))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    # The machine slept for two hours: its timers did not count them, the server did.
    clock.saw(7_200_000)
    await asyncio.wait_for(waiting, 30)
