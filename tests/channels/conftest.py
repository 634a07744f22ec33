import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from later_tui.channels.base import ChannelContext
from later_tui.channels.desktop import Desktop
from later_tui.channels.options import read_options
from tests.channels.desktop_rig import Desk, Open, require
from tests.channels.tmux_rig import Tmux


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
        options = read_options(Desktop.Options, parts.pop("options", {}), "channel.desktop")
        opened.append(Desktop(options, ChannelContext(**parts)))
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


@pytest.fixture
def tmux_folder() -> Iterator[Path]:
    require("tmux")
    folder = Path(tempfile.mkdtemp(prefix="later-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
async def tmux(tmux_folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Tmux]:
    tmux = Tmux(tmux_folder)
    tmux.run("new-session", "-d", "-x", "80", "-y", "24", "sleep 1000")
    pane, pid = tmux.run("display-message", "-p", "#{pane_id} #{pid}").split()
    monkeypatch.setenv("TMUX", f"{tmux.socket},{pid},0")
    monkeypatch.setenv("TMUX_PANE", pane)
    monkeypatch.setenv("TERM", "tmux-256color")
    monkeypatch.setenv("TERM_PROGRAM", "tmux")
    for name in ("KITTY_WINDOW_ID", "LC_TERMINAL", "STY", "ZELLIJ"):
        monkeypatch.delenv(name, raising=False)
    yield tmux
    tmux.close()
