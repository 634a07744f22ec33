"""E-mail keeps the contract of all channels."""

from collections.abc import AsyncIterator, Mapping

import pytest

from later_tui.channels.email import Email
from later_tui.channels.testing import HOSTILE_TEXTS, ChannelContract
from tests.channels.smtp_real import RealServer
from tests.ports import free_port

PASSWORD = "later-contract-password"


class TestEmail(ChannelContract):
    """To a real server, with a login."""

    channel = Email
    texts = HOSTILE_TEXTS  # as they come: headers and parts protect themselves

    @pytest.fixture
    async def table(self) -> AsyncIterator[Mapping[str, object]]:
        server = await RealServer(login=("ada", PASSWORD)).start()
        yield {
            "to": "ada@example.org",
            "host": "127.0.0.1",
            "port": server.port,
            "security": "none",
            "username": "ada",
            "password": PASSWORD,
        }
        await server.stop()

    @pytest.fixture
    def unreachable(self) -> Mapping[str, object]:
        return {
            "to": "ada@example.org",
            "host": "127.0.0.1",
            "port": free_port(),
            "security": "none",
            "username": "ada",
            "password": PASSWORD,
        }
