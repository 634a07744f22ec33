"""Servers that fail, stores on them, and workers that must not mind."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from later_tui.config.settings import RedisSettings, Settings
from later_tui.store import open_store
from later_tui.store.asyncstore import Store
from tests.faults.servers import Server, Servers
from tests.worker.conftest import Workers


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[Servers]:
    servers = Servers(tmp_path / "servers")
    yield servers
    servers.close()


def on(settings: Settings, server: Server | None = None, **redis: object) -> Settings:
    """Return settings on a server, or on what `redis` names."""
    if server is not None:
        redis = {"host": "127.0.0.1", "port": server.port, **redis}
    return replace(settings, redis=RedisSettings(**redis))  # type: ignore[arg-type]


class Stores:
    """Opens stores, and closes them with the test."""

    def __init__(self) -> None:
        self._all: list[Store] = []

    async def open(self, settings: Settings, shard: int | None = None) -> Store:
        store = await open_store(settings, shard)
        self._all.append(store)
        return store

    async def close(self) -> None:
        await asyncio.gather(*(store.aclose() for store in self._all))


@pytest.fixture
async def stores(servers: Servers) -> AsyncIterator[Stores]:
    stores = Stores()
    yield stores
    await stores.close()


@pytest.fixture
async def hands(settings: Settings, servers: Servers) -> AsyncIterator[Workers]:
    """Workers; set `hands.settings` before the first is started."""
    hands = Workers(settings)
    yield hands
    await hands.stop()
