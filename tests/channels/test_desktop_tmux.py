"""Inside a real tmux: what reaches the terminal around it, and what is said when nothing does."""

import pytest

from later_tui.channels.desktop.terminal import Terminal
from later_tui.domain.errors import UnavailableError
from tests.channels.desktop_rig import note, require
from tests.channels.tmux_rig import Tmux


async def test_with_passthrough_the_terminal_around_tmux_gets_it(tmux: Tmux) -> None:
    tmux.run("set", "-g", "allow-passthrough", "on")
    tmux.attach()
    await tmux.until_named()
    assert (await Terminal(tmux.write).send(note("call mum"))).via == "terminal"
    await tmux.until_seen(
        rb"\x1b\]99;i=later-0123456789ab:d=1:e=1:p=body;Y2FsbCBtdW0=\x1b\\"  # call mum
    )


async def test_without_passthrough_it_is_not_delivered(tmux: Tmux) -> None:
    tmux.run("set", "-g", "allow-passthrough", "off")
    tmux.attach()
    await tmux.until_named()
    with pytest.raises(UnavailableError, match="allow-passthrough all lets it"):
        await Terminal(tmux.write).send(note())


async def test_while_nobody_is_attached_it_is_not_delivered(tmux: Tmux) -> None:
    tmux.run("set", "-g", "allow-passthrough", "on")
    with pytest.raises(UnavailableError, match="no terminal is attached"):
        await Terminal(tmux.write).send(note())


async def test_from_a_window_that_is_not_shown_it_is_not_delivered(tmux: Tmux) -> None:
    tmux.run("set", "-g", "allow-passthrough", "on")
    tmux.attach()
    await tmux.until_named()
    tmux.run("new-window", "sleep 1000")
    with pytest.raises(UnavailableError, match="a window that is not shown"):
        await Terminal(tmux.write).send(note())


async def test_an_unknown_terminal_around_tmux_gets_none_unless_it_is_set(tmux: Tmux) -> None:
    tmux.name = b"Alacritty 0.15"
    tmux.run("set", "-g", "allow-passthrough", "on")
    tmux.attach()
    await tmux.until_named()
    with pytest.raises(UnavailableError, match="not known to show notifications"):
        await Terminal(tmux.write).send(note())
    await Terminal(tmux.write, "osc-9").send(note("call mum"))
    await tmux.until_seen("\x1b]9;later · from you, 19 days ago: call mum\a".encode())


async def test_a_tmux_that_is_gone_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    require("tmux")
    monkeypatch.setenv("TMUX", "/nonexistent/socket,1,0")
    written: list[str] = []
    with pytest.raises(UnavailableError, match="tmux does not answer"):
        await Terminal(written.append).send(note())
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(UnavailableError, match="tmux does not answer"):
        await Terminal(written.append).send(note())
    assert written == []
