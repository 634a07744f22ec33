"""One connection to a D-Bus bus, over dbus-fast, and how calls on it end when it is lost."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from later_tui.domain.errors import UnavailableError
from later_tui.domain.inert import one_line

if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

_LOST = "the session bus went away"


class ErrorReply(Exception):  # noqa: N818 - it is D-Bus's word for it
    """The other side answered with an error: its D-Bus name, and its words, in one line."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(one_line(words) or name)
        self.name = name


class Connection:
    """Calls and signals on a connection that was made by `connect`."""

    def __init__(self, bus: "MessageBus", on_signal: Callable[["Message"], None]) -> None:
        self._bus = bus
        self._on_signal = on_signal
        self._replies: dict[int, asyncio.Future[Message]] = {}
        self._end: asyncio.Task[None] | None = None

    @classmethod
    async def connect(cls, address: str, on_signal: Callable[["Message"], None]) -> "Connection":
        """Connect; the caller bounds the time.

        Raises ImportError, OSError, EOFError, or an error of dbus-fast.
        """
        from dbus_fast.aio import MessageBus

        connection = cls(MessageBus(bus_address=address), on_signal)
        connection._bus.add_message_handler(connection._heard)
        await connection._bus.connect()
        connection._end = asyncio.create_task(connection._watch())
        return connection

    @property
    def connected(self) -> bool:
        """Whether the other end is there, as far as is known."""
        return self._bus.connected

    async def call(
        self,
        destination: str,
        path: str,
        interface: str,
        member: str,
        signature: str = "",
        *body: object,
    ) -> "Message":
        """Call a method and return its reply; the caller bounds the time.

        Not by `MessageBus.call`: when the bus goes away while it writes, that leaves an
        exception which nobody can catch.

        Raises ErrorReply, or UnavailableError: the connection was lost meanwhile.
        """
        from dbus_fast import Message, MessageType

        message = Message(
            destination=destination,
            path=path,
            interface=interface,
            member=member,
            signature=signature,
            body=list(body),
            serial=self._bus.next_serial(),
        )
        if not self.connected:
            raise UnavailableError(_LOST)
        waiting: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._replies[message.serial] = waiting
        try:
            await self._bus.send(message)
            reply = await waiting
        except (OSError, EOFError) as error:
            raise UnavailableError(_LOST) from error
        finally:
            del self._replies[message.serial]
            waiting.cancel()
        if reply.message_type is MessageType.ERROR:
            words = reply.body[0] if reply.body and isinstance(reply.body[0], str) else ""
            raise ErrorReply(reply.error_name or "", words)
        return reply

    async def aclose(self) -> None:
        """Hang up. Calls under way end with UnavailableError."""
        if self._bus.connected:
            self._bus.disconnect()
        if self._end is not None:
            await self._end

    def _heard(self, message: "Message") -> None:
        from dbus_fast import MessageType

        if message.message_type is MessageType.SIGNAL:
            self._on_signal(message)
            return
        waiting = self._replies.get(message.reply_serial or 0)
        if waiting is not None and not waiting.done():
            waiting.set_result(message)

    async def _watch(self) -> None:
        from dbus_fast.errors import DBusFastError

        try:
            await self._bus.wait_for_disconnect()  # type: ignore[no-untyped-call]
        except (OSError, EOFError, DBusFastError):
            pass  # how it was lost matters to nobody
        finally:
            for waiting in self._replies.values():
                if not waiting.done():
                    waiting.set_exception(EOFError(_LOST))
