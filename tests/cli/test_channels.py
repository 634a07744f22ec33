"""`later channels` tells how each channel stands here; `later channels test` really sends."""

import asyncio
import json
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from later_tui.cli import channel_states
from later_tui.cli.channel_states import State, states
from later_tui.config.load import load
from later_tui.domain.failing import Failing
from later_tui.store import deliveries
from later_tui.store.claims import WorkerInfo
from later_tui.store.keys import Keys
from later_tui.store.syncstore import SyncStore
from tests.channels.test_channel_registry import module, package
from tests.cli.running import Run
from tests.making import now_ms

SECRET = "hunter2-and-more"
PLUGIN = """
import asyncio
from dataclasses import dataclass
from later_tui.channels.base import Availability, Receipt
from later_tui.channels.options import Secret
from later_tui.domain.errors import MaybeSentError, PermanentError
@dataclass(frozen=True)
class Options:
    mood: str = "good"
    corn: Secret | None = None
class Pigeon:
    name, idempotent, Options = "pigeon", False, Options
    def __init__(self, options, context): self.mood, self.corn = options.mood, options.corn
    async def send(self, notification):
        if self.mood == "bad": raise PermanentError("the pigeon is \\x1b[2Jtired")
        if self.mood == "lost": raise MaybeSentError("the pigeon has not come back")
        if self.mood == "ill": raise KeyError("x")
        if self.corn: raise RuntimeError(f"no pigeon takes {await self.corn.reveal()}")
        return Receipt("pigeon", f"{notification.text!r} for {notification.username}")
    async def available(self):
        if self.mood == "ill": raise KeyError("x")
        if self.mood == "hangs": await asyncio.sleep(600)
        return Availability(self.mood != "bad", "pigeon", "" if self.mood == "good" else "it rains")
    async def withdraw(self, reminder_id): pass
    async def aclose(self):
        if self.mood == "ill": raise KeyError("x")
"""


@pytest.fixture
def config(tmp_path: Path, environment: dict[str, str]) -> Path:
    """The configuration file that the command reads; a plugin `pigeon` is installed."""
    environment["LATER_CONFIG"] = str(tmp_path / "config.toml")
    plugins = tmp_path / "plugins"
    plugins.mkdir()
    package(plugins, "later-pigeon", pigeon="pigeon_channel:Pigeon")
    module(plugins, "pigeon_channel", PLUGIN)
    environment["PYTHONPATH"] = os.pathsep.join([str(plugins), *filter(None, sys.path)])
    file = tmp_path / "config.toml"
    write(file, "")
    return file


def write(file: Path, text: str) -> None:
    file.write_text(text)
    file.chmod(0o600)


def listed(later: Run, *argv: str) -> dict[str, dict[str, Any]]:
    ended = later("channels", "--json", *argv)
    assert (ended.code, ended.err) == (0, "")
    return {one["name"]: one for one in json.loads(ended.out)["channels"]}


def test_what_is_used_comes_first_and_what_is_not_says_how_to_use_it(
    later: Run, config: Path
) -> None:
    write(config, 'channels = ["pigeon", "desktop"]\n[channel.terminal]\n')
    ended = later("channels")
    assert (ended.code, ended.err) == (0, "")
    names = [line.split()[0] for line in ended.lines]
    assert names == ["pigeon", "desktop", "terminal", "apprise", "email", "sms", "webhook"]
    assert ended.lines[0] == "pigeon    ready by pigeon, at most once"
    assert "email     not used; to use it add a table [channel.email]" in ended.lines


def test_a_plugin_that_is_not_used_is_told_with_its_package(later: Run, config: Path) -> None:
    [line] = [line for line in later("channels").lines if line.startswith("pigeon")]
    assert line.endswith("add a table [channel.pigeon] (it is later-pigeon's)")


def test_json_has_everything_by_name(later: Run, config: Path) -> None:
    write(config, "[channel.pigeon]\n[channel.sms]\n")
    found = listed(later)
    assert found["pigeon"] == {
        "name": "pigeon",
        "package": "later-pigeon",
        "configured": True,
        "state": "ready",
        "ok": True,
        "via": "pigeon",
        "reason": None,
        "idempotent": False,
        "workers": [],
    }
    assert (found["email"]["configured"], found["email"]["state"]) == (False, "not used")
    assert (found["email"]["ok"], found["email"]["idempotent"]) == (None, None)
    assert (found["sms"]["ok"], found["sms"]["state"]) == (False, "wrong")
    assert f"{config}: channel.sms.provider is missing" in found["sms"]["reason"]


def test_paused_wrong_broken_and_missing_ones_stop_no_other(later: Run, config: Path) -> None:
    write(
        config,
        'channels = ["fax", "pigeon"]\n[channel.pigeon]\nmood = "bad"\n'
        f'[channel.apprise]\nurl = ["{SECRET}"]\n',
    )
    ended = later("channels")
    said = {line.split()[0]: line for line in ended.lines}
    assert ended.code == 0
    assert said["pigeon"] == "pigeon    paused: it rains"
    assert said["fax"].startswith("fax       wrong: there is no channel 'fax'; installed are: app")
    assert "url is a list that does not fit (not shown)" in said["apprise"]
    assert SECRET not in ended.out + ended.err
    write(config, '[channel.pigeon]\nmood = "ill"\n')
    assert listed(later)["pigeon"]["reason"] == "it failed: KeyError"


def beat(store: SyncStore, name: str = "w", user: str = "ada", **told: Any) -> None:
    info = WorkerInfo(name, "mill", 1, now_ms(), ("pigeon",), 50, 0, user, **told)
    store.run(deliveries.beat(Keys(0), info, holds_ms=300_000))


def tired() -> Failing:
    now = now_ms()
    return Failing("the pigeon is \x1b[2Jtired", now - 600_000, 3, now + 60_000)


def test_what_fails_in_a_worker_is_failing_though_it_seems_ready_from_here(
    later: Run, config: Path, store: SyncStore
) -> None:
    write(config, "[channel.pigeon]\n")
    beat(store, failing={"pigeon": tired()})
    beat(store, "v", waiting={"pigeon": "it snows"})
    ended = later("channels")
    assert (ended.code, ended.err) == (0, "")
    said = {line.split()[0]: line for line in ended.lines}
    assert said["pigeon"].startswith(
        "pigeon    failing on mill: its last 3 sends failed, the first 10 min ago: "
        "the pigeon is [2Jtired; tried again by "
    )
    assert "; paused on mill: it snows; " in said["pigeon"]
    assert said["pigeon"].endswith("`later channels test pigeon` tries it now")
    found = listed(later)["pigeon"]
    assert (found["state"], found["ok"]) == ("failing", False)
    paused, failing = sorted(found["workers"], key=lambda one: one["state"], reverse=True)
    assert paused == {"host": "mill", "state": "paused", "reason": "it snows"}
    assert (failing["state"], failing["times"]) == ("failing", 3)
    assert failing["next_at"] > failing["since"]


def test_what_is_paused_in_a_worker_is_ready_here_and_told(
    later: Run, config: Path, store: SyncStore
) -> None:
    write(config, "[channel.pigeon]\n")
    beat(store, waiting={"pigeon": "it snows"})
    assert "pigeon    ready by pigeon, at most once; paused on mill: it snows" in (
        later("channels").lines
    )
    assert listed(later)["pigeon"]["ok"] is True
    write(config, '[channel.pigeon]\nmood = "bad"\n')
    beat(store, waiting={"pigeon": "it rains"})
    assert "pigeon    paused: it rains" in later("channels").lines, "the same is said once"


def test_what_others_fail_at_and_what_is_only_elsewhere(
    later: Run, config: Path, store: SyncStore
) -> None:
    write(config, "[channel.pigeon]\n")
    beat(store, user="bob", failing={"pigeon": tired()})
    assert listed(later)["pigeon"]["state"] == "ready"
    beat(store, failing={"fax": tired()})
    [fax] = [line for line in later("channels").lines if line.startswith("fax")]
    assert fax.startswith("fax       not used; no package here provides it; failing on mill: ")


def test_without_a_server_nothing_is_started_or_missed(
    later: Run, config: Path, tmp_path: Path
) -> None:
    write(config, "[channel.pigeon]\n")
    assert listed(later)["pigeon"]["ok"] is True
    assert not (tmp_path / "data" / "server").exists()
    away = f"unix://{tmp_path}/nothing.sock"
    assert listed(later, "--redis", away)["pigeon"]["ok"] is True


def test_only_what_is_used_is_imported(environment: dict[str, str], config: Path) -> None:
    code = (
        "import sys\nfrom later_tui.cli.main import main\nsys.stdout = sys.stderr\n"
        "main(['channels'])\nsys.__stdout__.write(' '.join(sys.modules))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    found = set(ended.stdout.split())
    assert "later_tui.channels.desktop" in found
    assert not found & {
        *("pigeon_channel", "httpx2", "aiosmtplib", "apprise", "keyring", "pytest"),
        *("textual", "redis", "later_tui.channels.email", "later_tui.channels.webhook"),
    }


async def test_one_that_hangs_is_said_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel_states, "ASK_S", 0.2)
    monkeypatch.syspath_prepend(str(tmp_path))
    package(tmp_path, "later-pigeon", pigeon="hanging_pigeon:Pigeon")
    module(tmp_path, "hanging_pigeon", PLUGIN)
    write(tmp_path / "config.toml", '[channel.pigeon]\nmood = "hangs"\n')
    settings = load({"config": str(tmp_path / "config.toml")}, {"HOME": str(tmp_path)})
    [pigeon] = [state for state in await states(settings) if state.name == "pigeon"]
    assert pigeon.sentence == "paused: it did not answer within 0 s"
    assert not asyncio.all_tasks() - {asyncio.current_task()}


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


def test_a_state_is_a_sentence_in_every_case() -> None:
    assert State(name="x", used=False).sentence == "not used; to use it add a table [channel.x]"
    assert State(name="x", used=True, problem="no corn").word == "wrong"
