"""Which lanes this worker can serve now: one that cannot be used is paused and asked again."""

import asyncio
import logging
from collections.abc import Callable, Mapping

from later_tui.channels.base import Availability, Channel

logger = logging.getLogger(__name__)

ASK_AGAIN_S = 2.0
"""Short enough to be back within 5 s of the bus; only paused channels are asked."""


class Lanes:
    """The channels of one worker, and which of them wait for what."""

    def __init__(self, channels: Mapping[str, Channel], changed: Callable[[], None]) -> None:
        """`changed` is called when a channel was paused or can be used again."""
        self._channels = channels
        self._changed = changed
        self._waiting: dict[str, str] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The channels that can be used now."""
        return tuple(name for name in self._channels if name not in self._waiting)

    @property
    def usable(self) -> tuple[tuple[str, bool], ...]:
        """The channels that can be used now, each with whether a send may be repeated."""
        return tuple((name, self._channels[name].idempotent) for name in self.names)

    @property
    def waiting(self) -> Mapping[str, str]:
        """The channels that cannot be used now, and why."""
        return dict(self._waiting)

    def channel(self, name: str) -> Channel:
        return self._channels[name]

    def pause(self, name: str, reason: str) -> None:
        """Claim nothing more for a channel until it says that it is available."""
        if self._waiting.get(name) == reason:
            return  # as it was: nobody need wake for it
        logger.warning("channel %s waits: %s", name, reason)
        self._waiting[name] = reason
        self._changed()

    async def ask_all(self) -> None:
        """Ask every channel whether it can be used."""
        await self._ask(tuple(self._channels))

    async def keep_asking(self) -> None:
        """Ask the paused channels again, every few seconds while there are any; never returns."""
        while True:
            await asyncio.sleep(ASK_AGAIN_S)
            if self._waiting:
                await self._ask(tuple(self._waiting))

    async def _ask(self, names: tuple[str, ...]) -> None:
        answers = await asyncio.gather(*(self._availability(name) for name in names))
        for name, answer in zip(names, answers, strict=True):
            if not answer.ok:
                self.pause(name, answer.reason)
            elif name in self._waiting:
                del self._waiting[name]
                logger.info("channel %s can be used again, by %s", name, answer.via)
                self._changed()

    async def _availability(self, name: str) -> Availability:
        try:
            return await self._channels[name].available()
        except Exception as error:  # a broken plugin never stops the others
            logger.exception("channel %s failed to say whether it is available", name)
            return Availability(ok=False, reason=f"it failed: {type(error).__name__}")

    async def withdraw(self, reminder_id: str) -> None:
        """Take away what any channel shows of a reminder."""
        for name, channel in self._channels.items():
            try:
                await channel.withdraw(reminder_id)
            except Exception:
                logger.exception("channel %s failed to withdraw a reminder", name)
