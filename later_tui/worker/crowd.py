"""A crowd of reminders that are late together comes as one digest, not as a storm."""

import asyncio
import logging
from dataclasses import replace

from later_tui.channels.base import Availability, Channel, Notification, Receipt
from later_tui.domain.errors import DeliveryError

logger = logging.getLogger(__name__)

SCREENS = frozenset({"desktop", "terminal"})
"""The channels that gather: a digest whose count grows replaces itself there, and costs nothing."""

LATE_MS = 120_000
"""What is later than this was due while nobody could deliver it."""

CROWD = 3
"""So many at once are a crowd."""

GATHER_S = 0.1
"""How long the first late one waits for others."""

TELL_S = 1.0
"""How often the digest's count follows, while a crowd goes on."""

OVER_S = 60.0
"""A crowd is over when nothing late has come for so long."""

LINES = 3
"""So many thoughts are shown in the digest."""


class Crowd:
    """A channel that gathers what is late; the rest goes through as it is."""

    def __init__(self, channel: Channel) -> None:
        self.name = channel.name
        self.idempotent = channel.idempotent
        self._channel = channel
        self._gathered: list[tuple[Notification, asyncio.Future[Receipt | None]]] = []
        self._gathering: asyncio.Task[None] | None = None
        self._telling: asyncio.Task[None] | None = None
        self._told: list[Notification] = []
        self._count = 0
        self._receipt: Receipt | None = None
        self._over_at = 0.0

    async def send(self, notification: Notification) -> Receipt:
        """Deliver, alone or in the digest. Raises what the channel raises."""
        if notification.lateness_ms < LATE_MS:
            return await self._channel.send(notification)
        loop = asyncio.get_running_loop()
        if self._receipt is not None and loop.time() < self._over_at:
            return self._join(self._receipt)
        future: asyncio.Future[Receipt | None] = loop.create_future()
        self._gathered.append((notification, future))
        if self._gathering is None or self._gathering.done():
            self._gathering = asyncio.create_task(self._gather())
        receipt = await future
        return receipt if receipt is not None else await self._channel.send(notification)

    async def available(self) -> Availability:
        return await self._channel.available()

    async def withdraw(self, reminder_id: str) -> None:
        await self._channel.withdraw(reminder_id)

    async def aclose(self) -> None:
        for task in (self._gathering, self._telling):
            if task is not None:
                task.cancel()
        await self._channel.aclose()

    async def _gather(self) -> None:
        await asyncio.sleep(GATHER_S)
        gathered, self._gathered = self._gathered, []
        if len(gathered) < CROWD:
            for _, future in gathered:
                if not future.done():
                    future.set_result(None)
            return
        self._told = [notification for notification, _ in gathered[:LINES]]
        self._count = len(gathered)
        try:
            self._receipt = await self._tell()
        except DeliveryError as error:
            for _, future in gathered:
                if not future.done():
                    future.set_exception(error)
            return
        for _, future in gathered:
            if not future.done():
                future.set_result(self._receipt)

    def _join(self, receipt: Receipt) -> Receipt:
        """Count one more for the digest that is on the screen; its number follows soon."""
        self._count += 1
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell_soon())
        return receipt

    async def _tell_soon(self) -> None:
        await asyncio.sleep(TELL_S)
        try:
            await self._tell()
        except DeliveryError as error:
            # The next late one starts a digest of its own.
            self._receipt = None
            logger.warning("the digest's count could not be brought up to date: %s", error)

    async def _tell(self) -> Receipt:
        """Show the digest, in the place of the one before."""
        self._over_at = asyncio.get_running_loop().time() + OVER_S
        first = self._told[0]
        more = self._count - len(self._told)
        lines = [" ".join(n.text.split()) for n in self._told]
        if more > 0:
            lines.append(f"… and {more} more")
        receipt = await self._channel.send(
            replace(
                first,
                reminder_id=f"digest.{first.username}",
                message_id=f"digest.{first.message_id}",
                round=0,
                nag=0,
                text="\n".join(lines),
                tags=(),
                count=self._count,
            )
        )
        return Receipt(f"digest, {receipt.via}", receipt.proof)
