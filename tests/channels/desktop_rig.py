"""A desktop of a test's own: a session bus, a screen, a notification daemon. All real programs."""

import asyncio
import contextlib
import html
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus

from later_tui.channels.base import Notification
from later_tui.channels.desktop import Desktop
from later_tui.domain.reminder import Answer, Origin

Open = Callable[..., Desktop]
"""Opens the channel with the given parts of a context; it is closed after the test."""

NOW = 1_760_000_000_000
DAY = 86_400_000
SERVICE = Path(__file__).with_name("notification_service.py")

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<servicedir>{services}</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""

BAD_TEXTS = {
    "nul": "a\x00b",
    "title": "\x1b]0;title\x07x",
    "clipboard": "\x1b]52;c;bGF0ZXI=\x07x",
    "clear": "\x1b[2Jx",
    "c1": "\x9b2J\x90x\x9c",
    "typed escape": r"\033]0;x\007 C:\new \x1b[2J",
    "closing tag": "A[/]B",
    "brackets": "buy [milk]",
    "click": "[@click=app.quit]x[/]",
    "help": "--help",
    "wait": "-w",
    "apostrophe": 'don\'t "quote"',
    "markup": "a & b < c > d &amp; &#x1b;",
    "link": "<a href=file:///etc/passwd>x</a>",
    "image": "<img src=file:///etc/passwd>",
    "bold": "<b>bold</b><i>",
    "header": "x\r\nBcc: x",
    "separators": "one\u2028two\u2029three\x85four",
    "override": "a\u202etxt.exe",
    "emoji": "👩‍👩‍👧‍👦 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "wide": "日本語のテキスト",
    "long": "word " * 3000,
    "long and wide": "日本語の" * 90,
    "command": "$(id) `id` $HOME",
    "format": "%s %d %n %%",
    "formula": "=cmd()",
    "semicolons": "4;3;50",
    "surrogate": "a\ud800b",
}


def note(text: str = "call mum", **changed: object) -> Notification:
    values: dict[str, object] = {
        "reminder_id": "0123456789ab",
        "round": 0,
        "text": text,
        "due_at": NOW,
        "origin": Origin("desk", "~/src/foo", NOW - 19 * DAY),
        "message_id": "m1",
        "username": "ann",
    }
    return Notification(**(values | changed))  # type: ignore[arg-type]


def require(*programs: str) -> None:
    """Skip when a program is missing, and say which; where CI is set, fail instead."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        reason = f"missing programs: {', '.join(missing)}"
        if os.environ.get("CI"):
            pytest.fail(f"{reason} (and CI is set)")
        pytest.skip(reason)


async def until(true: Callable[[], object | Awaitable[object]], seconds: float = 30.0) -> None:
    """Wait for something to become true; the bound is against hanging only."""
    end = time.monotonic() + seconds
    while True:
        answer = true()
        if await answer if isinstance(answer, Awaitable) else answer:
            return
        assert time.monotonic() < end, "it did not happen"
        await asyncio.sleep(0.01)


class Answers:
    """Keeps what the person answered."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Answer, int]] = []

    async def __call__(self, reminder_id: str, answer: Answer, round_: int) -> None:
        self.heard.append((reminder_id, answer, round_))


class Desk:
    """The programs of one test's desktop, in a folder with a short name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "bus"
        self.services = folder / "services"
        self.services.mkdir()
        self.address = f"unix:path={self.socket}"
        self.calls = folder / "calls"
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self, *command: str, **environ: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{Path(command[0]).name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env=os.environ | {"DBUS_SESSION_BUS_ADDRESS": self.address} | environ,
            )
        self._running.append(process)
        return process

    def log(self, program: str) -> str:
        return (self.folder / f"{program}.log").read_text(errors="replace")

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        for number in (signal.SIGKILL, signal.SIGCONT):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)
        process.wait(30)
        self._running.remove(process)

    def close(self) -> None:
        for process in reversed(list(self._running)):
            self.stop(process)
        shutil.rmtree(self.folder)

    async def bus(self) -> subprocess.Popen[bytes]:
        """Start the session bus, always at the same address."""
        self.socket.unlink(missing_ok=True)
        config = self.folder / "bus.conf"
        config.write_text(CONFIG.format(socket=self.socket, services=self.services))
        process = self.start("dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile")
        await until(self._listening)
        return process

    def _listening(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self.socket)) == 0

    async def dunst(self, display: str, **settings: str) -> subprocess.Popen[bytes]:
        """Start dunst on a screen, with its defaults but for `settings`."""
        config = self.folder / "dunstrc"
        lines = "\n".join(f"    {key} = {value}" for key, value in settings.items())
        config.write_text(f"[global]\n    markup = full\n    width = 360\n{lines}\n")
        process = self.start("dunst", "-config", str(config), DISPLAY=display)
        await self.owned()
        return process

    async def service(self, **behaviour: object) -> subprocess.Popen[bytes]:
        """Start the small notification service of the tests; see its file for `behaviour`."""
        process = self.start(sys.executable, str(SERVICE), str(self.calls), json.dumps(behaviour))
        await self.owned()
        return process

    async def owned(self, name: str = "org.freedesktop.Notifications") -> None:
        async def has_owner() -> object:
            return (await self.call("org.freedesktop.DBus", "NameHasOwner", "s", name)).body[0]

        await until(has_owner)

    async def call(
        self, interface: str, member: str, signature: str = "", *body: object, to: str = ""
    ) -> Message:
        """Call a method on the bus with a connection of its own."""
        bus = await MessageBus(bus_address=self.address).connect()
        path = "/" + interface.replace(".", "/")
        if to:
            path = "/org/freedesktop/Notifications"
        try:
            reply = await bus.call(
                Message(
                    destination=to or interface,
                    path=path,
                    interface=interface,
                    member=member,
                    signature=signature,
                    body=list(body),
                )
            )
        finally:
            bus.disconnect()
            await bus.wait_for_disconnect()
        assert reply is not None
        assert reply.message_type is MessageType.METHOD_RETURN, reply.body
        return reply

    async def tell(self, **command: object) -> None:
        """Give the small service an order."""
        await self.call(
            "later.Test", "Do", "s", json.dumps(command), to="org.freedesktop.Notifications"
        )

    def notified(self) -> list[dict[str, object]]:
        """Return every Notify that the small service got."""
        return [call for call in self.called() if call["member"] == "Notify"]

    def called(self) -> list[dict[str, object]]:
        if not self.calls.exists():
            return []
        return [json.loads(line) for line in self.calls.read_text().splitlines()]

    async def dunstctl(self, *words: str) -> str:
        process = await asyncio.create_subprocess_exec(
            "dunstctl",
            *words,
            stdout=subprocess.PIPE,
            env=os.environ | {"DBUS_SESSION_BUS_ADDRESS": self.address},
        )
        output, _ = await process.communicate()
        assert process.returncode == 0
        return output.decode()

    async def displayed(self) -> int:
        return int((await self.dunstctl("count", "displayed")).split()[-1])

    async def empty(self) -> bool:
        """Whether dunst shows nothing any more."""
        return not await self.displayed()

    async def painted(self, display: str) -> None:
        """Wait until a pop-up stands on the screen."""
        await until(lambda: picture(display, self.folder / "painted.png") > 1)

    async def history(self) -> list[dict[str, str]]:
        """Close everything and return what dunst had on the screen, newest first."""
        await self.dunstctl("close-all")
        entries = json.loads(await self.dunstctl("history"))["data"][0]
        return [{key: str(value["data"]) for key, value in entry.items()} for entry in entries]


def picture(display: str, file: Path) -> int:
    """Take a picture of the screen, and return how many colours are on it."""
    environ = os.environ | {"DISPLAY": display}
    subprocess.run(["import", "-window", "root", str(file)], env=environ, check=True)
    told = subprocess.run(
        ["identify", "-format", "%k", str(file)], check=True, capture_output=True, text=True
    )
    return int(told.stdout)


def shown_text(body: str) -> str:
    """Return what a service that reads markup shows for a body without a tag."""
    assert "<" not in body
    return html.unescape(body)
