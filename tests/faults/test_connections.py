"""Connections that are lost, silent, cut off in a crowd, or wanted by ten thousand at once."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.errors import StoreError
from later_tui.store import asyncwire, open_sync_store
from later_tui.store.asyncstore import Store
from later_tui.store.records import View
from later_tui.worker import worker as working
from later_tui.worker.status import WorkerState
from later_tui.worker.worker import Worker
from tests.faults.conftest import Stores, on
from tests.faults.proxy import Proxy
from tests.faults.servers import Server, Servers
from tests.making import due_in
from tests.worker.conftest import Workers, eventually
from tests.worker.filechannel import FileChannel, lines

DAY = 86_400_000


@pytest.fixture
def server(servers: Servers) -> Server:
    return servers.start("appendonly yes", "appendfsync always")


@pytest.fixture
async def proxy(server: Server) -> AsyncIterator[Proxy]:
    proxy = Proxy(server.port)
    yield proxy
    await proxy.close()


def through(settings: Settings, port: int) -> Settings:
    return on(settings, host="127.0.0.1", port=port)


def at_work(worker: Worker) -> bool:
    return worker.status.state is WorkerState.WORKING


def test_a_half_open_connection_is_noticed_within_20_s_by_its_figures() -> None:
    reads = working.EVENTS_BLOCK_MS / 1000 + asyncwire.BLOCKING_GRACE_S
    assert reads <= 20
    assert working.BEAT_S + asyncwire.TIMEOUT_S <= 20


async def test_a_half_open_connection_is_noticed_and_replaced(
    settings: Settings,
    server: Server,
    proxy: Proxy,
    stores: Stores,
    hands: Workers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The same as in life, with shorter times.
    monkeypatch.setattr(working, "EVENTS_BLOCK_MS", 500)
    monkeypatch.setattr(working, "BEAT_S", 0.5)
    monkeypatch.setattr(asyncwire, "BLOCKING_GRACE_S", 0.5)
    monkeypatch.setattr(asyncwire, "TIMEOUT_S", 1.0)
    told = hands.settings = through(settings, await proxy.start())
    channel = FileChannel(tmp_path / "sent")
    worker = await hands.start(channel)
    store = await stores.open(told)
    await store.add(due_in(2_500))
    await eventually(lambda: at_work(worker))
    loop = asyncio.get_running_loop()
    proxy.swallow()
    with pytest.raises(StoreError, match="does not answer"):
        await store.counts("ada")
    await eventually(lambda: worker.status.state is WorkerState.NO_STORE)
    proxy.pass_on()
    back = loop.time()
    await eventually(lambda: at_work(worker))
    print(f"half-open: works {loop.time() - back:.1f} s after bytes pass again")
    await eventually(lambda: len(lines(channel.path)) == 1)
    await store.counts("ada")


async def test_a_hundred_clients_cut_off_at_once_come_back_apart_and_log_a_line_each(
    settings: Settings,
    server: Server,
    proxy: Proxy,
    hands: Workers,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    hands.settings = through(settings, await proxy.start())
    workers = [await hands.start(FileChannel(tmp_path / "sent")) for _ in range(100)]
    await eventually(lambda: all(map(at_work, workers)))
    caplog.clear()
    before = len(proxy.accepted)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    proxy.reset()
    # Some may be back before others have noticed: what each said is counted, not when.
    await eventually(
        lambda: len([r for r in caplog.records if r.levelno >= logging.WARNING]) >= 100
    )
    await eventually(lambda: all(map(at_work, workers)))
    took = loop.time() - begun
    came = sorted(at - begun for at in proxy.accepted[before:])[:100]
    assert came[-1] - came[0] > 0.03  # spread, not in one moment
    said = [r for r in caplog.records if r.levelno >= logging.WARNING]
    assert len(said) == 100
    assert {r.name for r in said} == {"later_tui.worker.retrying"}
    print(
        f"reset storm: 100 workers work again after {took:.2f} s, over {came[-1] - came[0]:.2f} s"
    )


async def test_a_connection_that_is_being_made_as_the_others_break_is_closed(
    settings: Settings, server: Server, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, asked, go_on = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()
    look_up = loop.getaddrinfo

    async def slowly(host: str, *args: Any, **kwargs: Any) -> Any:
        asked.set()
        await go_on.wait()
        return await look_up("127.0.0.1", *args, **kwargs)

    monkeypatch.setattr(loop, "getaddrinfo", slowly)
    go_on.set()
    store = await stores.open(on(settings, host="redis.test", port=server.port))
    await store.counts("ada")
    go_on.clear()
    asked.clear()
    server.freeze()
    broken, connecting = (asyncio.create_task(store.counts("ada")) for _ in range(2))
    await asked.wait()
    server.kill()
    with pytest.raises(StoreError):
        await broken
    server.start()
    go_on.set()
    await connecting
    assert await asyncio.to_thread(server.told, "clients", "connected_clients") == "1"


async def test_ten_thousand_adds_at_once_use_few_connections_and_none_is_lost(
    settings: Settings, server: Server, stores: Stores
) -> None:
    told = on(settings, server)
    store = await stores.open(told)
    most = 0
    done = asyncio.Event()

    async def watch() -> None:
        nonlocal most
        while not done.is_set():
            told_ = await asyncio.to_thread(server.told, "clients", "connected_clients")
            most = max(most, int(told_) - 1)
            await asyncio.sleep(0.02)

    server.ask("CONFIG", "SET", "appendfsync", "no")
    watching = asyncio.create_task(watch())
    news = [due_in(DAY, text=f"thought {number}") for number in range(10_000)]
    kept = await asyncio.gather(*(store.add(new) for new in news))
    done.set()
    await watching
    assert all(one.created for one in kept)
    assert (await store.counts("ada")).upcoming == len(news)
    assert 1 <= most <= asyncwire.CONNECTIONS + 1
    print(f"10 000 adds: {most} connections at the most")


async def test_a_crowd_of_calls_on_a_silent_server_fails_together_and_not_one_after_another(
    settings: Settings,
    server: Server,
    stores: Stores,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asyncwire, "TIMEOUT_S", 1.0)
    store = await stores.open(on(settings, server))
    await store.counts("ada")
    server.freeze()
    loop = asyncio.get_running_loop()
    begun = loop.time()
    ends = await asyncio.gather(
        *(store.add(due_in(DAY)) for _ in range(500)), return_exceptions=True
    )
    # One after another, over eight connections, they would take a minute.
    assert loop.time() - begun < 500 / asyncwire.CONNECTIONS / 2
    assert all(isinstance(end, StoreError) for end in ends)
    server.thaw()
    await store.counts("ada")


async def test_a_crowd_of_calls_outlives_the_loss_of_its_connections(
    settings: Settings, server: Server, proxy: Proxy, stores: Stores
) -> None:
    store = await stores.open(through(settings, await proxy.start()))
    await store.counts("ada")
    news = [due_in(DAY) for _ in range(2000)]
    adding = asyncio.gather(*(store.add(new) for new in news), return_exceptions=True)
    await asyncio.sleep(0.1)
    proxy.reset()
    ends = await adding
    failed = [end for end in ends if isinstance(end, BaseException)]
    # Only what was on the wire is in doubt; what waited for its turn took the next connection.
    assert len(failed) <= 2 * asyncwire.CONNECTIONS
    assert all(isinstance(end, StoreError) for end in failed)
    for new, end in zip(news, ends, strict=True):
        if not isinstance(end, BaseException):
            assert (await store.get(new.id)).id == new.id


async def test_a_frozen_server_makes_no_script_take_effect_twice(
    settings: Settings,
    server: Server,
    stores: Stores,
    hands: Workers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asyncwire, "TIMEOUT_S", 1.0)
    told = hands.settings = on(settings, server)
    channel = FileChannel(tmp_path / "sent", name="sms", idempotent=False, slow_s=0.3)
    worker = await hands.start(channel)
    await eventually(lambda: at_work(worker))
    store = await stores.open(told)
    soon = [due_in(500, channels=("sms",)) for _ in range(20)]
    await store.add_many(soon)
    await eventually(lambda: len(lines(channel.path)) == 20)
    server.freeze()  # with their settles on the way
    new = due_in(DAY)
    for _ in range(3):
        with pytest.raises(StoreError):
            await store.add(new)  # each of these reaches the server when it wakes
    server.thaw()
    await store.add(new)  # which of the four comes first, is theirs to settle

    async def settled() -> bool:
        return (await store.counts("ada")).past == 20

    await eventually(settled)
    assert (await store.counts("ada")).upcoming == 1
    # One event for the twenty, one for the other add, one for each settle, however often sent.
    assert server.ask("XLEN", "later:{0}:events") == 2 + 20
    assert sorted(name for name, _, _ in lines(channel.path)) == sorted(one.id for one in soon)
    page = await store.page("ada", View.PAST, 0, 20)
    assert {one.state for one in page.reminders} == {"delivered"}


async def test_forgotten_scripts_are_loaded_again(
    settings: Settings, server: Server, stores: Stores
) -> None:
    store = await stores.open(on(settings, server))
    await store.add(due_in(DAY))
    with open_sync_store(on(settings, server)) as other:
        other.add(due_in(DAY))
        server.ask("SCRIPT", "FLUSH")
        news = [due_in(DAY) for _ in range(100)]
        assert all(one.created for one in await store.add_many(news))
        await asyncio.gather(*(store.add(due_in(DAY)) for _ in range(50)))
        server.ask("SCRIPT", "FLUSH")
        assert other.add(due_in(DAY)).created
    assert (await store.counts("ada")).upcoming == 153


async def answers(store: Store) -> bool:
    """Whether the server has read its data and answers."""
    try:
        await store.counts("ada")
    except StoreError:
        return False
    return True


@pytest.mark.parametrize("how", ["kill", "stop"])
async def test_a_server_that_ends_and_comes_back_is_found_again_with_all_it_said(
    settings: Settings,
    server: Server,
    stores: Stores,
    hands: Workers,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    how: str,
) -> None:
    told = hands.settings = on(settings, server)
    channel = FileChannel(tmp_path / "sent")
    worker = await hands.start(channel)
    store = await stores.open(told)
    await eventually(lambda: at_work(worker))
    kept = [await store.add(due_in(DAY)) for _ in range(100)]
    soon = due_in(1500)
    await store.add(soon)
    getattr(server, how)()
    await asyncio.sleep(2)
    with pytest.raises(StoreError):
        await store.counts("ada")
    server.start()
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await eventually(lambda: answers(store))
    for one in kept:
        assert (await store.get(one.reminder_id)).due_at == one.due_at
    await eventually(lambda: at_work(worker))
    took = loop.time() - begun
    await eventually(lambda: len(lines(channel.path)) == 1)
    print(f"{how}: works {took:.1f} s after the server is back")
    said = [r.getMessage() for r in caplog.records if "trying again" in r.getMessage()]
    assert len(said) <= 3  # cut off; refused; perhaps still loading
