"""Where there is no desktop, to ask for it costs next to nothing, and its return is seen."""

import asyncio
import socket
import time
from pathlib import Path

import pytest

from later_tui.channels.desktop import Desktop, absence, connection
from later_tui.channels.desktop import service as desktop_service
from later_tui.channels.desktop.absence import Absence, socket_path, trace
from later_tui.worker.lanes import Lanes
from tests.channels.desktop_rig import Desk, Open, note, until


@pytest.fixture
def connects(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses to which a connection was tried."""
    tried: list[str] = []
    connect = connection.Connection.connect.__func__  # type: ignore[attr-defined]

    async def counted(cls: type, address: str, on_signal: object) -> object:
        tried.append(address)
        return await connect(cls, address, on_signal)

    monkeypatch.setattr(connection.Connection, "connect", classmethod(counted))
    return tried


async def asked(channel: Desktop, times: int = 5) -> str:
    for _ in range(times):
        await asyncio.sleep(0)
        answer = await channel.available()
    assert not answer.ok
    return answer.reason


async def test_without_a_socket_no_connection_is_tried_again(
    desk: Desk, open_desktop: Open, connects: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(absence.Memory, "recall", lambda _self: "")  # as if seconds went by
    channel = open_desktop()
    assert "no session bus" in await asked(channel)
    assert len(connects) == 1


async def test_a_bus_that_comes_is_seen_at_once(
    desk: Desk, open_desktop: Open, connects: list[str]
) -> None:
    channel = open_desktop()
    await asked(channel)
    await desk.bus()
    await desk.service()
    assert (await channel.available()).via == "pop-up"
    await channel.send(note())


async def test_a_bus_that_was_killed_and_comes_back_is_seen(
    desk: Desk, open_desktop: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = await desk.bus()
    service = await desk.service()
    channel = open_desktop()
    assert (await channel.available()).ok
    desk.stop(process)
    desk.stop(service)
    monkeypatch.setattr(absence, "_SETTLED_NS", 0)
    await until(lambda: _refuses(desk.socket))
    await until(lambda: _gone(channel))
    assert "Connection refused" in await asked(channel)
    await desk.bus()
    await desk.service()
    assert (await channel.available()).via == "pop-up"


async def _gone(channel: Desktop) -> bool:
    return not (await channel.available()).ok


def _refuses(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) != 0


async def test_a_service_that_comes_to_the_bus_is_seen_without_asking(
    bus: Desk, open_desktop: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop_service, "_BELIEVED", 3600.0)
    channel = open_desktop()
    assert "no notification service" in await asked(channel)
    service = await bus.service()
    await until(lambda: _there(channel))
    bus.stop(service)
    await until(lambda: _gone(channel))
    await bus.service()
    await until(lambda: _there(channel))


async def _there(channel: Desktop) -> bool:
    return (await channel.available()).via == "pop-up"


def test_a_new_socket_that_refuses_is_not_believed_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bus"
    with socket.socket(socket.AF_UNIX) as bound:
        monkeypatch.chdir(tmp_path)  # the path may be too long for a socket
        bound.bind("bus")  # as a bus does just before it listens
        address = f"unix:path={path}"
        kept = Absence()
        kept.keep(address, trace(address), "it refuses", sure=True)
        assert kept.recall(address) == "it refuses"
        kept._briefly._until = time.monotonic() - 1
        assert kept.recall(address) == ""


def test_another_address_is_another_bus(tmp_path: Path) -> None:
    kept = Absence()
    address = f"unix:path={tmp_path}/bus"
    kept.keep(address, None, "none there", sure=True)
    assert kept.recall(address) == "none there"
    assert kept.recall(f"unix:path={tmp_path}/other") == ""


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("unix:path=/run/user/1/bus", "/run/user/1/bus"),
        ("unix:guid=12,path=/a%20b/bus", "/a b/bus"),
        ("unix:path=/a;unix:path=/b", ""),
        ("unix:abstract=/a", ""),
        ("tcp:host=x,port=1", ""),
        ("", ""),
    ],
)
def test_the_file_of_an_address(address: str, path: str) -> None:
    assert socket_path(address) == path


async def test_a_lane_that_waits_as_before_wakes_nobody(desk: Desk, open_desktop: Open) -> None:
    woken: list[None] = []
    lanes = Lanes({"desktop": open_desktop()}, lambda: woken.append(None))
    for _ in range(5):
        await lanes.ask_all()
    assert len(woken) == 1
    assert "desktop" in lanes.waiting
