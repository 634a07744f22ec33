"""`later channels` tells how each channel stands here."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from later_tui.cli import channel_states
from later_tui.cli.channel_states import State, states
from later_tui.config.load import load
from tests.channels.test_channel_registry import module, package
from tests.cli.running import Run

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


def test_a_state_is_a_sentence_in_every_case() -> None:
    assert State(name="x", used=False).sentence == "not used; to use it add a table [channel.x]"
    assert State(name="x", used=True, problem="no corn").word == "wrong"
