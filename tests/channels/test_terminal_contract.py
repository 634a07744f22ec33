"""The channel `terminal` keeps the contract of every channel: in the app, and on a terminal."""

import os
import pty
import threading
from collections.abc import Iterator, Mapping

import pytest

from later_tui.channels.base import ChannelContext
from later_tui.channels.terminal import Terminal
from later_tui.channels.testing import ChannelContract


class TestInTheApp(ChannelContract):
    channel = Terminal

    @pytest.fixture
    def table(self, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, object]:
        for name in ("TMUX", "STY", "ZELLIJ"):
            monkeypatch.delenv(name, raising=False)
        return {"escape": "osc-99", "bell": True}

    @pytest.fixture
    def context(self) -> ChannelContext:
        return ChannelContext(terminal=lambda _sequence: None, toast=lambda _notification: True)


class TestOnATerminal(ChannelContract):
    channel = Terminal

    @pytest.fixture
    def table(self) -> Iterator[Mapping[str, object]]:
        """A terminal on which somebody reads."""
        ours, theirs = pty.openpty()

        def read() -> None:
            try:
                while os.read(ours, 65536):
                    pass
            except OSError:
                return  # the other end is closed

        reader = threading.Thread(target=read)
        reader.start()
        yield {"tty": os.ttyname(theirs)}
        os.close(theirs)
        reader.join(30)
        os.close(ours)

    @pytest.fixture
    def unreachable(self) -> Mapping[str, object]:
        return {"tty": "/dev/pts/999999"}
