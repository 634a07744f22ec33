"""Six nodes, three of them primaries: eight shards, and a primary that is killed."""

import asyncio
import os
import signal
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from later_tui.channels.registry import Opened
from later_tui.config.load import load
from later_tui.config.settings import Settings, WorkerSettings
from later_tui.domain.errors import StoreError
from later_tui.domain.reminder import Answer, State
from later_tui.store import open_sync_store
from later_tui.store.asyncstore import Store
from later_tui.store.keys import shard_of
from later_tui.store.records import View
from later_tui.worker import main
from tests.faults.conftest import Stores
from tests.faults.servers import HOST, Server, Servers, until
from tests.making import due_in, now_ms
from tests.worker.conftest import eventually
from tests.worker.filechannel import FileChannel, lines

DAY = 86_400_000
SHARDS = 8
SLOTS = 16384


@dataclass
class Nodes:
    """A cluster: the primaries first, then the replica of each."""

    all: list[Server]

    @property
    def primaries(self) -> list[Server]:
        return self.all[:3]

    def serving(self, shard: int) -> Server:
        """Return the primary that had a shard at the start."""
        slot = self.all[0].ask("CLUSTER", "KEYSLOT", f"later:{{{shard}}}:events")
        return self.primaries[slot * 3 // SLOTS]


@pytest.fixture
def cluster(servers: Servers) -> Nodes:
    nodes = [
        servers.start(
            "cluster-enabled yes",
            "cluster-config-file nodes.conf",
            "cluster-node-timeout 2500",
            "cluster-require-full-coverage no",
            "cluster-replica-validity-factor 0",
            "repl-diskless-sync-delay 0",
            "appendonly yes",
        )
        for _ in range(6)
    ]
    for number, node in enumerate(nodes):
        node.ask("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
        if number < 3:
            first = -(-number * SLOTS // 3)
            node.ask("CLUSTER", "ADDSLOTS", *range(first, -(-(number + 1) * SLOTS // 3)))
        if number:
            node.ask("CLUSTER", "MEET", HOST, nodes[0].port)
    for node in nodes:
        until(lambda n=node: n.ask("CLUSTER", "NODES").count(b"connected") == 6)
    for primary, replica in zip(nodes, nodes[3:], strict=False):
        replica.ask("CLUSTER", "REPLICATE", primary.ask("CLUSTER", "MYID").decode())
    for node in nodes:
        until(lambda n=node: b"cluster_state:ok" in n.ask("CLUSTER", "INFO"))
    for replica in nodes[3:]:
        until(lambda r=replica: r.told("replication", "master_link_status") == "up")
    return Nodes(nodes)


def users() -> list[str]:
    """Return a user of each shard, in the order of the shards."""
    found: dict[int, str] = {}
    for number in range(1000):
        found.setdefault(shard_of(f"user{number}", SHARDS), f"user{number}")
    return [found[shard] for shard in range(SHARDS)]


def told(settings: Settings, nodes: Nodes) -> Settings:
    """Return the settings that variables alone give, with this test's folders."""
    environ = {
        "HOME": str(settings.data_dir),
        "LATER_USER": "ada",
        "LATER_DATA_DIR": str(settings.data_dir),
        "LATER_REDIS_CLUSTER": nodes.all[0].place,  # one is enough: it knows the others
        "LATER_REDIS_SHARDS": str(SHARDS),
    }
    return load({}, environ)


async def test_users_spread_over_the_slots_and_one_process_works_for_all_of_them(
    settings: Settings,
    cluster: Nodes,
    stores: Stores,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = told(settings, cluster)
    # Two slots for eight workers: they share them, and none starves.
    worker = WorkerSettings(max_workers=2, users=tuple(users()))
    settings = replace(settings, worker=worker, channels=("file",))
    channel = FileChannel(tmp_path / "sent", name="file", slow_s=0.01)
    monkeypatch.setattr(main, "open_named", lambda *_: Opened({"file": channel}, {}))
    news = [
        due_in(1500, text=f"{user} {number}", username=user, channels=("file",))
        for user in users()
        for number in range(5)
    ]
    for shard, user in enumerate(users()):
        own = replace(settings, user=user)
        with open_sync_store(own) as store:
            kept = store.add_many([new for new in news if new.username == user])
            assert not any(one.alone for one in kept)
            assert store.page(user, View.UPCOMING, 0, 10).total == 5
        holder = cluster.serving(shard)
        assert holder.ask("EXISTS", f"later:{{{shard}}}:{user}_tasks") == 1
    assert len({cluster.serving(shard).port for shard in range(SHARDS)}) == 3

    working = asyncio.create_task(main._run(settings))
    await eventually(lambda: len(lines(channel.path)) == len(news))
    os.kill(os.getpid(), signal.SIGTERM)
    assert await working == 0
    assert {name for name, _, _ in lines(channel.path)} == {new.id for new in news}
    for shard, user in enumerate(users()):
        store_ = await stores.open(replace(settings, user=user), shard)
        counts = await store_.counts(user)
        assert (counts.upcoming, counts.past, counts.unanswered) == (0, 5, 5)
        page = await store_.page(user, View.UNANSWERED, 0, 5)
        answered = await store_.answer(settings, page.reminders[0].id, Answer.DONE, now=now_ms())
        assert answered.state is State.DONE


async def first_add(store: Store, user: str) -> float:
    begun = time.monotonic()
    while True:
        try:
            await store.add(due_in(DAY, username=user))
        except StoreError:
            assert time.monotonic() - begun < 60, "it did not answer again"
            await asyncio.sleep(0.02)
        else:
            return time.monotonic() - begun


async def test_a_killed_primary_s_shards_answer_again_in_seconds_and_the_others_throughout(
    settings: Settings, cluster: Nodes, stores: Stores
) -> None:
    settings = told(settings, cluster)
    opened = [await stores.open(settings, shard) for shard in range(SHARDS)]
    kept = [
        await store.add(due_in(DAY, username=user))
        for store, user in zip(opened, users(), strict=True)
    ]
    assert not any(one.alone for one in kept)
    victim = cluster.all[0]  # the only node that was named
    hit = [shard for shard in range(SHARDS) if cluster.serving(shard) is victim]
    spared = [shard for shard in range(SHARDS) if shard not in hit]
    assert hit
    assert spared

    async def keep_adding(shard: int, done: asyncio.Event) -> int:
        count = 0
        while not done.is_set():
            await opened[shard].add(due_in(DAY, username=users()[shard]))  # never fails
            count += 1
            await asyncio.sleep(0.02)
        return count

    done = asyncio.Event()
    throughout = [asyncio.create_task(keep_adding(shard, done)) for shard in spared]
    victim.kill()
    took = await asyncio.gather(*(first_add(opened[shard], users()[shard]) for shard in hit))
    done.set()
    assert min(await asyncio.gather(*throughout)) > 10
    for shard, one in enumerate(kept):
        assert (await opened[shard].get(one.reminder_id)).due_at == one.due_at
    print(f"cluster failover: {len(hit)} shards answer again after {max(took):.1f} s")
    # A process that starts now and was told of a living node, too, gets everywhere.
    nodes = (victim.place, cluster.all[4].place)
    later = replace(settings, redis=replace(settings.redis, cluster=nodes))
    for user in users():
        with open_sync_store(replace(later, user=user)) as store:
            assert store.counts(user).upcoming >= 1
