"""`later edit --editor` changes a reminder in the person's own editor, and loses no words."""

import re
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from later_tui.domain.window import Window
from later_tui.store.syncstore import SyncStore
from later_tui.ui.sheet import RULE
from tests.cli.running import Run
from tests.making import made, now_ms

DAY = 86_400_000


@pytest.fixture
def editor(tmp_path: Path, environment: dict[str, str]) -> Path:
    """A program that the test writes; its temporary files are in the test's folder."""
    (tmp_path / "files").mkdir()
    environment["TMPDIR"] = str(tmp_path / "files")
    environment["VISUAL"] = f"{sys.executable} '{tmp_path / 'editor.py'}'"
    return tmp_path / "editor.py"


def put(store: SyncStore, **changes: object) -> str:
    now = now_ms()
    return store.add(made(Window(now, now + 9 * DAY), "call mum\nby day", **changes)).reminder_id


def files(editor: Path) -> list[Path]:
    return list((editor.parent / "files").iterdir())


WRITE = "import sys; from pathlib import Path; file = Path(sys.argv[1]); text = file.read_text()\n"


def test_it_opens_on_the_words_and_takes_what_is_saved(
    later: Run, store: SyncStore, editor: Path
) -> None:
    name = put(store, tags=("sea",))
    seen = editor.parent / "seen"
    editor.write_text(
        f"{WRITE}Path({str(seen)!r}).write_text(f'{{file.stat().st_mode:o}} {{text}}')\n"
        "file.write_text(text.replace('mum', 'dad').replace('#sea', 'within 2d #lake'))\n"
    )
    ended = later("edit", name[:6], "--editor")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"changed {name[:6]}  call dad by day  (")
    mode, _, text = seen.read_text().partition(" ")
    assert stat.S_IMODE(int(mode, 8)) == 0o600
    assert text.startswith(f"call mum\nby day #sea\n\n{RULE}\n")
    after = store.get(name)
    assert (after.text, after.tags) == ("call dad\nby day", ("lake",))
    assert after.window.length == 2 * DAY
    assert files(editor) == []


@pytest.mark.parametrize("program", ["pass\n", f"{WRITE}file.write_text('')\n"])
def test_what_is_left_as_it_is_or_emptied_changes_nothing(
    later: Run, store: SyncStore, editor: Path, program: str
) -> None:
    name = put(store)
    editor.write_text(program)
    ended = later("edit", name, "--editor")
    assert (ended.code, ended.out, ended.err) == (0, "", "later: nothing is changed\n")
    assert store.get(name).round == 0
    assert files(editor) == []


@pytest.mark.parametrize(
    ("program", "code", "why"),
    [
        ("file.write_text('call dad within 0h')\n", 2, '"0h" is no time'),
        ("file.write_text('call dad'); sys.exit(3)\n", 1, "ended with 3: nothing is changed"),
        ("file.write_text('x' * 20000)\n", 2, "16,384"),
    ],
)
def test_words_that_were_written_and_are_not_kept_stay_in_their_file(
    later: Run, store: SyncStore, editor: Path, program: str, code: int, why: str
) -> None:
    name = put(store)
    editor.write_text(WRITE + program)
    ended = later("edit", name, "--editor")
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (code, "", 1)
    assert why in ended.err
    [file] = files(editor)
    assert ended.err.endswith(f"what was written is in {file}\n")
    assert file.read_text().startswith(("call dad", "xxx"))
    assert store.get(name).text == "call mum\nby day"


def test_ctrl_c_while_the_editor_is_open_is_the_editor_s(
    later: Run, store: SyncStore, editor: Path
) -> None:
    name = put(store)
    editor.write_text(f"{WRITE}import os; os.kill(os.getppid(), 2); file.write_text('call dad')\n")
    ended = later("edit", name, "--editor")
    assert (ended.code, store.get(name).text) == (0, "call dad")


def test_words_for_which_redis_is_not_there_any_more_stay_in_their_file(
    later: Run, store: SyncStore, editor: Path, environment: dict[str, str]
) -> None:
    name = put(store)
    # The command opens the store anew behind the editor: where there was a server a file is now.
    folder = editor.parent / "data"
    editor.write_text(
        f"{WRITE}file.write_text('call dad')\n"
        f"Path({str(folder)!r}).rename({str(folder) + '-away'!r}); Path({str(folder)!r}).touch()\n"
    )
    ended = later("edit", name, "--editor")
    folder.unlink()
    (editor.parent / "data-away").rename(folder)
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (1, "", 1)
    [file] = files(editor)
    assert (file.read_text(), str(file) in ended.err) == ("call dad", True)
    assert store.get(name).text == "call mum\nby day"


def test_the_editor_can_be_interrupted(
    store: SyncStore, editor: Path, environment: dict[str, str]
) -> None:
    name = put(store)
    editor.write_text(
        f"{WRITE}import signal\n"
        "ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN\n"
        "file.write_text(f'ignored: {ignored}')\n"
    )
    subprocess.run(
        [sys.executable, "-m", "later_tui", "edit", name, "--editor"],
        env=environment,
        stdout=subprocess.PIPE,
        timeout=60,
        check=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert re.fullmatch("ignored: False", store.get(name).text)


@pytest.mark.parametrize(
    ("visual", "why"),
    [("/nonexistent/ed", "cannot be run"), ("'", "$VISUAL cannot be read"), ("false", "with 1")],
)
def test_no_editor_is_a_sentence_and_leaves_no_file(
    later: Run, store: SyncStore, editor: Path, visual: str, why: str
) -> None:
    name = put(store)
    ended = later("edit", name, "--editor", env={"VISUAL": visual})
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (1, "", 1)
    assert why in ended.err
    assert files(editor) == []


def test_it_opens_on_one_that_there_is_and_without_other_words(
    later: Run, store: SyncStore, editor: Path
) -> None:
    for argv in (["nobody", "--editor"], ["--editor"], [put(store), "call", "--editor"]):
        ended = later("edit", *argv)
        assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1), argv
    assert files(editor) == []
