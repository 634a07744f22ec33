"""Chooses how the terminal is told: by its own notifications, tmux's message, a line, the bell."""

import os
from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from later_tui.channels.base import Availability, ChannelContext, Notification, Receipt
from later_tui.channels.terminal import tmux, tty
from later_tui.channels.terminal.options import TerminalOptions
from later_tui.channels.terminal.speaker import Speaker
from later_tui.channels.terminal.terminals import by_environment
from later_tui.domain.errors import ConfigError, DeliveryError, UnavailableError

_HINT = "; set escape in [channel.terminal] if it does"
_MESSAGE = "tmux"
"""The way by which tmux itself shows it."""


class Terminal:
    """The channel `terminal`. Nothing proves that what was written was seen."""

    name = "terminal"
    idempotent = True
    """A second one takes the first one's place, or rings once more."""
    Options: ClassVar = TerminalOptions

    def __init__(self, options: TerminalOptions, context: ChannelContext) -> None:
        """Raises ConfigError: a bell that does not ring."""
        if options.escape == "bell" and not options.bell:
            raise ConfigError(
                'channel.terminal has escape = "bell" and bell = false, which leaves nothing to do'
            )
        self._options = options
        self._app = context.terminal is not None or context.toast is not None
        self._path = "" if self._app else options.tty or tty.OWN
        write = partial(tty.write, self._path) if self._path else context.terminal
        self._environ: Mapping[str, str] = os.environ
        if self._path not in ("", tty.OWN):
            self._environ = {}  # this process's tells nothing of a terminal that it is not in
        self._speaker = Speaker(write, self._environ) if write is not None else None

    async def send(self, notification: Notification) -> Receipt:
        """Write to the terminal, or have tmux show it.

        Raises UnavailableError: there is no terminal here; TransientError: it takes nothing now.
        """
        speaker = self._here()
        way, _ = await self._way()
        bell = self._options.bell
        if way == _MESSAGE:
            await tmux.show(notification)
            if bell:
                speaker.tell("bell", notification)
        else:
            speaker.tell(way, notification, bell=bell)
        return Receipt(way)

    async def available(self) -> Availability:
        """Say whether there is a terminal, and how it would be told."""
        try:
            self._here()
            way, reason = await self._way()
        except DeliveryError as error:
            return Availability(False, "", str(error))
        return Availability(True, way, reason)

    async def withdraw(self, reminder_id: str) -> None:
        """Take it away where the terminal can."""
        try:
            if self._speaker is not None:
                self._speaker.take_away(reminder_id)
        except DeliveryError:
            return  # gone with its terminal

    async def aclose(self) -> None:
        """Nothing to close: the terminal is the person's."""

    def _here(self) -> Speaker:
        if self._speaker is None:
            raise UnavailableError("the app is not on a terminal")
        if self._path:
            tty.check(self._path)
        return self._speaker

    async def _way(self) -> tuple[str, str]:
        """Return how to tell it, and why not by a better way. Raises UnavailableError."""
        chosen = self._options.escape
        if chosen == "bell":
            return chosen, ""
        if chosen == "line":
            return self._poorest("the app draws on it" if self._app else "")
        known = chosen if chosen != "auto" else ""
        try:
            if self._environ.get("TMUX"):
                return await tmux.outside(known, _HINT), ""
            if not (known or self._environ):
                raise UnavailableError(f"it is not known which terminal {self._path} is{_HINT}")
            return known or by_environment(self._environ, _HINT), ""
        except tmux.NobodyError:
            raise
        except tmux.GoneError as error:
            return self._poorest(str(error))
        except UnavailableError as error:
            return (
                (_MESSAGE, str(error)) if self._environ.get("TMUX") else self._poorest(str(error))
            )

    def _poorest(self, reason: str) -> tuple[str, str]:
        """Return what any terminal can do: in the app, which shows the reminder, ring."""
        if not self._app:
            return "line", reason
        if not self._options.bell:
            raise UnavailableError(f"{reason}, and the bell is off in [channel.terminal]")
        return "bell", reason
