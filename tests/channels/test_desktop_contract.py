"""The channel `desktop` keeps the contract of every channel, with pop-ups and with toasts alone."""

from collections.abc import Mapping

import pytest

from later_tui.channels.base import ChannelContext
from later_tui.channels.desktop import Desktop
from later_tui.channels.testing import ChannelContract
from tests.channels.desktop_rig import Desk


class TestPopUps(ChannelContract):
    channel = Desktop

    @pytest.fixture
    async def table(self, bus: Desk) -> Mapping[str, object]:
        await bus.service()
        return {"urgency": "critical", "sound": True, "stay": False}


class TestToasts(ChannelContract):
    channel = Desktop

    @pytest.fixture
    def table(self) -> Mapping[str, object]:
        return {"terminal": "off"}

    @pytest.fixture
    def context(self) -> ChannelContext:
        return ChannelContext(toast=lambda _notification: True)
