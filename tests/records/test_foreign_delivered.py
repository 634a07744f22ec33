"""A worker notices what other programs add, and delivers it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from later_tui.config.settings import Settings
from later_tui.store.keys import Keys
from later_tui.store.syncstore import SyncStore
from later_tui.worker import worker as worker_module
from tests.making import due_in, now_ms
from tests.records.conftest import Redis
from tests.records.test_foreign import foreign
from tests.worker.conftest import Workers, eventually
from tests.worker.filechannel import FileChannel

P = Keys(0).prefix


@pytest.fixture
async def workers(settings: Settings) -> AsyncIterator[Workers]:
    workers = Workers(settings)
    yield workers
    await workers.stop()


def sent(folder: Path) -> str:
    return folder.read_text() if folder.exists() else ""


async def test_what_is_in_the_lane_already_is_delivered_at_once(
    store: SyncStore, redis: Redis, workers: Workers, tmp_path: Path
) -> None:
    foreign(redis, "one", now_ms() // 1000 - 60)
    await workers.start(FileChannel(tmp_path / "sent"))
    await eventually(lambda: "one" in sent(tmp_path / "sent"))
    await eventually(lambda: (store.get("one").lateness or 0) > 59_000)


async def test_any_event_brings_what_waits_in_the_lane(
    store: SyncStore, redis: Redis, workers: Workers, tmp_path: Path
) -> None:
    await workers.start(FileChannel(tmp_path / "sent"))
    await eventually(lambda: workers.statuses != [] and workers.statuses[-1].state == "working")
    await eventually(lambda: b"cmd=xread" in redis("CLIENT", "LIST"))
    foreign(redis, "one", now_ms())
    await asyncio.sleep(0.3)
    assert sent(tmp_path / "sent") == ""
    store.add(due_in(3_600_000))
    await eventually(lambda: "one" in sent(tmp_path / "sent"))


async def test_the_next_heartbeat_brings_what_nothing_told_of(
    redis: Redis, workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "BEAT_S", 0.5)
    await workers.start(FileChannel(tmp_path / "sent"))
    await eventually(lambda: workers.statuses != [] and workers.statuses[-1].state == "working")
    foreign(redis, "one", now_ms())
    await eventually(lambda: "one" in sent(tmp_path / "sent"))
    assert redis("EXISTS", f"{P}tasks", f"{P}ada_inbox") == 0


async def test_a_lane_that_cannot_be_one_does_not_stop_the_worker(
    store: SyncStore, redis: Redis, workers: Workers, tmp_path: Path
) -> None:
    redis("SET", f"{P}tasks", "oops")
    await workers.start(FileChannel(tmp_path / "sent"))
    new = due_in(500)
    store.add(new)
    await eventually(lambda: new.id in sent(tmp_path / "sent"))


async def test_an_idle_worker_asks_for_nothing_between_its_heartbeats(
    redis: Redis, workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "BEAT_S", 300.0)
    monkeypatch.setattr(worker_module, "EVENTS_BLOCK_MS", 300_000)

    def commands() -> int:
        [line] = [x for x in redis("INFO", "stats").decode().splitlines() if "total_commands" in x]
        return int(line.split(":")[1])

    await workers.start(FileChannel(tmp_path / "sent"))
    await eventually(lambda: workers.statuses != [] and workers.statuses[-1].state == "working")
    await eventually(lambda: b"cmd=xread" in redis("CLIENT", "LIST"))
    await asyncio.sleep(2)
    before = commands()
    await asyncio.sleep(3)
    assert commands() - before <= 1  # the INFO itself
