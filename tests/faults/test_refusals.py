"""What a Redis may refuse: the person is told in one sentence, and deliveries go on."""

from pathlib import Path

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.errors import RefusedError, StoreError
from later_tui.domain.reminder import Answer, State
from later_tui.store import open_sync_store
from later_tui.store.asyncstore import Store as AsyncStore
from later_tui.store.outbox import Outbox
from later_tui.worker.status import WorkerState
from tests.faults.conftest import Stores, on
from tests.faults.servers import HOST, Servers, until
from tests.making import due_in, now_ms
from tests.store.test_elsewhere import programs
from tests.worker.conftest import Workers, eventually
from tests.worker.filechannel import FileChannel, lines

DAY = 86_400_000
PROGRAMS = pytest.mark.parametrize("program", programs(), ids=lambda path: Path(path).name)


async def refusal(stores: Stores, told: Settings) -> str:
    """Return the sentence that both clients give when they want to add."""
    store = await stores.open(told)
    with pytest.raises(StoreError) as caught:
        await store.add(due_in(DAY))
    with pytest.raises(StoreError) as same, open_sync_store(told) as other:
        other.add(due_in(DAY))
    assert str(caught.value) == str(same.value)
    assert "\n" not in str(same.value)
    return str(same.value)


@PROGRAMS
async def test_a_full_server_refuses_an_add_in_words_and_settles_and_answers_all_the_same(
    settings: Settings,
    servers: Servers,
    stores: Stores,
    hands: Workers,
    tmp_path: Path,
    program: str,
) -> None:
    server = servers.start("maxmemory-policy noeviction", program=program)
    told = hands.settings = on(settings, server)
    store = await stores.open(told)
    soon = due_in(600, channels=("desktop",), every="1d")
    await store.add(soon)
    waiting = [due_in(DAY) for _ in range(3)]
    await store.add_many(waiting)
    server.ask("CONFIG", "SET", "maxmemory", 1)

    assert "is full: raise its maxmemory" in await refusal(stores, told)
    channel = FileChannel(tmp_path / "sent")
    await hands.start(channel)

    async def settled() -> bool:
        return (await store.get(soon.id)).state is State.DELIVERED

    await eventually(settled)
    assert len(lines(channel.path)) == 1
    # The next of its series is kept; what is kept can be answered, each way.
    assert (await store.counts("ada")).upcoming == len(waiting) + 1
    for new, given in zip(waiting, (Answer.DONE, Answer.LET_GO, Answer.AGAIN), strict=True):
        await store.answer(told, new.id, given, now=now_ms())
    await store.answer(told, soon.id, Answer.SNOOZE, now=now_ms(), until=now_ms() + DAY)
    assert (await store.counts("ada")).upcoming == 3
    server.ask("CONFIG", "SET", "maxmemory", 0)
    await store.add(due_in(DAY))


@PROGRAMS
async def test_on_a_full_server_other_programs_reminders_and_bad_records_stop_no_worker(
    settings: Settings,
    servers: Servers,
    stores: Stores,
    hands: Workers,
    tmp_path: Path,
    program: str,
) -> None:
    server = servers.start("maxmemory-policy noeviction", program=program)
    told = hands.settings = on(settings, server)
    store = await stores.open(told)
    bad, good = due_in(-1000), due_in(1500)
    await store.add_many([bad, good])
    server.ask("HSET", f"later:{{0}}:task:{bad.id}", "v", "99")
    theirs = ("username", "ada", "tasktype", "desktop", "msg", "theirs")
    server.ask("HSET", "later:{0}:task:theirs", *theirs)
    server.ask("ZADD", "later:{0}:tasks", now_ms(), "theirs")
    server.ask("CONFIG", "SET", "maxmemory", 1)
    channel = FileChannel(tmp_path / "sent")
    worker = await hands.start(channel)

    async def all_done() -> bool:
        return {name for name, _, _ in lines(channel.path)} == {good.id, "theirs"}

    await eventually(all_done)
    assert worker.status.state is WorkerState.WORKING
    await eventually(lambda: server.ask("HEXISTS", "later:{0}:quarantine", bad.id) == 1)


async def test_a_worker_whose_adopting_is_refused_delivers_all_the_same(
    settings: Settings,
    servers: Servers,
    stores: Stores,
    hands: Workers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def refuse(*_: object) -> None:
        raise RefusedError("Redis is full")

    for name in ("adopt", "trim", "set_aside"):
        monkeypatch.setattr(AsyncStore, name, refuse)
    monkeypatch.setattr("later_tui.worker.tending.TRIM_FIRST_S", 0.01)
    server = servers.start()
    told = hands.settings = on(settings, server)
    store = await stores.open(told)
    bad, good = due_in(-1000), due_in(1500)
    await store.add_many([bad, good])
    server.ask("HSET", f"later:{{0}}:task:{bad.id}", "v", "99")
    server.ask("ZADD", "later:{0}:tasks", 1, "theirs")
    channel = FileChannel(tmp_path / "sent")
    await hands.start(channel)
    await eventually(lambda: [name for name, _, _ in lines(channel.path)] == [good.id])
    assert WorkerState.NO_STORE not in {status.state for status in hands.statuses}


async def test_a_read_only_replica_is_said_to_be_one(
    settings: Settings, servers: Servers, stores: Stores
) -> None:
    primary = servers.start("repl-diskless-sync-delay 0")
    replica = servers.start(f"replicaof {HOST} {primary.port}", "replica-serve-stale-data no")
    told = on(settings, replica)
    until(lambda: replica.told("replication", "master_link_status") == "up")
    assert "is a read-only replica: give the address of the primary" in await refusal(stores, told)
    primary.kill()
    until(lambda: replica.told("replication", "master_link_status") == "down")
    assert "has lost its primary" in await refusal(stores, told)
    replica.ask("REPLICAOF", "NO", "ONE")
    store = await stores.open(told)
    await store.add(due_in(DAY))


async def test_a_server_that_cannot_write_to_its_disk_says_so(
    settings: Settings, servers: Servers, stores: Stores
) -> None:
    server = servers.start("stop-writes-on-bgsave-error yes", "save 3600 1000000")
    told = on(settings, server)
    until(lambda: server.ask("PING"))  # it takes connections before it has looked for that file
    # The file cannot be made where a folder of its name is.
    (server.folder / "dump.rdb").mkdir()
    (server.folder / "dump.rdb" / "x").write_text("x")
    server.ask("BGSAVE")
    until(lambda: server.told("persistence", "rdb_last_bgsave_status") == "err")
    assert "cannot write to its disk" in await refusal(stores, told)
    outbox = Outbox(told.data_dir)
    new = due_in(DAY)
    outbox.keep(new)
    server.ask("CONFIG", "SET", "stop-writes-on-bgsave-error", "no")
    store = await stores.open(told)
    assert await store.hand_on(outbox, 1) == 1
    assert (await store.get(new.id)).text == new.text
