"""The channel `sms` keeps the contract, with either provider."""

from collections.abc import AsyncIterator

import pytest

from later_tui.channels.sms import Sms
from later_tui.channels.testing import ChannelContract
from tests.channels.http_server import serving
from tests.channels.sms_providers import TWILIO, VONAGE, by, signed, twilio, vonage

NOBODY = "http://127.0.0.1:1"


class TestTwilio(ChannelContract):
    channel = Sms
    secrets = (signed(str(TWILIO["account"])),)

    @pytest.fixture
    async def table(self) -> AsyncIterator[dict[str, object]]:
        async with serving(by(twilio)) as server:
            yield {**TWILIO, "base_url": server.url}

    @pytest.fixture
    def unreachable(self) -> dict[str, object]:
        return {**TWILIO, "base_url": NOBODY}


class TestVonage(ChannelContract):
    channel = Sms

    @pytest.fixture
    async def table(self) -> AsyncIterator[dict[str, object]]:
        async with serving(by(vonage)) as server:
            yield {**VONAGE, "base_url": server.url}

    @pytest.fixture
    def unreachable(self) -> dict[str, object]:
        return {**VONAGE, "base_url": NOBODY}
