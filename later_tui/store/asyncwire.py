"""The asyncio client of the app and the worker: redis-py, with our own idea of trying again.

redis-py's retries are off: with them a blocking read had not returned after 40 s, and a script was
seen to run twice. Whoever calls tries again, knowing whether that is safe.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from redis.asyncio import BlockingConnectionPool, Redis, SSLConnection, UnixDomainSocketConnection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import InvalidResponse, NoScriptError, RedisError, ResponseError

from later_tui.domain.errors import LaterError, StoreError
from later_tui.store.address import Address
from later_tui.store.command import Arg, Batch, Call, Command, Reply
from later_tui.store.words import refused, strange, unreachable

CONNECTIONS = 8
TIMEOUT_S = 5.0
BLOCKING_GRACE_S = 5.0


class AsyncWire:
    """A bounded pool of connections to one server, and one more for the blocking read."""

    def __init__(
        self, address: Address, recover: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """`recover` is awaited after a connection failed: the embedded server is started again."""
        self._title = address.title
        self._recover = recover
        self._client = _client(address, CONNECTIONS, TIMEOUT_S)
        self._blocking = _client(address, 1, None)

    async def execute(self, batch: Batch) -> list[Reply]:
        """Send a batch in one go and return its replies in order. Raises StoreError."""
        try:
            return await self._send(batch)
        except (RedisError, OSError, TimeoutError) as error:
            raise await self._failed(error) from error

    async def _send(self, batch: Batch) -> list[Reply]:
        replies = await self._pipeline([_words(item) for item in batch])
        missing = [i for i, reply in enumerate(replies) if isinstance(reply, NoScriptError)]
        if missing:
            # Nothing of these ran: sending them again, whole, takes effect once.
            again = await self._pipeline([_words(batch[i], whole=True) for i in missing])
            for i, reply in zip(missing, again, strict=True):
                replies[i] = reply
        for reply in replies:
            if isinstance(reply, Exception):
                raise reply
        return replies

    async def _pipeline(self, commands: Sequence[tuple[Arg, ...]]) -> list[Reply]:
        if len(commands) == 1:
            try:
                return [await self._command(self._client, commands[0])]
            except ResponseError as error:
                return [error]
        async with self._client.pipeline(transaction=False) as pipe:
            for words in commands:
                pipe.execute_command(*words)
            replies: list[Reply] = await pipe.execute(raise_on_error=False)
            return replies

    async def block(self, words: tuple[Arg, ...], block_ms: int) -> Reply:
        """Send a command that waits up to `block_ms` at the server. Raises StoreError."""
        try:
            async with asyncio.timeout(block_ms / 1000 + BLOCKING_GRACE_S):
                return await self._command(self._blocking, words)
        except (RedisError, OSError, TimeoutError) as error:
            await self._blocking.connection_pool.disconnect()
            raise await self._failed(error) from error

    @staticmethod
    async def _command(client: Redis, words: tuple[Arg, ...]) -> Reply:
        return await client.execute_command(*words)  # type: ignore[no-untyped-call]

    async def _failed(self, error: Exception) -> StoreError:
        if reply := _reply(error):
            return StoreError(refused(self._title, reply))
        if isinstance(error, InvalidResponse):
            return StoreError(strange(self._title))
        if self._recover is not None:
            try:
                await self._recover()
            except LaterError as trouble:
                return StoreError(str(trouble))
        return StoreError(unreachable(self._title, error.__cause__ or error))

    async def aclose(self) -> None:
        await self._client.aclose()
        await self._blocking.aclose()


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


def _client(address: Address, connections: int, timeout_s: float | None) -> Redis:
    kwargs: dict[str, Any] = {
        "username": address.username,
        "password": address.password,
        "db": address.db,
        "protocol": 2,
        "retry": Retry(NoBackoff(), 0),
        "socket_timeout": timeout_s,
    }
    if address.path is not None:
        kwargs |= {"connection_class": UnixDomainSocketConnection, "path": address.path}
    else:
        kwargs |= {"host": address.host, "port": address.port, "socket_connect_timeout": TIMEOUT_S}
        if address.tls:
            kwargs |= {"connection_class": SSLConnection}
    pool = BlockingConnectionPool(max_connections=connections, timeout=None, **kwargs)
    client = Redis.from_pool(pool)
    # Replies as the protocol has them: the flows read them alike from both clients.
    client.response_callbacks.clear()
    return client
