"""The app in a real tmux: words of every script, resizing, and nothing left behind."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

SIZE = (100, 28)


class Tmux:
    """A tmux server of the test's own, with one shell in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "tmux"
        environ = {
            "HOME": str(folder),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "PS1": "shell> ",
            "PYTHONPATH": os.pathsep.join(sys.path),
            "LATER_DATA_DIR": str(folder / "data"),
            "LATER_CONFIG": str(folder / "config.toml"),
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/later-tests",
        }
        (folder / "config.toml").write_text("[app]\ntitle_count = true\n")
        words = [f"{name}={value}" for name, value in environ.items()]
        self.run(
            *("new-session", "-d", "-x", str(SIZE[0]), "-y", str(SIZE[1])),
            *("env", "-i", *words, "TERM=screen-256color", "/bin/sh"),
        )

    def run(self, *words: str) -> str:
        """Run a tmux command; return what it prints."""
        done = subprocess.run(
            ["tmux", "-u", "-S", str(self._socket), "-f", "/dev/null", *words],
            check=True,
            capture_output=True,
            encoding="utf-8",
            env={"PATH": os.environ["PATH"], "TERM": "xterm", "HOME": str(self._folder)},
            timeout=60,
        )
        return done.stdout

    def type(self, text: str) -> None:
        self.run("send-keys", "-l", text)

    def press(self, *keys: str) -> None:
        self.run("send-keys", *keys)

    def screen(self) -> str:
        return self.run("capture-pane", "-p")

    def ask(self, what: str) -> str:
        return self.run("display-message", "-p", f"#{{{what}}}").strip()

    def until(self, true: Callable[[], object]) -> None:
        deadline = time.monotonic() + 60
        while not true():
            assert time.monotonic() < deadline, self.screen()
            time.sleep(0.1)

    def see(self, words: str) -> None:
        self.until(lambda: words in self.screen())

    def open(self) -> None:
        """Run the app from the shell."""
        self.see("shell>")
        self.type(f"echo before; {sys.executable} -m later_tui; echo ended $?")
        self.press("Enter")
        self.see("worker ● here")

    def close(self) -> None:
        self.run("kill-server")


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    server = Tmux(tmp_path)
    yield server
    server.close()


def keep(tmux: Tmux, words: str, shown: str = "") -> None:
    tmux.press("a")
    tmux.see("ctrl+j")
    tmux.type(words)
    tmux.see(shown or words.split(" within ")[0])
    tmux.see("within 3 days")
    tmux.press("Enter")
    tmux.see("kept; it comes back")
    tmux.press("Escape")
    tmux.see("again")


@pytest.mark.parametrize(
    "words", ["日本の切手を見る", "שלום 12 עולם", "ﷺ مرحبا", "한국어 입력", "żółć"]
)
def test_words_of_every_script_are_typed_kept_and_stand_in_their_column(
    tmux: Tmux, words: str
) -> None:
    tmux.open()
    keep(tmux, "plain words within 3d #tag")
    keep(tmux, f"{words} within 3d #tag")
    rows = [line for line in tmux.screen().splitlines() if "#tag" in line]
    assert any(words in row for row in rows)
    assert len({cell_len(row[: row.index("#tag")]) for row in rows}) == 1
    assert len({cell_len(row.rstrip()) for row in rows}) == 1


def test_joined_emoji_do_no_harm(tmux: Tmux) -> None:
    """How wide they are is for each terminal to say: a row has their parts, which is the same."""
    tmux.open()
    keep(tmux, "water the fig tree within 3d #tag")
    keep(tmux, "👩\u200d👩\u200d👧\u200d👦 clan 👍🏽 ❤\ufe0f within 3d #tag", "clan")
    tmux.press("j", "k", "j", "1")
    tmux.see("water the fig tree")
    lines = tmux.screen().splitlines()
    rows = [line for line in lines if "#tag" in line]
    assert len({cell_len(row[: row.index("#tag")]) for row in rows}) == 1
    assert len({cell_len(row.rstrip()) for row in rows}) == 1
    assert sum("clan" in line for line in lines) == 1
    assert sum("water the fig tree" in line for line in lines) == 1
    assert sum("what's on your mind?" in line for line in lines) == 1


def test_it_may_be_resized_while_it_runs(tmux: Tmux) -> None:
    tmux.open()
    keep(tmux, "call mum within 3d")
    for columns, rows in ((60, 16), (200, 60), (80, 24), (60, 16), (300, 100), SIZE):
        tmux.run("resize-window", "-x", str(columns), "-y", str(rows))
        tmux.until(
            lambda width=columns: any(  # type: ignore[misc]
                line.startswith("╭") and len(line.rstrip()) == width
                for line in tmux.screen().splitlines()
            )
        )
        tmux.see("call mum")
        tmux.see("? help")


@pytest.mark.parametrize("how", ["key", "TERM", "HUP", "INT"])
def test_nothing_is_left_in_the_terminal(tmux: Tmux, how: str) -> None:
    titled = tmux.ask("pane_title")
    tmux.open()
    tmux.until(lambda: tmux.ask("pane_title") == "later")
    assert (tmux.ask("alternate_on"), tmux.ask("mouse_any_flag")) == ("1", "1")
    if how == "key":
        tmux.press("q")
    else:
        shell = tmux.ask("pane_pid")
        app = subprocess.run(["pgrep", "-P", shell], capture_output=True, text=True).stdout.split()
        subprocess.run(["kill", f"-{how}", *app], check=True)
    tmux.see("ended 0")
    assert (tmux.ask("alternate_on"), tmux.ask("mouse_any_flag")) == ("0", "0")
    assert (tmux.ask("cursor_flag"), tmux.ask("wrap_flag")) == ("1", "1")
    assert tmux.ask("pane_title") == titled
    lines = [line for line in tmux.screen().splitlines() if line.strip()]
    assert "echo before" in lines[0]
    assert not any("│" in line or "╭" in line for line in lines)
    tmux.type("echo typed")
    tmux.see("echo typed")  # the shell echoes again


def test_what_another_program_wrote_over_it_is_drawn_anew(tmux: Tmux) -> None:
    tmux.open()
    tmux.see("? help")
    Path(tmux.ask("pane_tty")).write_text("\x1b[5;1H@@@ noise @@@\x1b[12;20H@@@ noise @@@")
    tmux.see("@@@ noise @@@")
    tmux.press("C-l")
    tmux.until(lambda: "noise" not in tmux.screen())
    tmux.see("? help")
    tmux.see("what's on your mind?")


def test_begun_in_the_background_it_waits_for_the_foreground(tmux: Tmux) -> None:
    tmux.see("shell>")
    tmux.type(f"{sys.executable} -m later_tui &")
    tmux.press("Enter")
    tmux.until(lambda: "Stopped" in jobs(tmux))
    tmux.type("fg")
    tmux.press("Enter")
    tmux.see("worker ● here")
    keep(tmux, "call mum within 3d")
    tmux.press("q")
    tmux.see("1 reminder waits")


def jobs(tmux: Tmux) -> str:
    """Return what the shell says of its jobs."""
    tmux.type("clear; jobs")
    tmux.press("Enter")
    time.sleep(0.3)
    return tmux.screen()
