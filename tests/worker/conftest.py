"""A store, and workers on it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from later_tui.channels.base import Channel
from later_tui.config.settings import Settings, WorkerSettings
from later_tui.store import open_store
from later_tui.store.asyncstore import Store
from later_tui.worker.status import WorkerStatus
from later_tui.worker.worker import Worker
from tests.worker.filechannel import FileChannel


@pytest.fixture
async def store(settings: Settings) -> AsyncIterator[Store]:
    store = await open_store(settings)
    yield store
    await store.aclose()


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    return tmp_path / "sent"


class Workers:
    """Starts workers and ends them with the test."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.statuses: list[WorkerStatus] = []
        self._running: list[tuple[Worker, asyncio.Task[None], Store]] = []

    async def start(self, *channels: Channel, **worker: int) -> Worker:
        settings = replace(self.settings, worker=WorkerSettings(**worker))
        store = await open_store(settings)
        named = {channel.name: channel for channel in channels}
        made = Worker(settings, store, named, on_status=self.statuses.append)
        self._running.append((made, asyncio.create_task(made.run()), store))
        return made

    async def stop(self, which: Worker | None = None) -> None:
        for worker, task, store in [r for r in self._running if which in (None, r[0])]:
            await worker.stop()
            await task
            await store.aclose()
            self._running = [r for r in self._running if r[0] is not worker]


@pytest.fixture
async def workers(settings: Settings) -> AsyncIterator[Workers]:
    workers = Workers(settings)
    yield workers
    await workers.stop()


async def eventually(
    what: Callable[[], bool | Awaitable[bool]], seconds: float = 30.0, step: float = 0.01
) -> None:
    """Wait until `what` is true, and fail if it does not become so."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while True:
        answer = what()
        if answer if isinstance(answer, bool) else await answer:
            return
        assert loop.time() < deadline, "it did not happen in time"
        await asyncio.sleep(step)


__all__ = ["FileChannel", "Workers", "eventually"]
