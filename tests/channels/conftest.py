import os
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from later_tui.channels.base import ChannelContext
from later_tui.channels.desktop import open_channel
from later_tui.channels.desktop.ladder import Desktop
from tests.channels.desktop_rig import Desk, Open, require


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desktop on which nothing runs yet; the environment points to it, and to no other."""
    require("dbus-daemon")
    # A socket's path may have 107 bytes: pytest's own folders can be longer.
    desk = Desk(Path(tempfile.mkdtemp(prefix="later-")))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desk.address)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(desk.folder))
    for name in ("TMUX", "STY", "ZELLIJ"):
        monkeypatch.delenv(name, raising=False)
    yield desk
    desk.close()


@pytest.fixture
async def bus(desk: Desk) -> Desk:
    """The same desktop with a running session bus."""
    await desk.bus()
    return desk


@pytest.fixture
async def open_desktop() -> AsyncIterator[Open]:
    opened: list[Desktop] = []

    def open_one(**parts: Any) -> Desktop:
        opened.append(open_channel(ChannelContext(**parts)))
        return opened[-1]

    yield open_one
    for channel in opened:
        await channel.aclose()


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """A screen that nobody sees."""
    require("Xvfb", "dunst", "dunstctl", "import", "identify", "xdotool")
    read, write = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "800x400x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(write)
    with os.fdopen(read) as number:
        chosen = number.readline().strip()
    assert chosen, "Xvfb did not start"
    yield f":{chosen}"
    screen.terminate()
    screen.wait(10)
