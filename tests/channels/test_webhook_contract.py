"""The channel `webhook` keeps the contract."""

from collections.abc import AsyncIterator

import pytest

from later_tui.channels.testing import ChannelContract
from later_tui.channels.webhook import Webhook
from tests.channels.http_server import answer, serving


class TestWebhook(ChannelContract):
    channel = Webhook

    @pytest.fixture
    async def table(self) -> AsyncIterator[dict[str, object]]:
        async with serving(answer(204)) as server:
            yield {
                "url": f"{server.url}/hook/a-secret-path",
                "allow_private": True,
                "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "authorization": "Bearer a-secret-token",
            }

    @pytest.fixture
    def unreachable(self) -> dict[str, object]:
        return {"url": "http://127.0.0.1:1/a-secret-path", "allow_private": True}
