"""An add waits for a replica, on whichever connection that is; without one it says so."""

import asyncio

from later_tui.config.settings import Settings
from later_tui.store import open_sync_store
from later_tui.store.outbox import Outbox
from tests.faults.conftest import Stores, on
from tests.faults.servers import HOST, Server, Servers, until
from tests.making import due_in

DAY = 86_400_000


def waits(server: Server) -> int:
    """Return how often a server was asked to wait for its replicas."""
    told = server.told("commandstats", "cmdstat_wait")
    return int(told.split("calls=")[1].split(",")[0])


async def test_a_silent_replica_is_never_taken_for_one_that_has_it(
    settings: Settings, servers: Servers, stores: Stores
) -> None:
    primary = servers.start("repl-diskless-sync-delay 0")
    replica = servers.start(f"replicaof {HOST} {primary.port}")
    until(lambda: replica.told("replication", "master_link_status") == "up")
    until(lambda: "state=online" in primary.told("replication", "slave0"))
    told = on(settings, primary, replicas=True)
    store = await stores.open(told)
    before = [due_in(DAY) for _ in range(16)]
    kept = await asyncio.gather(*(store.add(new) for new in before))
    assert not any(one.alone for one in kept)
    replica.freeze()
    # Many at once, so over many connections; some of them were there before.
    news = [*before[:4], *(due_in(DAY) for _ in range(12))]
    kept = await asyncio.gather(*(store.add(new) for new in news))
    assert [one.alone for one in kept] == [True] * len(news)
    with open_sync_store(told) as other:
        assert other.add(news[0]).alone
        assert all(one.alone for one in other.add_many(news))
    outbox = Outbox(told.data_dir)
    for new in news:
        outbox.keep(new)
    waited = waits(primary)
    assert await store.hand_on(outbox, 1) == 0
    # One wait, however many there are: a command must not take half a second for each.
    assert waits(primary) == waited + 1
    assert len(outbox) == len(news)
    replica.thaw()
    assert await store.hand_on(outbox, 1) == len(news)
    assert not len(outbox)
