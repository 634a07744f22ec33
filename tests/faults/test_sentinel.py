"""Three sentinels, a primary and its replica: a failover loses nothing that was said to be kept."""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from later_tui.config.load import load
from later_tui.config.settings import Settings
from later_tui.domain.errors import NotFoundError, StoreError
from later_tui.store import open_sync_store
from later_tui.store.asyncstore import Store
from later_tui.store.outbox import Outbox
from later_tui.worker.status import WorkerState
from tests.faults.conftest import Stores, on
from tests.faults.servers import HOST, Server, Servers, redis_program, until
from tests.making import due_in
from tests.worker.conftest import Workers, eventually
from tests.worker.filechannel import FileChannel, lines

DAY = 86_400_000
PASSWORD = "p@s:s/w#r%d"


@dataclass
class Watched:
    """A primary and its replica, watched by three sentinels."""

    primary: Server
    replica: Server
    sentinels: list[Server]

    @property
    def nodes(self) -> tuple[str, ...]:
        return tuple(sentinel.place for sentinel in self.sentinels)

    def replica_is_promoted(self) -> bool:
        return self.replica.ask("ROLE")[0] == b"master"

    def follow_the_new_one(self) -> None:
        """Make the old primary a replica, for which the sentinels would take their 10 s."""
        until(lambda: self.primary.ask("REPLICAOF", HOST, self.replica.port))  # once it is loaded
        until(lambda: "state=online" in self.replica.told("replication", "slave0"))


@pytest.fixture
def watched(servers: Servers) -> Watched:
    program = redis_program()
    primary = servers.start("repl-diskless-sync-delay 0", "appendonly yes", program=program)
    replica = servers.start(
        f"replicaof {HOST} {primary.port}",
        "repl-diskless-sync-delay 0",
        "appendonly yes",
        program=program,
    )
    sentinels = [
        servers.make(
            f"sentinel monitor thoughts {HOST} {primary.port} 2",
            "sentinel down-after-milliseconds thoughts 2000",
            "sentinel failover-timeout thoughts 3000",
            program=program,
            sentinel=True,
        )
        for _ in range(3)
    ]
    until(lambda: replica.told("replication", "master_link_status") == "up")
    for sentinel in sentinels:
        sentinel.start()
    for sentinel in sentinels:
        until(lambda s=sentinel: ready(s))
    return Watched(primary, replica, sentinels)


def ready(sentinel: Server) -> bool:
    """Whether a sentinel knows the other two and the replica."""
    told = sentinel.ask("SENTINEL", "MASTER", "thoughts")
    fields = dict(zip(told[::2], told[1::2], strict=True))
    return fields[b"num-other-sentinels"] == b"2" and fields[b"num-slaves"] == b"1"


async def kept_again(store: Store, seconds: float = 60.0) -> float:
    """Try to add until it works; return how long that took, s."""
    begun = time.monotonic()
    while True:
        try:
            await store.add(due_in(DAY))
        except StoreError:
            assert time.monotonic() - begun < seconds
            await asyncio.sleep(0.05)
        else:
            return time.monotonic() - begun


async def test_a_killed_primary_is_replaced_and_no_acknowledged_add_is_missing(
    settings: Settings, watched: Watched, stores: Stores, hands: Workers, tmp_path: Path
) -> None:
    told = on(settings, sentinels=watched.nodes, service="thoughts", shards=1)
    hands.settings = told
    worker = await hands.start(FileChannel(tmp_path / "sent"))
    store = await stores.open(told)
    kept = [await store.add(due_in(DAY)) for _ in range(100)]
    assert not any(one.alone for one in kept)
    with open_sync_store(told) as other:
        assert not other.add(due_in(DAY)).alone
    late = due_in(6_000)
    await store.add(late)

    watched.primary.kill()
    took = await kept_again(store)
    for one in kept:
        assert (await store.get(one.reminder_id)).due_at == one.due_at
    with open_sync_store(told) as other:
        # The only replica is the primary now: it is said that nobody else has it.
        assert other.add(due_in(DAY)).alone
        assert other.counts("ada").upcoming >= 102
    await eventually(lambda: worker.status.state is WorkerState.WORKING)
    await eventually(lambda: bool(lines(tmp_path / "sent")))
    [(delivered, _, at)] = lines(tmp_path / "sent")
    assert delivered == late.id
    assert at >= late.window.not_before
    print(f"sentinel failover: adds again after {took:.1f} s")


async def test_what_a_lagging_replica_never_had_comes_back_from_the_outbox(
    settings: Settings, watched: Watched, stores: Stores
) -> None:
    told = on(settings, sentinels=watched.nodes, service="thoughts")
    store = await stores.open(told)
    had = await store.add(due_in(DAY))
    assert not had.alone
    outbox = Outbox(told.data_dir)
    watched.replica.ask("REPLICAOF", HOST, 1)  # it hears nothing more
    lost = [due_in(DAY) for _ in range(10)]
    for kept, new in zip(await store.add_many(lost), lost, strict=True):
        assert kept.alone
        outbox.keep(new)
    assert await store.hand_on(outbox, 1) == 0
    assert len(outbox) == 10

    watched.primary.kill()
    await kept_again(store)
    for new in lost:
        with pytest.raises(NotFoundError, match="there is no reminder"):
            await store.get(new.id)
    # The next process to come puts them back; they wait until a second node has them.
    with open_sync_store(told) as other:
        for new in lost:
            assert other.get(new.id).text == new.text
    assert len(outbox) == 10
    watched.primary.start()
    watched.follow_the_new_one()

    async def handed_on() -> bool:
        await store.hand_on(outbox, 1)
        return not len(outbox)

    await eventually(handed_on)
    assert (await store.get(had.reminder_id)).due_at == had.due_at


async def test_an_old_primary_that_wakes_up_acknowledges_nothing_alone_and_is_left(
    settings: Settings, watched: Watched, stores: Stores
) -> None:
    told = on(settings, sentinels=watched.nodes, service="thoughts")
    store = await stores.open(told)
    await store.add(due_in(DAY))
    watched.primary.freeze()
    until(watched.replica_is_promoted, 60)
    watched.primary.thaw()
    # Its connection still leads to the old one, which has no replica any more and says so.
    assert (await store.add(due_in(DAY))).alone
    watched.follow_the_new_one()
    with pytest.raises(StoreError):  # cut off, or told that it is read-only
        await store.add(due_in(DAY))
    print(f"left an old primary: adds again after {await kept_again(store):.1f} s")
    new = due_in(DAY)
    assert not (await store.add(new)).alone
    assert watched.replica.ask("EXISTS", f"later:{{0}}:task:{new.id}") == 1


def test_sentinels_with_a_password_are_reached_from_variables_alone(
    settings: Settings, servers: Servers
) -> None:
    primary = servers.start(f'requirepass "{PASSWORD}"', program=redis_program())
    sentinel = servers.make(
        'requirepass "other"',
        f"sentinel monitor thoughts {HOST} {primary.port} 1",
        f'sentinel auth-pass thoughts "{PASSWORD}"',
        program=redis_program(),
        sentinel=True,
    ).start()
    environ = {
        "HOME": str(settings.data_dir),
        "LATER_USER": "ada",
        "LATER_DATA_DIR": str(settings.data_dir),
        "LATER_REDIS_SENTINELS": f"127.0.0.1:1,{sentinel.place}",
        "LATER_REDIS_SERVICE": "thoughts",
        "LATER_REDIS_PASSWORD": PASSWORD,
    }
    right = {**environ, "LATER_REDIS_SENTINEL_PASSWORD": "other"}
    with open_sync_store(load({}, right)) as store:
        assert store.counts("ada").upcoming == 0
        assert store.server().place == "sentinel thoughts"
    with pytest.raises(StoreError, match="wants a password: set LATER_REDIS_SENTINEL_PASSWORD"):
        open_sync_store(load({}, environ))
    with pytest.raises(StoreError, match="does not know 'thots'"):
        open_sync_store(load({}, {**right, "LATER_REDIS_SERVICE": "thots"}))
