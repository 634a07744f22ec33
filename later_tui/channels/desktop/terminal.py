"""The rung `terminal`: the person's own terminal shows the notification, also over SSH."""

import os
from collections.abc import Callable

from later_tui.channels.base import Availability, Notification, Receipt
from later_tui.channels.terminal import tmux
from later_tui.channels.terminal.speaker import Speaker
from later_tui.channels.terminal.terminals import by_environment
from later_tui.domain.errors import DeliveryError, UnavailableError

_HINT = "; set terminal in [channel.desktop] if it does"


class Terminal:
    """Asks the terminal for a notification, and rings its bell. Nothing proves that it was seen.

    Unlike the channel of this name, it takes only what is known to show the reminder's text: there
    are other rungs.
    """

    via = "terminal"

    def __init__(self, write: Callable[[str], None] | None, setting: str = "auto") -> None:
        self._speaker = Speaker(write, os.environ) if write is not None else None
        self._setting = setting

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
        self._here().tell(protocol, notification)
        return Receipt(self.via)

    async def withdraw(self, reminder_id: str) -> None:
        """Take it away where the terminal can: in kitty."""
        if self._speaker is not None:
            self._speaker.take_away(reminder_id)

    async def aclose(self) -> None:
        """Nothing to close: the terminal is the app's."""

    async def _protocol(self) -> str:
        if self._setting == "off":
            raise UnavailableError("switched off in [channel.desktop]")
        self._here()
        known = "" if self._setting == "auto" else self._setting
        if os.environ.get("TMUX"):
            return await tmux.outside(known, _HINT)
        return known or by_environment(os.environ, _HINT)

    def _here(self) -> Speaker:
        if self._speaker is None:
            raise UnavailableError("no terminal here")
        return self._speaker
