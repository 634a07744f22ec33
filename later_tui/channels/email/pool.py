"""A few connections for many mails: each carries one after another, and none rests for long."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from later_tui.channels.email.connection import Connection
from later_tui.domain.errors import DeliveryError, TransientError, UnavailableError

MOST = 4
"""How many connections there are at once; servers cut off who opens more."""
REST_S = 10.0
"""How long a connection rests before it is closed, s."""


class Pool:
    """Hands out connections; whoever took one gives it back."""

    def __init__(self, connect: Callable[[], Awaitable[Connection]]) -> None:
        self._connect = connect
        self._resting: list[Connection] = []
        self._taken = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._closing: asyncio.TimerHandle | None = None
        self._work: set[asyncio.Task[None]] = set()
        self._closed = False

    async def take(self) -> Connection:
        """Return a connection that works. Raises what connecting raises.

        When the server cannot be reached, those that wait for their turn are told at once: each
        of them would find it out the same slow way, and hold up its worker meanwhile.
        """
        await self._turn()
        try:
            while self._resting:
                connection = self._resting.pop()
                if await self._works(connection):
                    return connection
            return await self._connect()
        except BaseException as error:
            if isinstance(error, DeliveryError):
                self._refuse(error)
            self._next()
            raise

    def give_back(self, connection: Connection) -> None:
        """Keep the connection for the next mail, for a while."""
        if self._closed:
            self.retire(connection)
            return
        self._resting.append(connection)
        self._next()
        if self._closing is not None:
            self._closing.cancel()
        self._closing = asyncio.get_running_loop().call_later(REST_S, self._close_resting)

    def retire(self, connection: Connection) -> None:
        """End the connection politely: it has carried its last mail."""
        self._close(connection)
        self._next()

    def lose(self, error: DeliveryError | None = None) -> None:
        """Say that a connection has ended; with an error that those who wait would see too."""
        if error is not None:
            self._refuse(error)
        self._next()

    async def aclose(self) -> None:
        """Close those that rest; those that carry a mail are closed after it."""
        self._closed = True
        self._close_resting()
        if self._work:
            await asyncio.wait(self._work)

    async def _turn(self) -> None:
        if self._taken < MOST:
            self._taken += 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._next()  # it was our turn already
            raise

    def _next(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._taken -= 1

    def _refuse(self, error: DeliveryError) -> None:
        kind = TransientError if isinstance(error, TransientError) else UnavailableError
        for turn in self._waiting:
            if not turn.done():
                turn.set_exception(kind(str(error)))
        self._waiting.clear()

    async def _works(self, connection: Connection) -> bool:
        try:
            if await connection.works():
                return True
        except BaseException:
            connection.abort()
            raise
        connection.abort()
        return False

    def _close_resting(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None
        resting, self._resting = self._resting, []
        for connection in resting:
            self._close(connection)

    def _close(self, connection: Connection) -> None:
        task = asyncio.create_task(connection.close())
        self._work.add(task)
        task.add_done_callback(self._work.discard)
