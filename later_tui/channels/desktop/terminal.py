"""The rung `terminal`: the person's own terminal shows the notification, also over SSH."""

import os
from collections.abc import Callable

from later_tui.channels.base import Availability, Notification, Receipt
from later_tui.channels.desktop import osc, tmux, words
from later_tui.channels.desktop.terminals import by_environment
from later_tui.domain.errors import DeliveryError, UnavailableError

_BELL = "\a"
_REMEMBERED = 256
"""How many of the last notifications can be taken away."""


class Terminal:
    """Asks the terminal for a notification, and rings its bell. Nothing proves that it was seen."""

    via = "terminal"

    def __init__(self, write: Callable[[str], None] | None, setting: str = "auto") -> None:
        self._write = write
        self._setting = setting
        self._closable: dict[str, None] = {}

    async def available(self) -> Availability:
        """Say whether there is a terminal that is known to show notifications."""
        try:
            await self._protocol()
        except DeliveryError as error:
            return Availability(False, self.via, str(error))
        return Availability(True, self.via)

    async def send(self, notification: Notification) -> Receipt:
        """Write the sequence."""
        protocol = await self._protocol()
        title, thought = words.title(notification), words.line(notification)
        if protocol == "osc-99":
            sequence = osc.osc_99(_identifier(notification.reminder_id), title, thought)
        elif protocol == "osc-777":
            sequence = osc.osc_777(title, thought)
        else:
            sequence = osc.osc_9(f"{title}: {thought}")
        self._put(_wrapped(sequence) + _BELL)
        if protocol == "osc-99":
            self._closable[notification.reminder_id] = None
            while len(self._closable) > _REMEMBERED:
                del self._closable[next(iter(self._closable))]
        return Receipt(self.via)

    async def withdraw(self, reminder_id: str) -> None:
        """Take it away where the terminal can: in kitty."""
        if reminder_id in self._closable:
            del self._closable[reminder_id]
            self._put(_wrapped(osc.osc_99_close(_identifier(reminder_id))))

    async def aclose(self) -> None:
        """Nothing to close: the terminal is the app's."""

    async def _protocol(self) -> str:
        if self._setting == "off":
            raise UnavailableError("switched off in [channel.desktop]")
        if self._write is None:
            raise UnavailableError("no terminal here")
        known = "" if self._setting == "auto" else self._setting
        if os.environ.get("TMUX"):
            return await tmux.outside(known)
        return known or by_environment(os.environ)

    def _put(self, sequence: str) -> None:
        if self._write is None:
            raise UnavailableError("no terminal here")
        try:
            self._write(sequence)
        except (OSError, ValueError) as error:
            raise UnavailableError("the terminal went away") from error


def _wrapped(sequence: str) -> str:
    if os.environ.get("TMUX"):
        return osc.through_tmux(sequence)
    if os.environ.get("STY"):
        return osc.through_screen(sequence)
    return sequence


def _identifier(reminder_id: str) -> str:
    safe = "".join(char for char in reminder_id if char.isascii() and char.isalnum())
    return f"later-{safe}"
