"""Terminals that show notifications get one, in their own words; the others get nothing."""

import base64
import os
import re

import pytest

from later_tui.channels.desktop.terminal import Terminal
from later_tui.channels.terminal import osc
from later_tui.channels.terminal.terminals import by_environment
from later_tui.domain.errors import UnavailableError
from later_tui.domain.inert import one_line
from tests.channels.desktop_rig import BAD_TEXTS, note

TERMINAL_VARIABLES = re.compile(
    "TERM|TERM_PROGRAM|LC_TERMINAL|TMUX.*|STY|ZELLIJ|KITTY.*|GHOSTTY.*|WEZTERM.*|ITERM.*|VTE.*"
)


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if TERMINAL_VARIABLES.fullmatch(name):
            monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("environ", "protocol"),
    [
        ({"TERM": "xterm-kitty"}, "osc-99"),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, "osc-99"),
        ({"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty"}, "osc-777"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "osc-777"),
        ({"TERM": "foot"}, "osc-777"),
        ({"TERM": "foot-extra", "KITTY_WINDOW_ID": "1"}, "osc-777"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "osc-9"),
        ({"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"}, "osc-9"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WarpTerminal"}, "osc-9"),
        ({"TERM": "screen-256color", "WEZTERM_PANE": "0"}, "osc-777"),
    ],
)
def test_a_terminal_that_shows_notifications_is_known(
    environ: dict[str, str], protocol: str
) -> None:
    assert by_environment(environ) == protocol


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"TERM": ""},
        {"TERM": "dumb", "KITTY_WINDOW_ID": "1"},
        {"TERM": "linux"},
        {"TERM": "xterm-256color"},
        {"TERM": "xterm-256color", "VTE_VERSION": "7600"},
        {"TERM": "alacritty"},
        {"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"},
        {"TERM": "xterm-256color", "TERM_PROGRAM": "vscode", "KITTY_WINDOW_ID": "1"},
        {"TERM": "xterm-kitty", "ZELLIJ": "0"},
    ],
)
async def test_a_terminal_that_is_not_known_to_show_any_gets_none(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    written: list[str] = []
    rung = Terminal(written.append)
    assert (await rung.available()).reason
    with pytest.raises(UnavailableError):
        await rung.send(note())
    assert written == []


async def test_kitty_gets_title_and_thought_and_can_take_them_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm-kitty")
    written: list[str] = []
    rung = Terminal(written.append)
    receipt = await rung.send(note("call mum"))
    assert (receipt.via, receipt.proof) == ("terminal", "")
    found = re.fullmatch(
        "\x1b]99;i=later-0123456789ab:d=0:e=1;([A-Za-z0-9+/=]+)\x1b\\\\"
        "\x1b]99;i=later-0123456789ab:d=1:e=1:p=body;([A-Za-z0-9+/=]+)\x1b\\\\\a",
        written[0],
    )
    assert found is not None
    title, thought = (base64.b64decode(part).decode() for part in found.groups())
    assert (title, thought) == ("later · from you, 19 days ago", "call mum")
    await rung.withdraw("another")
    await rung.withdraw("0123456789ab")
    await rung.withdraw("0123456789ab")
    assert written[1:] == ["\x1b]99;i=later-0123456789ab:p=close;\x1b\\"]


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS.keys())
@pytest.mark.parametrize("protocol", ["osc-99", "osc-777", "osc-9"])
@pytest.mark.parametrize("around", ["", "STY"])
async def test_no_text_ends_its_sequence_or_begins_another(
    protocol: str, around: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if around:
        monkeypatch.setenv(around, "1")
    written: list[str] = []
    await Terminal(written.append, protocol).send(note(text))
    (sequence,) = written
    if around:
        pieces = re.fullmatch("((?:\x1bP[^\\\\]*?\x1b\\\\)+)\a", sequence, re.DOTALL)
        inside = "".join(re.findall("\x1bP(.*?)\x1b\\\\", sequence, re.DOTALL)) + "\a"
        if "\\" not in text:
            assert pieces is not None
        assert all(
            len(piece.encode()) <= 252 for piece in re.findall("\x1bP(.*?)\x1b\\\\", sequence)
        )
        sequence = inside
    payload = "([^\x00-\x1f\x7f-\x9f]*)"
    form = {
        "osc-99": f"(?:\x1b]99;{payload}(?:\x1b\\\\|\a)){{2}}\a",
        "osc-777": "\x1b]777;notify;([^;\x00-\x1f]*);([^;\x00-\x1f\x7f-\x9f]*)\a\a",
        "osc-9": f"\x1b]9;later · {payload}\a\a",
    }[protocol]
    assert re.fullmatch(form, sequence), repr(sequence)
    if protocol == "osc-9" and len(text) < 300:
        assert one_line(text).strip() in sequence


def test_tmux_gets_every_escape_doubled() -> None:
    assert osc.through_tmux("\x1b]99;a\x1b\\") == "\x1bPtmux;\x1b\x1b]99;a\x1b\x1b\\\x1b\\"


async def test_without_a_terminal_or_switched_off_it_is_unavailable() -> None:
    assert (await Terminal(None, "osc-9").available()).reason == "no terminal here"
    written: list[str] = []
    assert "switched off" in (await Terminal(written.append, "off").available()).reason


async def test_a_terminal_that_went_away_is_said() -> None:
    def gone(_: str) -> None:
        raise BrokenPipeError

    with pytest.raises(UnavailableError, match="went away"):
        await Terminal(gone, "osc-9").send(note())
