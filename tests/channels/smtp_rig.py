"""Channels, notifications and servers for the tests of e-mail."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from later_tui.channels.base import ChannelContext, Notification
from later_tui.channels.email import Email, EmailOptions
from later_tui.channels.options import read_options
from later_tui.domain.clock import Clock
from later_tui.domain.reminder import Origin
from tests.channels.smtp_bad import Answer, BadServer
from tests.channels.smtp_real import RealServer

ZURICH = ZoneInfo("Europe/Zurich")
ADA = "ada@example.org"
DAY = 86_400_000
DUE = 1_764_000_000_000
"""Mon 24 Nov 2025 17:00 in Zurich."""

ONE = Notification(
    reminder_id="8q2mz7k4ts1c",
    round=0,
    text="call mum",
    due_at=DUE,
    origin=Origin("mill", "~/src/foo", DUE - 19 * DAY),
    message_id="8q2mz7k4ts1c.0",
    username="ada",
)


def note(text: str = "call mum", number: int = 0, **changes: Any) -> Notification:
    """Return a notification; each number is another reminder."""
    name = f"8q2mz7k4ts{number:02d}"
    given = {"text": text, "reminder_id": name, "message_id": f"{name}.0", **changes}
    return replace(ONE, **given)


class Post:
    """Opens channels and servers, and closes them with the test."""

    def __init__(self) -> None:
        self._channels: list[Email] = []
        self._servers: list[RealServer | BadServer] = []

    def channel(self, clock: Clock | None = None, **table: object) -> Email:
        """Return a channel opened from a table of the configuration."""
        table = {"to": ADA, **table}
        options = read_options(EmailOptions, table, "config.toml: channel.email")
        self._channels.append(Email(options, ChannelContext(timezone=ZURICH), clock))
        return self._channels[-1]

    def to(
        self, server: RealServer | BadServer, clock: Clock | None = None, **table: object
    ) -> Email:
        """Return a channel to a server, unencrypted unless the table says otherwise."""
        return self.channel(
            clock, **{"host": "127.0.0.1", "port": server.port, "security": "none", **table}
        )

    async def real(self, *given: Any, **how: Any) -> RealServer:
        server = await RealServer(*given, **how).start()
        self._servers.append(server)
        return server

    async def bad(
        self, answers: Mapping[str, Answer | list[Answer]] | None = None, **verbs: Any
    ) -> BadServer:
        """Return a server that answers well but for what is given."""
        server = await BadServer({**(answers or {}), **verbs}).start()
        self._servers.append(server)
        return server

    async def __aenter__(self) -> "Post":
        return self

    async def __aexit__(self, *_: object) -> None:
        for channel in self._channels:
            await channel.aclose()
        for server in self._servers:
            await server.stop()
