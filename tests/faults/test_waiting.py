"""A server that loads its data, is busy or has no connection free is waited for, in few words."""

import asyncio
import contextlib
import logging
import time
from pathlib import Path

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.errors import StoreError
from later_tui.worker.status import WorkerState
from tests.faults.conftest import Stores, on
from tests.faults.servers import Servers, taken, until
from tests.faults.test_refusals import DAY, refusal
from tests.making import due_in
from tests.worker.conftest import Workers, eventually
from tests.worker.filechannel import FileChannel, lines


async def test_a_server_that_loads_its_data_is_waited_for(
    settings: Settings, servers: Servers, stores: Stores, hands: Workers, tmp_path: Path
) -> None:
    server = servers.start(
        "appendonly yes", "key-load-delay 2000", "loading-process-events-interval-bytes 1024"
    )
    told = hands.settings = on(settings, server)
    store = await stores.open(told)
    await store.add_many([due_in(DAY) for _ in range(1500)])
    soon = due_in(1000)
    await store.add(soon)
    channel = FileChannel(tmp_path / "sent")
    worker = await hands.start(channel)
    await eventually(lambda: worker.status.state is WorkerState.WORKING)
    server.ask("BGREWRITEAOF")
    until(lambda: server.told("persistence", "aof_rewrite_in_progress") == "0")
    until(lambda: server.told("persistence", "aof_rewrite_scheduled") == "0")
    server.kill()
    server.start()
    assert "is still loading its data" in await refusal(stores, told)
    until(lambda: server.told("persistence", "loading") == "0")
    back = time.monotonic()
    await eventually(lambda: worker.status.state is WorkerState.WORKING)
    print(f"loading: the worker works {time.monotonic() - back:.1f} s after it")
    await eventually(lambda: len(lines(channel.path)) == 1)


async def test_a_server_that_is_busy_with_another_script_is_waited_for(
    settings: Settings,
    servers: Servers,
    stores: Stores,
    hands: Workers,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server = servers.start("lua-time-limit 50")
    told = hands.settings = on(settings, server)
    channel = FileChannel(tmp_path / "sent")
    worker = await hands.start(channel)
    store = await stores.open(told)
    soon = due_in(1500)
    await store.add(soon)
    await eventually(lambda: worker.status.state is WorkerState.WORKING)
    with contextlib.suppress(StoreError):
        server.ask("EVAL", "while true do end", 0, timeout_s=0.2)
    assert "is busy with another script: try again in a moment" in await refusal(stores, told)
    await asyncio.sleep(2)
    server.ask("SCRIPT", "KILL")
    back = time.monotonic()
    await eventually(lambda: worker.status.state is WorkerState.WORKING)
    print(f"busy: the worker works {time.monotonic() - back:.1f} s after it")
    await eventually(lambda: len(lines(channel.path)) == 1)
    assert len(flood(caplog)) <= 2


async def test_too_many_clients_are_backed_off_from(
    settings: Settings,
    servers: Servers,
    stores: Stores,
    hands: Workers,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server = servers.start("maxclients 12")
    told = hands.settings = on(settings, server)
    links = [link async for link in taken(server, 12)]
    channel = FileChannel(tmp_path / "sent")
    worker = await hands.start(channel)
    await eventually(lambda: worker.status.state is WorkerState.NO_STORE)
    store = await stores.open(told)
    for _ in range(20):
        with pytest.raises(StoreError, match=r"no connection free|cannot be reached"):
            await store.add(due_in(DAY))
    await asyncio.sleep(1)
    for writer in links:
        writer.close()
    back = time.monotonic()
    await eventually(lambda: worker.status.state is WorkerState.WORKING)
    took = time.monotonic() - back
    await store.add(due_in(100))
    await eventually(lambda: len(lines(channel.path)) == 1)
    print(f"maxclients: the worker works after {took:.1f} s")
    assert len(flood(caplog)) <= 3


def flood(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the worker said of the server in sentences of trouble.

    A delivery that was on its way says a sentence of its own, too.
    """
    said = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    return [sentence for sentence in said if sentence.endswith("trying again")]
