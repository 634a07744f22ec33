"""The person's own editor: what was saved in it is not lost, whatever ends it."""

import signal
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from later_tui.domain.errors import OutsideError
from later_tui.domain.inert import MAX_TEXT_BYTES
from later_tui.store.asyncstore import Store
from later_tui.ui.app import LaterApp
from later_tui.ui.editor import Editor
from later_tui.ui.run import farewell
from later_tui.ui.sheet import written
from later_tui.widgets.quick_add import QuickAdd
from tests.ui.conftest import Open
from tests.ui.stage import Thought, new, until
from tests.ui.test_leaving import ENDS, Terminal

TERMINAL = (
    "import fcntl, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); sys.argv = ['later'];"
    "from later_tui.cli.main import main; sys.exit(main())"
)
"""The app on a terminal that sends Ctrl+C to all who share it."""

WAITING = """\
import sys
from pathlib import Path

Path(sys.argv[1]).write_text("call dad")
try:
    print("it is open", flush=True)
    sys.stdin.readline()
except KeyboardInterrupt:
    print("it was interrupted", flush=True)
    sys.stdin.readline()
"""


def editor(folder: Path, program: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make an editor of a program in Python; return its command, which EDITOR is too."""
    path = folder / "editor.py"
    path.write_text(program)
    command = f"{sys.executable} {path}"
    monkeypatch.setenv("EDITOR", command)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return command


def lendable(app: LaterApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal there is none to lend; the editor of a test needs none."""

    @contextmanager
    def suspend() -> Iterator[None]:
        yield

    monkeypatch.setattr(app, "suspend", suspend)


async def press(app: LaterApp, pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch) -> None:
    lendable(app, monkeypatch)
    await pilot.press("E")


def box(app: LaterApp) -> QuickAdd:
    return app.main.query_one(QuickAdd)


def files(folder: Path) -> list[str]:
    return [path.read_text() for path in folder.glob("later-*.txt")]


async def test_what_was_saved_is_kept(
    running: Open, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.add(one := new(Thought(text="call mum")))
    editor(tmp_path, "import sys; open(sys.argv[1], 'w').write('call dad')", monkeypatch)
    async with running() as (app, pilot):
        await press(app, pilot, monkeypatch)
        await until(pilot, lambda: "changed; it comes back" in box(app).said.hint)
        assert (await store.get(one.id)).text == "call dad"
        assert files(tmp_path) == []
        assert app.main.left_files == []


async def test_an_editor_that_fails_leaves_what_was_saved_in_its_file(
    running: Open, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.add(new(Thought(text="call mum")))
    fails = "import sys; open(sys.argv[1], 'w').write('call dad'); sys.exit(3)"
    editor(tmp_path, fails, monkeypatch)
    async with running() as (app, pilot):
        await press(app, pilot, monkeypatch)
        await until(pilot, lambda: "ended with 3" in box(app).said.problem)
        [path] = app.main.left_files
        assert str(path) in box(app).said.problem
        assert path.read_text() == "call dad"
        assert box(app).text == ""


async def test_an_editor_that_fails_without_a_word_leaves_nothing(
    running: Open, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.add(new(Thought(text="call mum")))
    editor(tmp_path, "import sys; sys.exit(1)", monkeypatch)
    async with running() as (app, pilot):
        await press(app, pilot, monkeypatch)
        await until(pilot, lambda: "ended with 1: nothing is changed" in box(app).said.problem)
        assert files(tmp_path) == []


async def test_more_than_a_thought_may_have_stays_in_the_file(
    running: Open, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.add(new(Thought(text="call mum")))
    longer = "import sys; open(sys.argv[1], 'w').write('word ' * 16_000)"
    editor(tmp_path, longer, monkeypatch)
    async with running() as (app, pilot):
        await press(app, pilot, monkeypatch)
        await until(pilot, lambda: f"at most {MAX_TEXT_BYTES:,}" in box(app).said.problem)
        [path] = app.main.left_files
        assert str(path) in box(app).said.problem
        assert box(app).text == ""


async def test_closing_while_the_editor_is_open_leaves_the_file(
    running: Open, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.add(new(Thought(text="call mum")))
    waits = (
        "import sys, time; open(sys.argv[1], 'w').write('call dad');"
        f"open({str(tmp_path / 'saved')!r}, 'w').close(); time.sleep(60)"
    )
    editor(tmp_path, waits, monkeypatch)
    async with running() as (app, pilot):
        await press(app, pilot, monkeypatch)
        await until(pilot, (tmp_path / "saved").exists)
        assert app.main.lent
        await app.ending.begin()
        assert not app.main.lent
        [path] = app.main.left_files
        assert path.read_text() == "call dad"
        assert str(path) in farewell(0, "", files=app.main.left_files)


async def test_no_room_for_its_file_is_one_sentence(
    running: Open, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.add(new(Thought(text="call mum")))
    async with running() as (app, pilot):
        await pilot.press("a", *"half", "escape")
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
        await pilot.press("E")
        await until(pilot, lambda: "no file can be made for the editor" in box(app).said.problem)
        assert app.main.unkept == "half"


def test_a_full_disk_leaves_no_half_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    class Full:
        def __enter__(self) -> "Full":
            return self

        def __exit__(self, *_: object) -> None: ...

        def write(self, _: str) -> None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fdopen", lambda *_, **__: Full())
    with pytest.raises(OutsideError, match="no space left on device"):
        written("call mum")
    assert files(tmp_path) == []


async def test_a_file_that_the_editor_removed_is_one_sentence(
    running: Open, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.add(new(Thought(text="call mum")))
    editor(tmp_path, "import os, sys; os.unlink(sys.argv[1])", monkeypatch)
    async with running() as (app, pilot):
        await press(app, pilot, monkeypatch)
        await until(pilot, lambda: "saved cannot be read" in box(app).said.problem)
        assert app.main.left_files == []
        assert box(app).text == ""


async def test_words_changed_in_the_box_before_survive_an_editor_that_changes_nothing(
    running: Open, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.add(new(Thought(text="call mum")))
    editor(tmp_path, "", monkeypatch)
    async with running() as (app, pilot):
        await pilot.press("e", "!", "tab")
        await press(app, pilot, monkeypatch)
        await until(pilot, lambda: box(app).said.hint == "nothing is changed")
        assert box(app).text == "call mum!"


async def test_the_terminal_is_taken_back_where_there_is_no_editor(
    running: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EDITOR", str(tmp_path / "none"))
    monkeypatch.delenv("VISUAL", raising=False)
    async with running() as (app, _):
        taken_back = list[bool]()

        @contextmanager
        def suspend() -> Iterator[None]:
            yield  # the framework's does not go on from here when an error comes out of the block
            taken_back.append(True)

        monkeypatch.setattr(app, "suspend", suspend)
        with pytest.raises(OutsideError, match="cannot be run"):
            await Editor(app).edited("call mum")
        assert taken_back


@pytest.fixture
def lent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """`later` with a reminder, and the editor open over it."""
    command = editor(tmp_path, WAITING, monkeypatch)
    terminal = Terminal(tmp_path, program=TERMINAL, EDITOR=command, VISUAL="", TMPDIR=str(tmp_path))
    terminal.see("here")
    terminal.type("a")
    terminal.see("enter")
    terminal.type("call mum within 3d\r")
    terminal.see("kept; it comes back")
    terminal.type("\x1b")
    terminal.see("again")
    terminal.type("E")
    terminal.see("it is open")
    yield terminal
    terminal.close()


def test_ctrl_c_in_the_editor_is_the_editors(lent: Terminal) -> None:
    lent.type("\x03")
    lent.see("it was interrupted")
    lent.type("\n")
    lent.see("changed; it comes back")
    assert lent.process.poll() is None
    lent.type("q")
    lent.rest()
    assert lent.process.wait(60) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_the_editor_is_open_names_its_file(
    lent: Terminal, tmp_path: Path, number: signal.Signals
) -> None:
    lent.process.send_signal(number)
    said = lent.rest()
    assert lent.process.wait(60) == 0
    [path] = tmp_path.glob("later-*.txt")
    assert path.read_text() == "call dad"
    assert f"Not kept, but in a file: {path}" in said.split(ENDS.decode())[-1]
    assert "Traceback" not in said
    modes = termios.tcgetattr(lent.master)[3]
    assert modes & termios.ECHO
    assert modes & termios.ICANON
