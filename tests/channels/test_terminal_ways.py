"""In the app, the channel `terminal` tells each terminal in its own words, and else it rings."""

import os
import re

import pytest

from later_tui.channels.base import ChannelContext
from later_tui.channels.options import read_options
from later_tui.channels.terminal import Terminal
from later_tui.domain.errors import ConfigError, UnavailableError
from tests.channels.desktop_rig import BAD_TEXTS, note

TERMINAL_VARIABLES = re.compile(
    "TERM|TERM_PROGRAM|LC_TERMINAL|TMUX.*|STY|ZELLIJ|KITTY.*|GHOSTTY.*|WEZTERM.*|ITERM.*|VTE.*"
)
TITLE = "later · from you, 19 days ago"


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if TERMINAL_VARIABLES.fullmatch(name):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TERM", "xterm-256color")


def opened(written: list[str] | None = None, **options: object) -> Terminal:
    context = ChannelContext(terminal=(written if written is not None else []).append)
    return Terminal(read_options(Terminal.Options, options, "channel.terminal"), context)


@pytest.mark.parametrize(
    ("environ", "way", "written"),
    [
        ({"TERM": "xterm-ghostty"}, "osc-777", f"\x1b]777;notify;{TITLE};call mum\a\a"),
        ({"TERM_PROGRAM": "WezTerm"}, "osc-777", f"\x1b]777;notify;{TITLE};call mum\a\a"),
        ({"TERM": "foot"}, "osc-777", f"\x1b]777;notify;{TITLE};call mum\a\a"),
        ({"TERM_PROGRAM": "iTerm.app"}, "osc-9", f"\x1b]9;{TITLE}: call mum\a\a"),
        ({"LC_TERMINAL": "iTerm2"}, "osc-9", f"\x1b]9;{TITLE}: call mum\a\a"),
        ({}, "bell", "\a"),
        ({"VTE_VERSION": "7600"}, "bell", "\a"),
        ({"TERM": "linux"}, "bell", "\a"),
        ({"TERM": "xterm-kitty", "ZELLIJ": "0"}, "bell", "\a"),
    ],
)
async def test_each_terminal_is_told_in_its_own_words(
    environ: dict[str, str], way: str, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    got: list[str] = []
    channel = opened(got)
    answer = await channel.available()
    assert (answer.ok, answer.via) == (True, way)
    receipt = await channel.send(note("call mum"))
    assert (receipt.via, receipt.proof) == (way, "")
    assert got == [written]


async def test_kitty_takes_it_away_after_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-kitty")
    got: list[str] = []
    channel = opened(got)
    assert (await channel.send(note())).via == "osc-99"
    await channel.withdraw("0123456789ab")
    assert got[1:] == ["\x1b]99;i=later-0123456789ab:p=close;\x1b\\"]


async def test_why_it_only_rings_is_said() -> None:
    answer = await opened().available()
    assert answer.reason == (
        "the terminal (xterm-256color) is not known to show notifications; "
        "set escape in [channel.terminal] if it does"
    )


@pytest.mark.parametrize("escape", ["osc-99", "osc-777", "osc-9", "bell"])
async def test_the_way_can_be_set(escape: str) -> None:
    got: list[str] = []
    assert (await opened(got, escape=escape).send(note())).via == escape
    assert got[0].startswith("\a" if escape == "bell" else f"\x1b]{escape.removeprefix('osc-')};")


async def test_no_line_is_written_into_what_the_app_draws() -> None:
    got: list[str] = []
    channel = opened(got, escape="line")
    assert (await channel.send(note())).via == "bell"
    assert got == ["\a"]
    assert (await channel.available()).reason == "the app draws on it"


async def test_without_the_bell_it_does_not_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    got: list[str] = []
    with pytest.raises(UnavailableError, match=r"bell is off in \[channel.terminal\]"):
        await opened(got, bell=False).send(note())
    await opened(got, bell=False, escape="osc-99").send(note())
    assert not got[0].endswith("\a")
    with pytest.raises(ConfigError, match="leaves nothing to do"):
        opened(got, bell=False, escape="bell")


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS.keys())
@pytest.mark.parametrize("escape", ["osc-99", "osc-777", "osc-9"])
async def test_no_text_ends_its_sequence_or_begins_another(escape: str, text: str) -> None:
    got: list[str] = []
    await opened(got, escape=escape).send(note(text))
    ends = {"osc-99": 2, "osc-777": 1, "osc-9": 1}[escape]
    controls = re.findall("[\x00-\x1f\x7f-\x9f]", got[0])
    expected = ["\x1b", "\x1b"] * ends if escape == "osc-99" else ["\x1b", "\a"] * ends
    assert controls == [*expected, "\a"]


async def test_an_app_without_a_terminal_has_none() -> None:
    context = ChannelContext(toast=lambda _notification: True)
    channel = Terminal(read_options(Terminal.Options, {}, "channel.terminal"), context)
    assert (await channel.available()).reason == "the app is not on a terminal"
    with pytest.raises(UnavailableError, match="not on a terminal"):
        await channel.send(note())
    await channel.withdraw("0123456789ab")


async def test_a_terminal_that_went_away_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: str) -> None:
        raise BrokenPipeError

    monkeypatch.setenv("TERM", "xterm-kitty")
    options = read_options(Terminal.Options, {"escape": "osc-9"}, "channel.terminal")
    with pytest.raises(UnavailableError, match="went away"):
        await Terminal(options, ChannelContext(terminal=gone)).send(note())


@pytest.mark.parametrize(
    "table", [{"tty": "pts/3"}, {"tty": "/home/ann/file"}, {"escape": "osc-8"}, {"bell": "yes"}]
)
def test_a_wrong_option_is_refused(table: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match=f"channel.terminal.{next(iter(table))}"):
        opened(**table)
