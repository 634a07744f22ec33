"""What a worker does beside delivering: adopts other programs' reminders, trims the history."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from later_tui.domain.errors import RefusedError
from later_tui.store.history import Bounds

if TYPE_CHECKING:
    from later_tui.config.settings import Settings
    from later_tui.store.asyncstore import Store

logger = logging.getLogger(__name__)

WRONG_TYPE = "WRONGTYPE"
"""Redis's word for a key that is used as what it is not."""

LOOK_AGAIN_S = 1.0
"""Between two looks into the plain lane, however many events tell of something new."""
TRIM_FIRST_S = 30.0
TRIM_AGAIN_S = 300.0
BETWEEN_STEPS_S = 0.05
MOST_STEPS = 125
"""Steps of trimming in one round."""


class Tending:
    """Keeps a worker's shard in order, whenever that costs nobody anything."""

    def __init__(self, settings: "Settings", store: "Store", idle: Callable[[], bool]) -> None:
        """`idle` says whether nothing is being delivered."""
        self._user = settings.user
        self._channels = settings.served
        history = settings.history
        self._bounds = Bounds(history.count, history.age_ms, history.bytes)
        self._store = store
        self._idle = idle
        self._look = asyncio.Event()
        self._start = 0

    def heard(self) -> None:
        """Look into the plain lane soon: something changed."""
        self._look.set()

    def told(self, foreign: int) -> None:
        """Look into the plain lane if it was said that `foreign` entries are in it."""
        if foreign:
            self._look.set()

    async def recover(self, trouble: str) -> None:
        """Move keys of a wrong type aside if one of them was the last `trouble`; else nothing works
        until a person does.
        """
        if WRONG_TYPE in trouble:
            for sentence in await self._store.mend():
                logger.warning("a key had the wrong type: %s", sentence)

    async def keep_adopting(self) -> None:
        """Adopt whatever other programs put into the plain lane; never returns."""
        from later_tui.channels.registry import channel_names

        channels = tuple(dict.fromkeys((*self._channels, *channel_names())))
        while True:
            await self._look.wait()
            self._look.clear()
            try:
                await self._adopt(channels)
            except RefusedError as error:
                # Deliveries go on; the next event or heartbeat has it tried again.
                logger.info("other programs' reminders wait: %s", error)
                await self.recover(str(error))
            await asyncio.sleep(LOOK_AGAIN_S)

    async def _adopt(self, channels: Sequence[str]) -> None:
        left = 1
        while left:
            found = await self._store.adopt(channels)
            left = found.left
            for reminder_id, why in found.aside:
                logger.error("%s of another program was set aside: %s", reminder_id, why)
            if found.count:
                logger.info("adopted %d of another program's reminders", found.count)

    async def keep_trimming(self) -> None:
        """Keep the history within its bounds, in small steps while nothing is under way; never
        returns.
        """
        wait = TRIM_FIRST_S
        while True:
            await asyncio.sleep(wait)
            wait = TRIM_AGAIN_S
            if self._idle():
                try:
                    await self.trim()
                except RefusedError as error:
                    logger.info("the history waits to be trimmed: %s", error)

    async def trim(self) -> int:
        """Take steps until the history is within its bounds, it is enough for now, or something is
        being delivered; return how many reminders were forgotten.
        """
        forgotten = 0
        for _ in range(MOST_STEPS):
            done = await self._store.trim(self._user, self._bounds, self._start)
            forgotten += done.forgotten
            self._start = 0 if done.ended else done.start
            if done.ended or not self._idle():
                break
            await asyncio.sleep(BETWEEN_STEPS_S)
        if forgotten:
            logger.info("forgot %d reminders at the end of the history", forgotten)
        return forgotten
