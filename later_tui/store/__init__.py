"""Reminders in Redis: keys, scripts, connections, the private server.

`open_store` gives the asyncio store of the app and the worker, `open_sync_store` the blocking one
of the commands; each imports only what it needs.
"""

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from later_tui.store.keys import Keys, shard_of

if TYPE_CHECKING:
    from later_tui.config.settings import Settings
    from later_tui.store.asyncstore import Store
    from later_tui.store.syncstore import SyncStore

__all__ = ["open_store", "open_sync_store"]


async def open_store(settings: "Settings", shard: int | None = None) -> "Store":
    """Return a store on the user's shard, or on `shard`; the private server is started.

    Another server is first looked for by the first call. Raises ConfigError, ServerError.
    """
    import asyncio

    from later_tui.store.asyncstore import Store
    from later_tui.store.asyncwire import AsyncWire
    from later_tui.store.locators import Private
    from later_tui.store.place import locator

    keys = Keys(shard_of(settings.user, settings.redis.shards) if shard is None else shard)
    found = locator(settings, keys)
    if isinstance(found, Private):
        await asyncio.to_thread(found.find)
    return Store(AsyncWire(found), keys, found.place, spread=found.spread)


def open_sync_store(settings: "Settings", shard: int | None = None) -> "SyncStore":
    """Find or start the server, connect, and return a store on the user's shard, or on `shard`.

    Raises ConfigError, ServerError, StoreError.
    """
    from later_tui.domain.errors import LaterError
    from later_tui.store.place import locator
    from later_tui.store.syncstore import SyncStore
    from later_tui.store.wire import Wire

    keys = Keys(shard_of(settings.user, settings.redis.shards) if shard is None else shard)
    found = locator(settings, keys)
    try:
        wire = Wire(found.find())
    except LaterError:
        found.release()
        raise
    store = SyncStore(wire, keys, found)
    if _something_waits(settings):
        from later_tui.store.outbox import Outbox

        with suppress(LaterError):
            # Else it goes on waiting; the command meets the trouble itself.
            store.hand_on(Outbox(settings.data_dir), settings.redis.shards)
    return store


def _something_waits(settings: "Settings") -> bool:
    """Look into the outbox's folder, without importing what reads it."""
    try:
        return any(name.endswith(".json") for name in os.listdir(settings.data_dir / "outbox"))  # noqa: PTH208
    except OSError:
        return False
