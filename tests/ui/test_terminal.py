"""The app's manners in a terminal: modes, title, colours, frames, keys that arrive in one piece."""

import random
import re
import signal
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.events import Key

from later_tui.ui.status import title
from later_tui.ui.terminal import POP_TITLE, PUSH_TITLE, Terminal, apart, title_sequence
from tests.ui.conftest import Open
from tests.ui.stage import rest, until
from tests.ui.test_leaving import ENDS, STARTS, waiting
from tests.ui.test_leaving import Terminal as Pty
from tests.widgets.showing import shown

MODES = ("1000", "1002", "1003", "1004", "1006", "1015", "1016", "2004", "2048", "1049")
CRASHING = """
import sys
from later_tui.cli.main import main
from later_tui.ui.screens.main import MainScreen
def action_add(self):
    password = "hunter22"
    raise RuntimeError("unforeseen")
MainScreen.action_add = action_add
sys.exit(main([]))
"""


@pytest.fixture
def later(tmp_path: Path) -> Iterator[Pty]:
    terminal = Pty(tmp_path)
    yield terminal
    terminal.close()


def titled(home: Path) -> Path:
    """Ask for the count in the title, in the configuration of a home folder."""
    file = home / "config.toml"
    file.write_text("[app]\ntitle_count = true\n")
    return file


def left_on(output: str) -> list[str]:
    """Return the modes that were switched on and not off again."""
    state: dict[str, str] = {}
    for numbers, switch in re.findall(r"\x1b\[\?([\d;]+)([hl])", output):
        state.update(dict.fromkeys(numbers.split(";"), switch))
    on = [mode for mode in MODES if state.get(mode) == "h"]
    return on + [mode for mode in ("25", "7") if state.get(mode) == "l"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, 0])
def test_no_mode_is_left_on_however_it_ends(later: Pty, number: int) -> None:
    before = termios.tcgetattr(later.master)
    seen = later.see("here").decode(errors="replace")
    if number:
        later.process.send_signal(number)
    else:
        later.type("q")
    seen += later.rest()
    assert later.process.wait(60) == 0
    assert STARTS.decode() in seen
    assert left_on(seen) == []
    # As many keyboard modes as were pushed are popped: https://sw.kovidgoyal.net/kitty/
    assert len(re.findall(r"\x1b\[>\d+u", seen)) <= seen.count("\x1b[<u")
    assert termios.tcgetattr(later.master)[:4] == before[:4]


def test_a_crash_leaves_a_sentence_and_the_words_and_no_trace(tmp_path: Path) -> None:
    terminal = Pty(tmp_path, program=CRASHING, LATER_DATA_DIR=str(tmp_path / "data"))
    try:
        seen = terminal.see("here").decode(errors="replace")
        terminal.type("a")
        seen += terminal.rest()
        assert terminal.process.wait(60) == 1
        assert left_on(seen) == []
        after = seen.split(ENDS.decode())[-1]
        assert "later: something unexpected happened (RuntimeError)" in after
        assert "Traceback" not in seen
        assert "hunter22" not in seen
    finally:
        terminal.close()
    log = (tmp_path / "data" / "later.log").read_text()
    assert "RuntimeError: unforeseen" in log
    assert log.count('password = "hunter22"') <= 1  # the line of the source, never the value


def test_the_title_tells_what_is_unanswered_and_is_given_back(tmp_path: Path) -> None:
    terminal = Pty(tmp_path, LATER_CONFIG=str(titled(tmp_path)))
    try:
        seen = terminal.see("here").decode(errors="replace")
        terminal.type("q")
        seen += terminal.rest()
    finally:
        terminal.close()
    assert seen.index(PUSH_TITLE) < seen.index("\x1b]2;later\x07") < seen.index(POP_TITLE)
    assert seen.count(PUSH_TITLE) == seen.count(POP_TITLE) == 1
    assert "\x1b]2;" not in seen[seen.index(POP_TITLE) :]


def test_without_being_asked_the_title_is_left_alone(later: Pty) -> None:
    seen = later.see("here").decode(errors="replace")
    later.type("q")
    seen += later.rest()
    assert PUSH_TITLE not in seen
    assert not re.search(r"\x1b\][012];", seen)


async def test_the_title_follows_the_count(running: Open) -> None:
    assert [title(0), title(3)] == ["later", "(3) later"]
    written: list[str] = []

    class Driver:
        def write(self, text: str) -> None:
            written.append(text)

        def flush(self) -> None:
            """Nothing is held back."""

    terminal = Terminal(titled=True)
    terminal._driver = Driver()  # type: ignore[assignment]
    terminal.title(title(2))
    assert written == ["\x1b]2;(2) later\x07"]
    assert title_sequence("a\x07\x1b\\b\x9c") == "\x1b]2;a\\b\x07"
    async with running() as (app, pilot):
        assert app.title == "later"
        app.title = "(1) later"
        await pilot.pause()


@pytest.mark.parametrize(
    ("environ", "allowed"),
    [
        ({"TERM": "xterm-16color", "COLORTERM": ""}, r"(3[0-79]|4[0-79]|9[0-7]|10[0-7]|[0-9])"),
        ({"TERM": "xterm-256color", "COLORTERM": ""}, r"(38;5;\d+|48;5;\d+|[349]\d|10\d|[0-9])"),
        (
            {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
            r"([34]8;[25](;\d+)+|[349]\d|10\d|[0-9])",
        ),
    ],
)
def test_no_more_colours_are_used_than_the_terminal_has(
    tmp_path: Path, environ: dict[str, str], allowed: str
) -> None:
    terminal = Pty(tmp_path, **environ)
    try:
        seen = terminal.see("here").decode(errors="replace")
        terminal.type("q")
        terminal.rest()
    finally:
        terminal.close()
    styles = set(re.findall(r"\x1b\[([\d;]+)m", seen))
    assert styles
    for style in styles:
        assert re.fullmatch(rf"{allowed}(;{allowed})*", style), style


def test_a_frame_is_shown_at_once_where_the_terminal_can(later: Pty) -> None:
    asked = later.see("here").decode(errors="replace")
    assert "\x1b[?2026$p" in asked
    later.type("\x1b[?2026;2$y")  # yes, it can, and does not now
    later.type("?")
    seen = later.see("view before").decode(errors="replace")
    later.type("\x11")
    seen += later.rest()
    assert "\x1b[?2026h" in seen
    assert seen.count("\x1b[?2026h") <= seen.count("\x1b[?2026l") + 1


def test_an_escape_and_a_key_in_one_piece_are_two_keys(later: Pty) -> None:
    later.see("here")
    later.type("a")
    later.see("ctrl+j")
    later.type("kept for later")
    later.see("within 2 weeks")
    later.type("\x1bl")  # out of the box and to the second list, as a slow line delivers it
    later.see("Nothing is past yet")
    later.type("q")
    said = later.rest()
    assert later.process.wait(60) == 0
    assert "kept for later\r\n" in said.split(ENDS.decode())[-1]


def test_what_is_typed_in_one_piece_goes_where_each_key_sends_it(later: Pty) -> None:
    later.see("here")
    # Outside of the box "d" is done, "u" is undo, "3" is a view; ctrl+q leaves with the words.
    later.type("acall mum, dad, 3 uncles\x11")
    said = later.rest()
    assert later.process.wait(60) == 0
    assert "call mum, dad, 3 uncles\r\n" in said.split(ENDS.decode())[-1]


def test_a_thought_is_kept_by_what_comes_in_one_piece(later: Pty) -> None:
    later.see("here")
    later.type("acall mum within 3d\rbuy milk\r\x1bq")
    said = later.rest()
    assert later.process.wait(60) == 0
    assert waiting(said) == 2


def test_what_was_entered_is_kept_though_the_app_is_left_at_once(later: Pty) -> None:
    later.see("here")
    later.type("acall mum within 3d\r\x11")
    said = later.rest()
    assert later.process.wait(60) == 0
    assert waiting(said) == 1
    assert "kept" not in said.split(ENDS.decode())[-1]


def test_alt_that_means_something_is_not_taken_apart() -> None:
    def keys(key: Key, *bound: str) -> list[str]:
        return [one.key for one in apart(key, bound) if isinstance(one, Key)]

    assert keys(Key("alt+j", "j")) == ["escape", "j"]
    assert keys(Key("alt+shift+d", "D")) == ["escape", "D"]
    assert keys(Key("alt+j", "j"), "alt+j") == ["alt+j"]
    assert keys(Key("alt+j", None)) == ["alt+j"]
    assert keys(Key("alt+up", None)) == ["alt+up"]
    assert keys(Key("j", "j")) == ["j"]


async def test_it_may_be_resized_at_any_moment(running: Open) -> None:
    dice = random.Random(20261124)
    keys = ("j", "a", "escape", "question_mark", "escape", "2", "f", "escape", "tab", "i", "escape")
    async with running() as (app, pilot):
        for turn in range(60):
            size = dice.randint(60, 300), dice.randint(16, 100)
            await pilot.resize_terminal(*size)
            await pilot.press(keys[turn % len(keys)])
            assert app.is_running
        await pilot.press("escape", "escape")
        for size in ((60, 16), (300, 100), (1, 1), (8, 3), (100, 30)):
            await pilot.resize_terminal(*size)
            await rest(pilot)
        await until(pilot, lambda: "what's on your mind?" in shown(app))


def test_a_terminal_that_changes_its_size_is_followed(later: Pty) -> None:
    def bottom(line: int) -> str:
        return f"\x1b[{line};1H"

    later.see("here")
    later.resize(60, 16)
    later.see(bottom(16))
    later.resize(140, 40)
    later.see(bottom(40))
    later.type("?")
    later.see("view before")
    later.resize(70, 20)
    later.type("\x1b")
    later.see(bottom(20))
    later.type("q")
    later.rest()
    assert later.process.wait(60) == 0
