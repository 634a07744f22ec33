"""The asyncio client of the app and the worker: redis-py, with our own idea of trying again.

redis-py's retries are off: with them a blocking read had not returned after 40 s, and a script was
seen to run twice. Whoever calls tries again, knowing whether that is safe.
"""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from redis.asyncio import (
    BlockingConnectionPool,
    Connection,
    Redis,
    SSLConnection,
    UnixDomainSocketConnection,
)
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import InvalidResponse, NoScriptError, RedisError, ResponseError

from later_tui.domain.errors import RefusedError, StoreError
from later_tui.store.address import Address
from later_tui.store.command import Arg, Batch, Call, Command, Reply
from later_tui.store.locators import Locator
from later_tui.store.wire import pack
from later_tui.store.words import moved, refused, strange, unreachable

CONNECTIONS = 8
TIMEOUT_S = 5.0
EACH_S = 0.02
"""How much longer a batch may take for each of its commands, s."""
BLOCKING_GRACE_S = 5.0


class _Clients:
    """The connections to one address: a bounded pool, and one more for the blocking read."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.short = _client(address, CONNECTIONS)
        self.blocking = _client(address, 1)
        self.turns = asyncio.Semaphore(CONNECTIONS)
        self.trouble = ""
        """Why these connections are given up."""

    async def aclose(self) -> None:
        for client in (self.short, self.blocking):
            with suppress(RedisError, OSError):
                await client.aclose()

    async def done(self, client: Redis) -> None:
        """Say that a call is done with `client`, whatever became of it.

        A connection that was only being made when the others were given up is closed now: nobody
        else would.
        """
        if self.trouble:
            with suppress(RedisError, OSError):
                await client.connection_pool.disconnect(inuse_connections=False)


class AsyncWire:
    """The way to the server of one shard, wherever that is now. Raises StoreError, ServerError."""

    def __init__(self, locator: Locator) -> None:
        self._locator = locator
        self._clients: _Clients | None = None
        self._search: asyncio.Task[_Clients] | None = None

    async def execute(self, batch: Batch) -> list[Reply]:
        """Send a batch in one go and return its replies in order."""
        begun = _now()
        while True:
            clients = await self._connected()
            async with clients.turns:
                if not clients.trouble:
                    try:
                        items = list(batch)
                        async with asyncio.timeout(TIMEOUT_S + EACH_S * len(items)):
                            return await self._send(clients.short, items)
                    except (RedisError, OSError, TimeoutError) as error:
                        raise await self._failed(clients, error) from error
                    finally:
                        await clients.done(clients.short)
            # The connections broke while this one waited for its turn: nothing of it was sent. A
            # short while is made good with new ones; a crowd does not time out one after another.
            if _now() - begun >= TIMEOUT_S:
                raise StoreError(clients.trouble)

    async def block(self, words: tuple[Arg, ...], block_ms: int) -> Reply:
        """Send a command that waits up to `block_ms` at the server."""
        clients = await self._connected()
        try:
            async with asyncio.timeout(block_ms / 1000 + BLOCKING_GRACE_S):
                return await _command(clients.blocking, words)
        except (RedisError, OSError, TimeoutError) as error:
            raise await self._failed(clients, error) from error
        finally:
            await clients.done(clients.blocking)

    async def aclose(self) -> None:
        """Close the connections; the server may end if nobody else uses it."""
        if self._search is not None:
            self._locator.give_up()
            await asyncio.wait([self._search])
        if self._clients is not None:
            await self._clients.aclose()
            self._clients = None
        await asyncio.to_thread(self._locator.release)

    async def _connected(self) -> _Clients:
        """Return the connections, looking for the server once for all who want it."""
        if self._clients is not None:
            return self._clients
        if self._search is None or self._search.done():
            self._search = asyncio.create_task(self._find())
            # Who waited for it may be gone: its error is then nobody's.
            self._search.add_done_callback(lambda task: task.cancelled() or task.exception())
        return await asyncio.shield(self._search)

    async def _find(self) -> _Clients:
        self._clients = _Clients(await asyncio.to_thread(self._locator.find))
        return self._clients

    async def _send(self, client: Redis, batch: list[Command | Call]) -> list[Reply]:
        replies = await _pipeline(client, [_words(item) for item in batch])
        missing = [i for i, reply in enumerate(replies) if isinstance(reply, NoScriptError)]
        if missing:
            # Nothing of these ran: sending them again, whole, takes effect once.
            again = await _pipeline(client, [_words(batch[i], whole=True) for i in missing])
            for i, reply in zip(missing, again, strict=True):
                replies[i] = reply
        for reply in replies:
            if isinstance(reply, Exception):
                raise reply
        return replies

    async def _failed(self, clients: _Clients, error: Exception) -> StoreError:
        sentence = _sentence(clients.address, error)
        if clients.trouble and not _reply(error):
            # It was cut off by the failure of another, whose reason is the better one.
            return StoreError(clients.trouble)
        if not _reply(error) or moved(_reply(error)):
            # The next call looks for the server anew: it may have moved, or have to be started.
            clients.trouble = sentence
            if self._clients is clients:
                self._clients = None
            await clients.aclose()
        return RefusedError(sentence) if _reply(error) else StoreError(sentence)


def _now() -> float:
    return asyncio.get_running_loop().time()


def _sentence(address: Address, error: Exception) -> str:
    if reply := _reply(error):
        return refused(address.title, reply)
    if isinstance(error, InvalidResponse):
        return strange(address.title)
    behind = error.__cause__ or error.__context__
    return unreachable(address, behind if isinstance(behind, OSError) else error)


async def _pipeline(client: Redis, commands: Sequence[tuple[Arg, ...]]) -> list[Reply]:
    if len(commands) == 1:
        try:
            return [await _command(client, commands[0])]
        except ResponseError as error:
            return [error]
    async with client.pipeline(transaction=False) as pipe:
        for words in commands:
            pipe.execute_command(*words)
        replies: list[Reply] = await pipe.execute(raise_on_error=False)
        return replies


async def _command(client: Redis, words: tuple[Arg, ...]) -> Reply:
    return await client.execute_command(*words)  # type: ignore[no-untyped-call]


def _reply(error: Exception) -> str:
    """Return the server's own words, if the error is its reply."""
    code = getattr(error, "status_code", None)
    if code:
        return f"{code} {error}"
    return str(error) if isinstance(error, ResponseError) else ""


def _words(item: Command | Call, *, whole: bool = False) -> tuple[Arg, ...]:
    if isinstance(item, Command):
        return item.args
    head: tuple[Arg, ...] = ("EVAL", item.script.text) if whole else ("EVALSHA", item.script.sha)
    return (*head, 1, item.prefix, *item.args)


class _Packing:
    """Packs commands with hiredis: redis-py's asyncio connections would do it in Python."""

    def pack_command(self, *words: Arg) -> list[bytes]:
        return [pack(words)]

    def pack_commands(self, commands: Iterable[tuple[Arg, ...]]) -> list[bytes]:
        return [b"".join(map(pack, commands))]


class _Tcp(_Packing, Connection):  # type: ignore[misc]
    """A TCP connection."""


class _Tls(_Packing, SSLConnection):  # type: ignore[misc]
    """A TLS connection."""


class _Unix(_Packing, UnixDomainSocketConnection):  # type: ignore[misc]
    """A connection to a unix socket."""


def _client(address: Address, connections: int) -> Redis:
    kwargs: dict[str, Any] = {
        "username": address.username,
        "password": address.password,
        "db": address.db,
        "protocol": 2,
        "retry": Retry(NoBackoff(), 0),
        # Ours is around it all: theirs is a `wait_for`, which before Python 3.12 may lose a
        # cancellation that comes together with the end of the sending.
        "socket_timeout": None,
        "driver_info": None,  # two commands less a connection, and a right less that they need
    }
    if address.path is not None:
        kwargs |= {"connection_class": _Unix, "path": address.path}
    else:
        kwargs |= {"connection_class": _Tcp, "host": address.host, "port": address.port}
        kwargs |= {"socket_connect_timeout": TIMEOUT_S}
        if address.tls:
            kwargs |= {"connection_class": _Tls, "ssl_ca_certs": address.ca_file}
    pool = BlockingConnectionPool(max_connections=connections, timeout=None, **kwargs)
    client = Redis.from_pool(pool)
    # Replies as the protocol has them: the flows read them alike from both clients.
    client.response_callbacks.clear()
    return client
