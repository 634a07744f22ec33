"""plyer never claims what it cannot know. Its notify-send is the real one."""

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from later_tui.channels.child import run
from later_tui.channels.desktop import plain
from later_tui.channels.desktop.plain import Plain
from later_tui.channels.desktop.service import NotificationService
from later_tui.domain.errors import TransientError, UnavailableError
from later_tui.domain.inert import inert
from tests.channels.desktop_rig import BAD_TEXTS, Desk, Open, note, require, shown_text, until


@pytest.fixture(autouse=True)
def _programs() -> None:
    require("notify-send")


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS.keys())
async def test_every_text_comes_through_plyer_unchanged_and_inert(bus: Desk, text: str) -> None:
    await bus.service()
    receipt = await Plain(None).send(note(text))
    assert receipt.via == "plain"
    assert receipt.proof == "notify-send ended without an error"
    (call,) = bus.notified()
    shown = shown_text(call["body"][4]).removeprefix(" ")
    expected = inert(text).strip()
    assert shown == expected if len(expected) <= 1000 else shown[:-1] in expected
    assert call["body"][3].startswith("later · from you")


async def test_it_is_tried_when_the_service_refuses_a_pop_up_and_not_believed(
    bus: Desk, open_desktop: Open
) -> None:
    await bus.service(refuse="too many <pop-ups>")
    with pytest.raises(UnavailableError) as raised:
        await open_desktop().send(note())
    assert "pop-up: the notification service refused: too many <pop-ups>" in str(raised.value)
    assert "plain: plyer failed" in str(raised.value)
    assert len(bus.notified()) == 2


async def test_without_a_service_it_is_not_delivered(bus: Desk) -> None:
    with pytest.raises(TransientError, match="plyer failed"):
        await Plain(None).send(note())
    service = NotificationService()
    with pytest.raises(UnavailableError, match="no notification service"):
        await Plain(service).send(note())
    await service.aclose()


async def test_without_notify_send_it_is_unavailable(
    bus: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bus.service()
    monkeypatch.setenv("PATH", "/nonexistent")
    rung = Plain(None)
    assert (await rung.available()).reason == "plyer needs the program notify-send"
    with pytest.raises(UnavailableError, match="notify-send"):
        await rung.send(note())


async def test_a_hanging_service_leaves_no_program_behind(
    bus: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = await bus.service()
    service.send_signal(signal.SIGSTOP)
    monkeypatch.setattr(plain, "PATIENCE", 1.5)
    with pytest.raises(TransientError, match="not done within"):
        await Plain(None).send(note("a hanging thought"))

    async def none_is_left() -> bool:
        listed = await run("ps", "-eo", "args")
        return "notify-send later · from you" not in listed.output

    await until(none_is_left)


async def test_a_cancelled_send_leaves_no_program_behind(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    code = f"import os,time; open({str(file)!r},'w').write(str(os.getpid())); time.sleep(60)"
    running = asyncio.create_task(run("sh", "-c", '"$0" -c "$1" & wait', sys.executable, code))
    await until(lambda: file.exists() and file.read_text())
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        async with asyncio.timeout(30):
            await running
    await until(lambda: _ended(file.read_text()))


def _ended(pid: str) -> bool:
    told = subprocess.run(["ps", "-o", "state=", "-p", pid], capture_output=True, text=True)
    return told.stdout.strip() in ("", "Z")


def test_plyer_needs_nothing_of_later_and_writes_nothing_on_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    done = subprocess.run(
        [sys.executable, "-P", str(plain._PROGRAM)],
        input=json.dumps({"title": "t", "message": "m"}),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
