"""The D-Bus session bus: one connection, made when needed and made anew when it was lost."""

import asyncio
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from later_tui.channels.desktop.absence import Absence, trace
from later_tui.channels.desktop.connection import Connection, ErrorReply
from later_tui.domain.errors import UnavailableError
from later_tui.domain.inert import one_line

if TYPE_CHECKING:
    from dbus_fast import Message

BUS = "org.freedesktop.DBus"
_BUS_PATH = "/org/freedesktop/DBus"


class UnseenError(UnavailableError):
    """The bus cannot be looked at from here, though another program might reach it."""


class SessionBus:
    """Calls over the session bus, and the signals that were asked for.

    `on_signal` gets every signal that matches one of `rules`; it must not block.
    """

    def __init__(self, rules: Sequence[str], on_signal: Callable[["Message"], None]) -> None:
        self._rules = tuple(rules)
        self._on_signal = on_signal
        self._connection: Connection | None = None
        self._connecting = asyncio.Lock()
        self._missing = Absence()
        self.connections = 0
        """How many there were: another number, another bus, of which nothing is known yet."""

    @property
    def connected(self) -> bool:
        """Whether there is a connection now; none is made by asking."""
        return self._connection is not None and self._connection.connected

    async def ask(self, member: str, signature: str = "", *body: object) -> "Message":
        """Call a method of the bus itself. Raises as `call`."""
        return await self.call(BUS, _BUS_PATH, BUS, member, signature, *body)

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

        Raises ErrorReply, or UnavailableError: there is no bus, or it went away meanwhile.
        """
        connection = await self._connected()
        return await connection.call(destination, path, interface, member, signature, *body)

    async def aclose(self) -> None:
        """Close the connection; a later call makes a new one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.aclose()

    async def _connected(self) -> Connection:
        address = session_address()
        if self._connection is None and (reason := self._missing.recall(address)):
            raise UnavailableError(reason)
        async with self._connecting:
            # Two turns of the loop: in the first it sees that the other end hung up, in the
            # second it has said so. Writing to a dead connection leaves noise in dbus-fast.
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            if self._connection is not None and self._connection.connected:
                return self._connection
            self._connection = None
            if reason := self._missing.recall(address):
                raise UnavailableError(reason)
            before = trace(address)
            try:
                self._connection = await self._connect(address)
                self.connections += 1
            except UnseenError:
                raise
            except UnavailableError as error:
                nobody = isinstance(error.__cause__, FileNotFoundError | ConnectionRefusedError)
                self._missing.keep(address, before, str(error), sure=nobody)
                raise
            return self._connection

    async def _connect(self, address: str) -> Connection:
        try:
            from dbus_fast import InvalidAddressError
            from dbus_fast.errors import DBusFastError
        except ImportError as error:
            raise UnseenError(f"the package dbus-fast cannot be used ({error})") from error
        try:
            connection = await Connection.connect(address, self._on_signal)
        except InvalidAddressError as error:
            raise UnseenError(
                f"the session bus's address {one_line(address)} is of no kind that can be used"
            ) from error
        except (OSError, EOFError, DBusFastError) as error:
            why = getattr(error, "strerror", None) or str(error) or "it hung up"
            raise UnavailableError(
                f"no session bus at {one_line(address)} ({one_line(why)})"
            ) from error
        try:
            for rule in self._rules:
                await connection.call(BUS, _BUS_PATH, BUS, "AddMatch", "s", rule)
        except ErrorReply as error:
            await connection.aclose()
            raise UnavailableError(f"the session bus refuses signals ({error})") from error
        except BaseException:
            # Cancelled, or out of time: nobody else would close it.
            await connection.aclose()
            raise
        return connection


def session_address() -> str:
    """Return the address of the session bus: the environment's, or the user's runtime folder's.

    Raises UnavailableError: neither is there.
    """
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if address:
        return address
    folder = os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
    path = os.path.join(folder, "bus")  # noqa: PTH118 - a plain string is what is needed
    if not os.path.exists(path):  # noqa: PTH110
        raise UnavailableError(
            f"there is no session bus (DBUS_SESSION_BUS_ADDRESS is not set, no {path})"
        )
    escaped = "".join(
        char if char.isascii() and (char.isalnum() or char in "-_/.") else _percent(char)
        for char in path
    )
    return f"unix:path={escaped}"


def _percent(char: str) -> str:
    return "".join(f"%{byte:02x}" for byte in os.fsencode(char))
