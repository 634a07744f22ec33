"""A server that would lose reminders is warned of at the start; one that keeps them is not."""

import pytest

from later_tui.config.settings import Settings
from later_tui.store import open_sync_store
from later_tui.store.checkup import version
from later_tui.store.servercheck import warnings
from later_tui.store.words import ACL_RULES
from tests.faults.conftest import Stores, on
from tests.faults.servers import Servers

SAFE = ("appendonly yes", "maxmemory-policy noeviction")


async def said(stores: Stores, settings: Settings) -> tuple[str, ...]:
    """Return the warnings, which both clients give alike."""
    store = await stores.open(settings)
    sentences = await store.run(warnings(store.place))
    with open_sync_store(settings) as other:
        assert other.run(warnings(store.place)) == sentences
    return sentences


async def test_a_policy_that_drops_reminders_is_warned_of(
    settings: Settings, servers: Servers, stores: Stores
) -> None:
    server = servers.start(*SAFE)
    told = on(settings, server)
    assert await said(stores, told) == ()
    server.ask("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
    [sentence] = await said(stores, told)
    assert sentence.endswith("set maxmemory-policy noeviction on the server")
    server.ask("CONFIG", "SET", "maxmemory", "1gb")
    [sentence] = await said(stores, told)
    assert "a full server drops reminders" in sentence
    # Live keys have no time to live, so the policies that look at that alone drop nothing.
    server.ask("CONFIG", "SET", "maxmemory-policy", "volatile-lru")
    assert await said(stores, told) == ()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("appendonly no",), "nothing is written to disk"),
        (("appendonly no", "save 3600 1"), "a crash loses what came since the last snapshot"),
        (("appendonly yes", "appendfsync no"), "synced when the system likes"),
        (("appendonly yes", "appendfsync everysec"), ""),
    ],
)
async def test_persistence_that_loses_reminders_is_warned_of(
    settings: Settings, servers: Servers, stores: Stores, lines: tuple[str, ...], expected: str
) -> None:
    sentences = await said(stores, on(settings, servers.start(*lines)))
    if expected:
        [sentence] = sentences
        assert expected in sentence
    else:
        assert sentences == ()


async def test_a_server_that_keeps_its_configuration_to_itself_is_judged_by_what_it_tells(
    settings: Settings, servers: Servers, stores: Stores
) -> None:
    server = servers.start("appendonly yes", "maxmemory 1gb", "maxmemory-policy allkeys-lfu")
    server.ask("ACL", "SETUSER", "ada", "on", ">x", *ACL_RULES.split())
    server.ask("ACL", "SETUSER", "bo", "on", ">x", *ACL_RULES.split(), "-info")
    [sentence] = await said(stores, on(settings, server, username="ada", password="x"))
    assert "a full server drops reminders" in sentence
    assert await said(stores, on(settings, server, username="bo", password="x")) == ()


async def test_a_cluster_that_one_node_can_stop_is_warned_of(
    settings: Settings, servers: Servers, stores: Stores
) -> None:
    server = servers.start(*SAFE, "cluster-enabled yes")
    server.ask("CLUSTER", "ADDSLOTS", *range(16384))
    [sentence] = await said(stores, on(settings, server))
    assert "cluster-require-full-coverage no" in sentence


def test_a_version_before_6_2_is_warned_of() -> None:
    assert "use Redis 6.2 or newer" in version({"redis_version": "6.0.16"}, "x").todo
    assert version({"redis_version": "6.2.0"}, "x").todo == ""
