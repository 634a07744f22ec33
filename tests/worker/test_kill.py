"""A worker that is killed with -9 loses no reminder."""

import asyncio
import os
import signal
import sys
from collections import Counter
from pathlib import Path

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.reminder import State
from later_tui.store.asyncstore import Store
from later_tui.store.records import View
from tests.making import due_in
from tests.worker.conftest import Workers, eventually
from tests.worker.filechannel import FileChannel, lines


async def start(
    settings: Settings, sent: Path, slow_s: float, lease_ms: int, kind: str = "idempotent"
) -> asyncio.subprocess.Process:
    socket = settings.data_dir / "server" / "redis.sock"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.worker.process", str(socket), str(sent), str(slow_s),
        str(lease_ms), kind, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert await process.stdout.readline() == b"working\n"
    return process


async def kill(process: asyncio.subprocess.Process) -> None:
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()


async def test_ten_deliveries_in_flight_are_all_delivered_after_a_kill(
    settings: Settings, store: Store, workers: Workers, sent: Path
) -> None:
    new = [due_in(100, f"{i}") for i in range(10)]
    process = await start(settings, sent, slow_s=60, lease_ms=1500)
    for one in new:
        await store.add(one)
    await eventually(lambda: len(lines(sent)) == 10)
    await kill(process)
    await workers.start(FileChannel(sent), lease_ms=1500, wakeup_before_ms=500)

    async def all_delivered() -> bool:
        page = await store.page("ada", View.UNANSWERED, 0, 20)
        return [r.state for r in page.reminders] == [State.DELIVERED] * 10

    await eventually(all_delivered)
    assert Counter(name for name, _, _ in lines(sent)) == {one.id: 2 for one in new}


async def test_a_kill_between_claim_and_send_loses_nothing_and_repeats_nothing(
    settings: Settings, store: Store, workers: Workers, sent: Path
) -> None:
    process = await start(settings, sent, slow_s=0, lease_ms=1500, kind="once")
    new = due_in(4000, channels=("sms",))
    await store.add(new)

    async def claimed() -> bool:
        return (await store.get(new.id)).state is State.CLAIMED

    await eventually(claimed)
    await kill(process)
    channel = FileChannel(sent, name="sms", idempotent=False)
    await workers.start(channel, lease_ms=1500, wakeup_before_ms=500)
    await eventually(lambda: len(lines(sent)) == 1)
    assert (await store.get(new.id)).deliveries[0].attempt == 1


async def test_a_kill_while_an_sms_is_sent_is_unknown_and_never_sent_twice(
    settings: Settings, store: Store, workers: Workers, sent: Path
) -> None:
    process = await start(settings, sent, slow_s=60, lease_ms=1500, kind="once")
    new = due_in(100, channels=("sms",))
    await store.add(new)
    await eventually(lambda: len(lines(sent)) == 1)
    await kill(process)
    channel = FileChannel(sent, name="sms", idempotent=False)
    await workers.start(channel, lease_ms=1500, wakeup_before_ms=500)

    async def unknown() -> bool:
        return (await store.get(new.id)).state is State.UNKNOWN

    await eventually(unknown)
    assert len(lines(sent)) == 1


async def test_a_worker_frozen_past_its_lease_does_not_send_again_when_it_wakes(
    settings: Settings, store: Store, workers: Workers, sent: Path
) -> None:
    process = await start(settings, sent, slow_s=0, lease_ms=1000)
    new = due_in(4000)
    await store.add(new)

    async def claimed() -> bool:
        return (await store.get(new.id)).state is State.CLAIMED

    await eventually(claimed)
    os.kill(process.pid, signal.SIGSTOP)
    await workers.start(FileChannel(sent), lease_ms=1000, wakeup_before_ms=300)
    await eventually(lambda: len(lines(sent)) == 1)
    os.kill(process.pid, signal.SIGCONT)
    await asyncio.sleep(1.0)
    assert len(lines(sent)) == 1
    await kill(process)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_the_headless_worker_ends_cleanly_on_a_signal(
    settings: Settings, store: Store, tmp_path: Path, number: signal.Signals
) -> None:
    environment = os.environ | {
        "LATER_REDIS_URL": f"unix://{settings.data_dir / 'server' / 'redis.sock'}",
        "LATER_USER": "ada",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "later_tui", "worker",
        stderr=asyncio.subprocess.PIPE, env=environment,
    )  # fmt: skip

    async def working() -> bool:
        return len(await store.workers()) == 1

    await eventually(working)
    os.kill(process.pid, number)
    _, log = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0
    assert b"stopped" in log
    assert b"Traceback" not in log
    assert await store.workers() == ()
