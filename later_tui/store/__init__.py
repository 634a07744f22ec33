"""Reminders in Redis: keys, scripts, connection, the embedded server.

`open_store` gives the asyncio store of the app and the worker, `open_sync_store` the blocking one
of the commands; each imports only what it needs.
"""

from typing import TYPE_CHECKING

from later_tui.store.keys import Keys, shard_of
from later_tui.store.place import locate

if TYPE_CHECKING:
    from later_tui.config.settings import Settings
    from later_tui.store.asyncstore import Store
    from later_tui.store.syncstore import SyncStore

__all__ = ["open_store", "open_sync_store"]


async def open_store(settings: "Settings") -> "Store":
    """Find or start the server and return a store on it; the first call connects.

    Raises ConfigError, ServerError.
    """
    import asyncio

    from later_tui.store.asyncstore import Store
    from later_tui.store.asyncwire import AsyncWire

    address, server = await asyncio.to_thread(locate, settings)

    async def start_again() -> None:
        if server is not None:
            await asyncio.to_thread(server.ensure)

    keys = Keys(shard_of(settings.user, settings.redis.shards))
    return Store(AsyncWire(address, start_again), keys, address.place, server)


def open_sync_store(settings: "Settings") -> "SyncStore":
    """Find or start the server, connect, and return a store on it.

    Raises ConfigError, ServerError, StoreError.
    """
    from later_tui.domain.errors import StoreError
    from later_tui.store.syncstore import SyncStore
    from later_tui.store.wire import Wire

    address, server = locate(settings)
    try:
        wire = Wire(address)
    except StoreError:
        if server is not None:
            server.leave()
        raise
    return SyncStore(
        wire, Keys(shard_of(settings.user, settings.redis.shards)), address.place, server
    )
