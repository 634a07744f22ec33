"""One connection to the mail server: greeted, encrypted, logged in, and every step bounded.

A step is bounded as a whole, however slowly its bytes come. The library's own timeouts are off:
`asyncio.wait_for` loses cancellations in Python 3.11.
"""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Coroutine
from typing import Any, TypeVar

from aiosmtplib import SMTP, SMTPException

from later_tui.channels.email.dial import dial
from later_tui.channels.email.faults import (
    ServerRefusedError,
    ServerSilentError,
    Step,
    failure,
    words,
)
from later_tui.channels.email.hold import SERVER_S
from later_tui.channels.email.login import log_in, traces
from later_tui.channels.email.message import Mail
from later_tui.channels.email.options import Server
from later_tui.domain.errors import DeliveryError, PermanentError, TransientError

T = TypeVar("T")

_WHO = "[127.0.0.1]"
"""What we call ourselves in EHLO: the machine's name is nobody's business (RFC 5321 §4.1.4)."""
_GLANCE_S = 2.0
"""How long a connection may take to show that it still works, or to end politely, s."""


class Connection:
    """Carries one mail after another."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._via = server.via
        self._smtp: SMTP | None = None
        self._socket: socket.socket | None = None
        self._secrets: tuple[str, ...] = ()

    async def open(self, context: ssl.SSLContext | None, password: str) -> None:
        """Connect, encrypt and log in.

        Raises TransientError, or ServerRefusedError: no mail can go by this server for a while.
        """
        server = self._server
        if server.username is not None:
            self._secrets = traces(server.username, password)
        try:
            smtp = await self._step(Step.GREETING, self._connect(context))
            await self._step(Step.HELLO, smtp.ehlo())
            if server.security == "starttls":
                await self._step(Step.TLS, self._encrypt(smtp))
                await self._step(Step.HELLO, smtp.ehlo())
            if server.username is not None:
                login = log_in(smtp, self._via, server.username, password)
                await self._step(Step.LOGIN, login)
        except BaseException:
            self.abort()
            raise

    async def carry(self, mail: Mail) -> str:
        """Send one mail, and return the server's word for it: "250 2.0.0 Ok: queued as 4F1".

        Raises TransientError, PermanentError or ServerRefusedError; then it cannot be used again.
        """
        if (smtp := self._smtp) is None:
            raise TransientError(f"{self._via} has ended the connection")
        options = [f"SIZE={len(mail.content)}"] if smtp.supports_extension("size") else []
        if mail.utf8:
            if not smtp.supports_extension("smtputf8"):
                raise PermanentError(
                    f"{self._via} takes no address with letters beyond ASCII before its @; "
                    "use another address or server"
                )
            options.append("SMTPUTF8")
        coding = "utf-8" if mail.utf8 else "ascii"
        envelope = smtp.mail(mail.sender, options=options, encoding=coding)
        await self._step(Step.SENDER, envelope)
        await self._step(Step.RECIPIENT, smtp.rcpt(mail.to, encoding=coding))
        reply = await self._step(Step.TEXT, smtp.data(mail.content))
        return f"{reply.code} {words(reply.message, self._secrets)}".rstrip()

    async def works(self) -> bool:
        """Whether it can be used once more; servers end those that rest."""
        if self._smtp is None or not self._smtp.is_connected:
            return False
        try:
            async with asyncio.timeout(_GLANCE_S):
                await self._smtp.noop()
        except (SMTPException, OSError):  # a TimeoutError too
            return False
        return True

    async def close(self) -> None:
        """End it politely, as far as the server lets us."""
        smtp = self._smtp
        if smtp is not None and smtp.is_connected:
            with contextlib.suppress(SMTPException, OSError):
                async with asyncio.timeout(_GLANCE_S):
                    await smtp.quit()
        self.abort()

    def abort(self) -> None:
        """End it at once."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            transport = smtp.transport
            # One that is closing already fails at `abort` in Python 3.11.2.
            if isinstance(transport, asyncio.WriteTransport) and not transport.is_closing():
                transport.abort()
            smtp.close()
        if self._socket is not None:
            # Its transport closes it; this ends one that waits for the other side's farewell.
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
            self._socket = None

    async def _connect(self, context: ssl.SSLContext | None) -> SMTP:
        server = self._server
        self._socket = await dial(server.host, server.port)
        self._smtp = SMTP(
            hostname=server.host,
            sock=self._socket,
            local_hostname=_WHO,
            timeout=None,
            use_tls=server.security == "tls",
            start_tls=False,
            tls_context=context,
        )
        try:
            await self._smtp.connect()
        except SMTPException as error:
            # What happened in the system is told as what it is.
            if isinstance(error.__cause__, OSError):
                raise error.__cause__ from None
            raise
        return self._smtp

    async def _encrypt(self, smtp: SMTP) -> None:
        if not smtp.supports_extension("starttls"):
            raise ServerRefusedError(
                f"{self._via} offers no STARTTLS, and nothing is sent unencrypted; "
                "check port and security",
                SERVER_S,
            )
        await smtp.starttls()

    async def _step(self, step: Step, work: Coroutine[Any, Any, T]) -> T:
        bound = self._server.step_s
        try:
            async with asyncio.timeout(bound):
                return await work
        except TimeoutError:
            told: DeliveryError = ServerSilentError(
                f"{self._via} did not answer within {bound:g} s"
            )
        except (DeliveryError, SMTPException, OSError, ValueError) as error:
            told = failure(self._via, step, error, self._secrets)
        # Raised out here it has no context: the server's raw words may repeat the password.
        raise told
