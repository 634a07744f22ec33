"""The rung `plain`: plyer, a pop-up without buttons.

plyer runs in a program of its own. On Linux it starts notify-send, lets it write on the terminal
that the app draws on, waits for it up to half a minute, which no thread can be stopped from, and
does not look whether it failed.
"""

import asyncio
import json
import sys
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from later_tui.channels import words
from later_tui.channels.base import Availability, Notification, Receipt
from later_tui.channels.child import run
from later_tui.channels.desktop.bus import UnseenError
from later_tui.channels.desktop.rung import PATIENCE
from later_tui.channels.desktop.service import NotificationService
from later_tui.domain.errors import DeliveryError, TransientError, UnavailableError
from later_tui.domain.inert import one_line

_PROGRAM = Path(__file__).with_name("plyer_child.py")
_GLANCE = 2.0


class Plain:
    """Shows reminders through plyer. `service` is the one that would be asked, where it is seen."""

    via = "plain"

    def __init__(self, service: NotificationService | None) -> None:
        self._service = service

    async def available(self) -> Availability:
        """Say whether plyer has something to show it with, that is awake."""
        try:
            await self._check()
        except DeliveryError as error:
            return Availability(False, self.via, str(error))
        return Availability(True, self.via)

    async def send(self, notification: Notification) -> Receipt:
        """Show it. The proof is the end of the program that showed it, where there is one."""
        await self._check()
        given = json.dumps(
            {"title": words.title(notification), "message": words.body(notification)}
        )
        try:
            async with asyncio.timeout(PATIENCE):
                done = await run(sys.executable, "-P", str(_PROGRAM), given=given)
        except TimeoutError:
            raise TransientError(f"plyer was not done within {PATIENCE:g} s") from None
        if done.code:
            words_ = one_line(done.complaint).strip() or f"exit {done.code}"
            raise TransientError(f"plyer failed ({words.shorten(words_, 200)})")
        return Receipt(self.via, done.output.strip())

    async def withdraw(self, reminder_id: str) -> None:
        """Nothing: plyer gives nothing by which it could be taken away."""

    async def aclose(self) -> None:
        """Nothing to close."""

    async def _check(self) -> None:
        if self._service is not None:
            # First, for it costs least when there is none.
            await self._check_service(self._service)
        if not sys.executable:
            raise UnavailableError("Python does not know its own program")
        if find_spec("plyer") is None:
            raise UnavailableError("the package plyer is not installed")
        if sys.platform == "darwin" and find_spec("pyobjus") is None:
            raise UnavailableError("plyer needs the package pyobjus on macOS")
        if sys.platform in ("darwin", "win32"):
            return
        if which("notify-send") is None and find_spec("dbus") is None:
            raise UnavailableError("plyer needs the program notify-send")

    async def _check_service(self, service: NotificationService) -> None:
        if reason := service.silence.recall():
            raise UnavailableError(reason)
        try:
            async with asyncio.timeout(_GLANCE):
                owner = await service.start()
                await service.capabilities(owner)
        except UnseenError:
            return  # notify-send may know the way; it says when it does not
        except TimeoutError:
            raise UnavailableError("the notification service does not answer") from None
