"""The worker delivers what is due, when it is due, and writes down what came of it."""

import asyncio
import logging
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from later_tui.channels.base import Availability
from later_tui.config.settings import Settings
from later_tui.domain.errors import PermanentError, TransientError, UnavailableError
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


async def test_a_passing_failure_is_tried_again_later(
    store: Store, workers: Workers, sent: Path
) -> None:
    await workers.start(FileChannel(sent, failures=[TransientError("421 busy", 50)]))
    new = due_in(50)
    await store.add(new)

    async def failed() -> bool:
        return (await store.get(new.id)).deliveries[0].error == "421 busy"

    await eventually(failed)
    found = await store.get(new.id)
    assert found.state is State.SCHEDULED

    def retry_score():  # type: ignore[no-untyped-def]
        [score] = yield [command("ZSCORE", "later:{0}:tasks:desktop:ada", new.id)]
        return float(score)

    assert await store.run(retry_score()) > now_ms()
    assert lines(sent) == []


async def test_a_lasting_failure_is_failed_with_the_other_sides_words(
    store: Store, workers: Workers, sent: Path
) -> None:
    await workers.start(FileChannel(sent, failures=[PermanentError("550 no such user")]))
    new = due_in(50)
    await store.add(new)
    await eventually(is_in(store, new.id, State.FAILED))
    assert (await store.get(new.id)).deliveries[0].error == "550 no such user"
    assert (await store.counts("ada")).unanswered == 1


async def test_a_channel_that_cannot_be_used_waits_and_comes_back(
    store: Store, workers: Workers, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("later_tui.worker.lanes.ASK_AGAIN_S", 0.1)
    channel = FileChannel(sent, failures=[UnavailableError("no bus")])
    await workers.start(channel)
    await eventually(lambda: bool(workers.statuses))
    channel.answer = Availability(ok=False, reason="still no bus")
    new = due_in(50)
    await store.add(new)
    await eventually(lambda: workers.statuses[-1].waiting == {"desktop": "still no bus"})
    assert await states(store, new.id) is State.SCHEDULED
    assert lines(sent) == []
    channel.answer = Availability(ok=True)
    await eventually(lambda: len(lines(sent)) == 1)
    await eventually(is_in(store, new.id, State.DELIVERED))
    await eventually(lambda: workers.statuses[-1].waiting == {})


async def test_a_channel_that_cannot_be_used_is_never_claimed(
    store: Store, workers: Workers, sent: Path
) -> None:
    channel = FileChannel(sent)
    channel.answer = Availability(ok=False, reason="no bus")
    new = due_in(-1000)
    await store.add(new)
    await workers.start(channel)
    await eventually(lambda: workers.statuses != [] and bool(workers.statuses[-1].waiting))
    await asyncio.sleep(0.2)
    assert (await store.get(new.id)).deliveries[0].token == 0


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


async def test_an_answer_elsewhere_takes_the_pop_up_away(
    settings: Settings, store: Store, workers: Workers, sent: Path
) -> None:
    channel = FileChannel(sent)
    await workers.start(channel)
    new = due_in(50)
    await store.add(new)
    await eventually(is_in(store, new.id, State.DELIVERED))
    await store.answer(settings, new.id, Answer.DONE, now=now_ms())
    await eventually(lambda: channel.withdrawn == [new.id])


async def test_what_is_answered_while_it_waits_is_not_sent(
    settings: Settings, store: Store, workers: Workers, sent: Path
) -> None:
    await workers.start(FileChannel(sent), wakeup_before_ms=10_000)
    new = due_in(4000)
    await store.add(new)
    await eventually(is_in(store, new.id, State.CLAIMED))
    await store.answer(settings, new.id, Answer.LET_GO, now=now_ms())
    await eventually(lambda: now_ms() > new.window.not_before + 300)
    assert lines(sent) == []
    assert await states(store, new.id) is State.RELEASED


async def test_a_worker_that_ends_gives_back_what_it_holds(
    store: Store, workers: Workers, sent: Path
) -> None:
    worker = await workers.start(FileChannel(sent), wakeup_before_ms=10_000)
    new = due_in(4000)
    await store.add(new)
    await eventually(is_in(store, new.id, State.CLAIMED))
    await workers.stop(worker)
    assert await states(store, new.id) is State.SCHEDULED
    assert await store.workers() == ()
    await workers.start(FileChannel(sent))
    await eventually(is_in(store, new.id, State.DELIVERED))


async def test_a_worker_that_ends_lets_a_send_finish(
    store: Store, workers: Workers, sent: Path
) -> None:
    worker = await workers.start(FileChannel(sent, slow_s=0.5))
    new = due_in(-100)
    await store.add(new)
    await eventually(lambda: len(lines(sent)) == 1)
    await workers.stop(worker)
    assert await states(store, new.id) is State.DELIVERED


async def test_a_long_send_keeps_its_lease(store: Store, workers: Workers, sent: Path) -> None:
    await workers.start(FileChannel(sent, slow_s=6.0), lease_ms=3000, wakeup_before_ms=300)
    await workers.start(FileChannel(sent, slow_s=6.0), lease_ms=3000, wakeup_before_ms=300)
    new = due_in(-100)
    await store.add(new)
    await eventually(is_in(store, new.id, State.DELIVERED))
    assert len(lines(sent)) == 1


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
