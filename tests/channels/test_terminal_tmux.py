"""The channel `terminal` inside a real tmux: handed on to the terminal outside, or said by tmux."""

from pathlib import Path

import pytest

from later_tui.channels.base import ChannelContext
from later_tui.channels.options import read_options
from later_tui.channels.terminal import Terminal
from later_tui.channels.terminal import tmux as tmux_module
from later_tui.domain.errors import UnavailableError
from tests.channels.desktop_rig import BAD_TEXTS, note, require, until
from tests.channels.tmux_rig import Tmux


def opened(tmux: Tmux, **options: object) -> Terminal:
    read = read_options(Terminal.Options, options, "channel.terminal")
    return Terminal(read, ChannelContext(terminal=tmux.write))


async def test_with_passthrough_the_terminal_around_tmux_is_told(tmux: Tmux) -> None:
    tmux.run("set", "-g", "allow-passthrough", "on")
    tmux.attach()
    await tmux.until_named()
    channel = opened(tmux)
    assert (await channel.available()).via == "osc-99"
    assert (await channel.send(note("call mum"))).via == "osc-99"
    await tmux.until_seen(rb"\x1b\]99;i=later-0123456789ab:d=1:e=1:p=body;Y2FsbCBtdW0=\x1b\\")


async def test_without_passthrough_tmux_says_it_and_rings(tmux: Tmux) -> None:
    tmux.run("set", "-g", "allow-passthrough", "off")
    tmux.attach()
    await tmux.until_named()
    channel = opened(tmux)
    answer = await channel.available()
    assert (answer.via, answer.reason) == (
        "tmux",
        "tmux hands nothing on; set -g allow-passthrough all lets it",
    )
    assert (await channel.send(note("call mum"))).via == "tmux"
    await until(lambda: "later · from you, 19 days ago: call mum" in tmux.screen()[-1])
    await tmux.until_seen(b"\a")


async def test_it_is_seen_from_another_window_too(tmux: Tmux) -> None:
    tmux.run("set", "-g", "allow-passthrough", "on")
    tmux.attach()
    await tmux.until_named()
    tmux.run("new-window", "sleep 1000")
    assert (await opened(tmux).send(note("call mum"))).via == "tmux"
    await until(lambda: "call mum" in tmux.screen()[-1])


@pytest.mark.parametrize(
    "text",
    [
        "#{pane_id} #S #(touch {marker})",
        "##{pane_id} ###S",
        "#[fg=red]red##[default]",
        "%H:%M 100% %%",
        "a; kill-server",
        "-d 0",
        "$(touch {marker}) `touch {marker}`",
        "'\"\\",
        BAD_TEXTS["clipboard"],
    ],
)
async def test_tmux_reads_no_format_in_a_text(text: str, tmux: Tmux, tmp_path: Path) -> None:
    marker = tmp_path / "run"
    text = text.replace("{marker}", str(marker)) if len(str(marker)) < 20 else text
    tmux.run("set", "-g", "allow-passthrough", "off")
    tmux.attach()
    await tmux.until_named()
    await opened(tmux, bell=False).send(note(text))
    shown = "]52;c;bGF0ZXI=x" if "52;c" in text else text
    await until(lambda: f"19 days ago: {shown}" in tmux.screen()[-1])
    assert not marker.exists()


@pytest.mark.parametrize("another", [False, True])
async def test_while_nobody_is_attached_it_waits(
    another: bool, tmux: Tmux, monkeypatch: pytest.MonkeyPatch
) -> None:
    if another:  # somebody looks at another session of the same server
        tmux.run("new-session", "-d", "-s", "another", "sleep 1000")
        tmux.attach("another")
        await until(lambda: tmux.run("list-clients"))
    else:
        monkeypatch.setattr(tmux_module, "run", None)  # no program is started to see it
    channel = opened(tmux)
    answer = await channel.available()
    assert (answer.ok, answer.reason) == (False, "no terminal is attached to tmux")
    with pytest.raises(UnavailableError, match="no terminal is attached"):
        await channel.send(note())


async def test_as_soon_as_a_terminal_is_attached_it_is_told(tmux: Tmux) -> None:
    channel = opened(tmux)
    assert not (await channel.available()).ok
    tmux.attach()
    await tmux.until_named()
    assert (await channel.available()).ok
    await channel.send(note("call mum"))
    await until(lambda: "call mum" in tmux.screen()[-1])


async def test_a_tmux_that_is_gone_leaves_the_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    require("tmux")
    monkeypatch.setenv("TMUX", "/nonexistent/socket,1,0")
    written: list[str] = []
    read = read_options(Terminal.Options, {}, "channel.terminal")
    channel = Terminal(read, ChannelContext(terminal=written.append))
    assert (await channel.available()).reason == "tmux does not answer"
    assert (await channel.send(note())).via == "bell"
    assert written == ["\a"]
