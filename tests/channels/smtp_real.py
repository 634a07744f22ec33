"""A real SMTP server (aiosmtpd) on loopback: with TLS, STARTTLS and login."""

import asyncio
import ssl
import warnings
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Got:
    """A mail as the server got it."""

    sender: str
    recipients: list[str]
    content: bytes
    options: list[str]
    encrypted: bool
    login: str | None

    @property
    def message(self) -> EmailMessage:
        return BytesParser(EmailMessage, policy=policy.default).parsebytes(self.content)


@dataclass
class Mailbox:
    """aiosmtpd's handler: keeps what arrives, and answers what it is told to."""

    mails: list[Got] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    """What the next recipients are answered."""
    slow_s: float = 0.0

    async def handle_RCPT(  # noqa: N802
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if self.refusals:
            return self.refusals.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        await asyncio.sleep(self.slow_s)
        content = envelope.content
        assert server.transport is not None
        assert isinstance(content, bytes)
        assert envelope.mail_from is not None
        got = Got(
            envelope.mail_from,
            list(envelope.rcpt_tos),
            content,
            list(envelope.mail_options),
            server.transport.get_extra_info("sslcontext") is not None,
            session.auth_data,
        )
        self.mails.append(got)
        return f"250 2.0.0 Ok: queued as {len(self.mails):04X}"


class RealServer:
    """Listens on a port of its own."""

    def __init__(
        self,
        security: str = "none",
        certificate: tuple[Any, Any] | None = None,
        login: tuple[str, str] | None = None,
    ) -> None:
        self.box = Mailbox()
        self.port = 0
        self.connections = 0
        self.open = 0
        self.most_open = 0
        self.logins: list[tuple[str, str]] = []
        self.hellos: list[str] = []
        self.login = login
        self._security = security
        self._context: ssl.SSLContext | None = None
        if certificate is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(*certificate)
        self._server: asyncio.Server | None = None
        self._protocols: set[SMTP] = set()

    async def start(self) -> "RealServer":
        self._server = await asyncio.get_running_loop().create_server(
            self._protocol,
            "127.0.0.1",
            self.port,
            ssl=self._context if self._security == "tls" else None,
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for protocol in list(self._protocols):
            if protocol.transport is not None and not protocol.transport.is_closing():
                protocol.transport.abort()
        await self._server.wait_closed()
        for _ in range(200):
            if not self._protocols:
                break
            await asyncio.sleep(0.01)

    def _authenticate(
        self, _server: Any, _session: Any, _envelope: Any, _way: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        given = (data.login.decode(), data.password.decode())
        self.logins.append(given)
        if given == self.login:
            return AuthResult(success=True, auth_data=given[0])
        message = "535 5.7.8 Error: authentication failed: wrong password for " + given[0]
        return AuthResult(success=False, handled=False, message=message)

    def _protocol(self) -> SMTP:
        server = self

        class Counting(SMTP):
            def connection_made(self, transport: Any) -> None:
                if self not in server._protocols:
                    server.connections += 1
                    server.open += 1
                    server.most_open = max(server.most_open, server.open)
                    server._protocols.add(self)
                super().connection_made(transport)

            def connection_lost(self, error: Any) -> None:
                super().connection_lost(error)
                if self in server._protocols:
                    server.open -= 1
                    server._protocols.discard(self)

            async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802
                server.hellos.append(hostname)
                await super().smtp_EHLO(hostname)

        starttls = self._security == "starttls"
        with warnings.catch_warnings():
            # It does not know that the connection is encrypted from its beginning.
            warnings.simplefilter("ignore")
            return Counting(
                self.box,
                hostname="mail.test",
                ident="real",
                enable_SMTPUTF8=True,
                tls_context=self._context if starttls else None,
                require_starttls=starttls,
                auth_required=self.login is not None,
                auth_require_tls=starttls,
                authenticator=self._authenticate,
                loop=asyncio.get_running_loop(),
            )
