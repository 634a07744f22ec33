"""Sends mail by a server."""

import asyncio
import ssl

from later_tui.channels.base import Receipt
from later_tui.channels.email.connection import Connection
from later_tui.channels.email.faults import ServerRefusedError, ServerSilentError
from later_tui.channels.email.hold import LOGIN_S, SECRET_S, Hold
from later_tui.channels.email.message import Mail
from later_tui.channels.email.options import Server
from later_tui.channels.email.pool import Pool
from later_tui.domain.errors import DeliveryError, TransientError, UnavailableError


class Smtp:
    """A way to send: by SMTP (RFC 5321) to one server."""

    def __init__(self, server: Server, hold: Hold) -> None:
        """`hold` knows whether the server is to be left alone."""
        self.via = server.via
        self._server = server
        self._hold = hold
        self._context: ssl.SSLContext | None = None
        self._pool = Pool(self._connect)
        self._first = asyncio.Lock()
        self._trouble: TransientError | None = None
        self._proven = False

    async def ready(self) -> None:
        """Raise UnavailableError when what is needed on this machine is not there."""
        await self._password()
        await self._tls()

    async def carry(self, mail: Mail) -> Receipt:
        """Send the mail. Raises TransientError, PermanentError or ServerRefusedError."""
        connection = await self._pool.take()
        try:
            proof = await connection.carry(mail)
        except ServerSilentError as error:
            connection.abort()
            self._pool.lose(error)
            raise
        except DeliveryError:
            self._pool.retire(connection)
            raise
        except BaseException:
            connection.abort()
            self._pool.lose()
            raise
        self._pool.give_back(connection)
        return Receipt(self.via, proof)

    async def aclose(self) -> None:
        await self._pool.aclose()

    async def _connect(self) -> Connection:
        """Return a new connection. Until one has worked they are made one by one.

        So a wrong password is tried once, and not once for each mail: `Email.send` holds before
        the next in line runs.
        """
        if self._proven:
            return await self._open()
        known = self._trouble
        async with self._first:
            if self._trouble is not None and self._trouble is not known:
                raise TransientError(str(self._trouble))  # it happened while this one waited
            try:
                connection = await self._open()
            except TransientError as error:
                self._trouble = error
                raise
            self._proven = True
            return connection

    async def _open(self) -> Connection:
        if reason := self._hold.reason:
            raise UnavailableError(reason)
        connection = Connection(self._server)
        try:
            await connection.open(await self._tls(), await self._password())
        except ServerRefusedError as error:
            self._proven = False
            if error.hold_s == LOGIN_S and self._server.password is not None:
                self._server.password.forget()  # it may be changed meanwhile
            raise
        return connection

    async def _password(self) -> str:
        if self._server.password is None:
            return ""
        try:
            password = await self._server.password.reveal()
        except UnavailableError as error:
            raise ServerRefusedError(str(error), SECRET_S) from None
        if "\0" in password:
            raise ServerRefusedError(
                "channel.email.password holds a NUL character; set it anew", SECRET_S
            )
        return password

    async def _tls(self) -> ssl.SSLContext | None:
        if self._server.security == "none":
            return None
        if self._context is None:
            self._context = await asyncio.to_thread(self._make_context)
        return self._context

    def _make_context(self) -> ssl.SSLContext:
        """Return what verifies certificates and names; TLS 1.2 at the least."""
        try:
            return ssl.create_default_context(cafile=self._server.ca_file)
        except (OSError, ssl.SSLError):
            raise ServerRefusedError(
                f"channel.email.ca_file: {self._server.ca_file} holds no certificates; "
                "set a file of certificates (PEM)",
                SECRET_S,
            ) from None
