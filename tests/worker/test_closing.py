"""Channels are closed at the end; one that cannot be closed is left, and the log says so."""

import asyncio

import pytest

from later_tui.channels.base import Availability, Notification
from later_tui.worker import closing


class Closes:
    name = "closes"
    idempotent = True
    closed = False

    async def send(self, notification: Notification) -> None: ...
    async def withdraw(self, reminder_id: str) -> None: ...
    async def available(self) -> Availability:
        return Availability(ok=True)

    async def aclose(self) -> None:
        self.closed = True


class Hangs(Closes):
    async def aclose(self) -> None:
        await asyncio.Event().wait()


class Fails(Closes):
    async def aclose(self) -> None:
        raise LookupError("no such socket")


async def test_what_hangs_or_fails_keeps_no_other_open(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(closing, "CLOSE_S", 0.05)
    good = Closes()
    async with asyncio.timeout(30):
        await closing.close_channels({"pigeon": Hangs(), "drum": Fails(), "smoke": good})
    assert good.closed
    assert "the channel pigeon did not close" in caplog.text
    assert "the channel drum failed to close" in caplog.text
    assert "no such socket" in caplog.text
    assert "smoke" not in caplog.text


async def test_nothing_is_closed_in_no_time() -> None:
    await closing.close_channels({})
