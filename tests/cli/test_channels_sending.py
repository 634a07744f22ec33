"""`later channels test` really sends, and says what came of it."""

import json
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.cli.running import Run
from tests.cli.test_channels import SECRET, config, write

__all__ = ["config"]


def test_a_test_is_sent_and_says_which_way_it_went(later: Run, config: Path) -> None:
    ended = later("channels", "test", "pigeon", "--text", "are you there?")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("sent by pigeon in 0.")
    assert ended.out.endswith("s: 'are you there?' for ada\n")
    found = json.loads(later("channels", "test", "pigeon", "--json").out)
    assert (found["channel"], found["via"]) == ("pigeon", "pigeon")
    assert "it arrived" in found["proof"]


@pytest.mark.parametrize(
    ("mood", "code", "said"),
    [
        ("bad", 1, "later: the pigeon is [2Jtired\n"),
        ("lost", 1, "later: the pigeon has not come back\n"),
        ("ill", 1, "later: something unexpected happened (KeyError)"),
    ],
)
def test_a_test_that_fails_ends_with_the_sentence(
    later: Run, config: Path, mood: str, code: int, said: str
) -> None:
    write(config, f'[channel.pigeon]\nmood = "{mood}"\n')
    ended = later("channels", "test", "pigeon")
    assert (ended.code, ended.out) == (code, "")
    assert ended.err.startswith(said)


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("test",), "`later channels test` needs the name of a channel"),
        (("try", "pigeon"), '"try" is nothing that `later channels` does'),
        (("--text", "x"), "--text goes with `later channels test NAME`"),
        (("test", "fax"), "there is no channel 'fax'; installed are: apprise, desktop,"),
        (("test", "apprise"), "channel.apprise.url is missing; expected one of url, url_command"),
        (("test", "pigeon", "--text", " "), "--text: the thought is empty"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    later: Run, config: Path, argv: tuple[str, ...], said: str
) -> None:
    ended = later("channels", *argv)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


def test_a_fault_of_a_plugin_that_quotes_a_secret_is_logged_without_it(
    later: Run, config: Path, tmp_path: Path
) -> None:
    write(config, f'[channel.pigeon]\ncorn = "{SECRET}"\n')
    ended = later("channels", "test", "pigeon")
    assert ended.code == 1
    log = (tmp_path / "data" / "later.log").read_text()
    assert "no pigeon takes [secret]" in log
    assert SECRET not in log + ended.out + ended.err


@pytest.fixture
def hook() -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """A web server's URL, and what came to it: the secret in its header, and the body."""
    heard: list[tuple[str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append((self.headers.get("Authorization", ""), body))
            self.send_response(503 if self.path == "/busy" else 204)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", heard
        server.shutdown()
        thread.join()


def test_a_secret_is_used_and_never_shown(
    later: Run, config: Path, hook: tuple[str, list[tuple[str, bytes]]]
) -> None:
    url, heard = hook
    for path in ("/hook", "/busy"):
        write(
            config,
            f'[channel.webhook]\nurl = "{url}{path}"\nallow_private = true\n'
            f"authorization_command = ['echo', 'Bearer {SECRET}']\n",
        )
        said = later("channels", "test", "webhook")
        assert said.code == (0 if path == "/hook" else 1), said.err
        assert "204" in said.out or "503" in said.err
        assert SECRET not in said.out + said.err
        assert SECRET not in later("channels").out
    assert {authorization for authorization, _ in heard} == {f"Bearer {SECRET}"}


def test_on_a_terminal_the_desktop_channel_uses_the_commands_own(
    environment: dict[str, str], config: Path
) -> None:
    ours, theirs = pty.openpty()
    for name in ("DBUS_SESSION_BUS_ADDRESS", "TMUX", "STY", "ZELLIJ", "DISPLAY"):
        environment.pop(name, None)
    environment |= {"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1", "XDG_RUNTIME_DIR": "/none"}
    process = subprocess.Popen(
        [sys.executable, "-m", "later_tui", "channels", "test", "desktop", "--text", "hello"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break  # the other end was closed
        if not part:
            break
        said += part
    os.close(ours)
    assert process.wait(30) == 0, said
    assert b"\x1b]99;" in said
    assert b"sent by terminal" in said
