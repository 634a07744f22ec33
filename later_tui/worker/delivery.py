"""One delivery: wait for its moment, arm, send, and settle what came of it."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from later_tui.channels.base import Channel, Notification, Receipt
from later_tui.domain.errors import (
    MaybeSentError,
    OutsideError,
    PermanentError,
    TransientError,
    UnavailableError,
)
from later_tui.domain.followup import next_nag, put_off
from later_tui.domain.quiet import Quiet
from later_tui.domain.reminder import Delivery as Kept
from later_tui.domain.retry import retry_at
from later_tui.store.claims import (
    Armed,
    Claim,
    Held,
    Outcome,
    Settlement,
)
from later_tui.worker.serverclock import ServerClock
from later_tui.worker.streaks import Streaks

logger = logging.getLogger(__name__)

ARM_BEFORE_MS = 10
"""How long before its time a delivery is armed: the round trip is over when the moment comes."""

MOST_ATTEMPTS = 30
"""With the backoff's hour at the most, about a day; then the delivery has failed."""

SETTLE_AGAIN_S = 0.5
SETTLE_TRIES = 60


@dataclass(frozen=True, slots=True)
class Tools:
    """What a delivery needs of its worker."""

    clock: ServerClock
    arm: Callable[[Held], Awaitable[Armed]]
    settle: Callable[[Settlement], Awaitable[bool]]
    pause: Callable[[str, str], None]
    """Pauses a channel here: (name, reason)."""
    streaks: Streaks
    """Is told what works and what is tried again."""
    before_settle: Callable[[Claim], Awaitable[None]]
    """Keeps the next reminder of a series."""
    quiet: Quiet
    """When what follows the drawn moment does not go."""


class Delivery:
    """A claim on its way through one channel."""

    def __init__(self, claim: Claim, channel: Channel, tools: Tools) -> None:
        self.claim = claim
        self.held = Held(claim.reminder_id, claim.channel, claim.token)
        self.armed = False
        self._kept = _kept(claim)
        self._channel = channel
        self._tools = tools

    async def run(self) -> None:
        """Deliver. Raises nothing but CancelledError, after it gave the delivery back."""
        try:
            settlement = await self._deliver()
        except asyncio.CancelledError:
            await self._settle(self._interrupted())
            raise
        if settlement is not None:
            await self._settle(settlement)

    async def _deliver(self) -> Settlement | None:
        clock, due = self._tools.clock, self.claim.fire_at
        if self._kept.at is not None:  # it follows the drawn moment, or another step
            moment = max(due, clock.now())
            if until := put_off(self.claim.reminder, self._kept, moment, self._tools.quiet):
                logger.debug("%s waits for the end of the quiet hours", self.claim.reminder_id)
                return Settlement(self.held, Outcome.LATER, retry_at=until)
        await clock.until(due - ARM_BEFORE_MS)
        try:
            while (armed := await self._tools.arm(self.held)).early_ms:
                clock.saw(armed.now)
                await asyncio.sleep((armed.early_ms - ARM_BEFORE_MS + 1) / 1000)
        except OutsideError as error:
            # Whether it was armed is not known; that nothing was sent is.
            logger.warning("%s was not sent: %s", self.claim.reminder_id, error)
            return Settlement(self.held, Outcome.BACK)
        if not armed.ok:
            logger.info("%s on %s is not ours any more", self.claim.reminder_id, self.held.channel)
            return None
        clock.saw(armed.now)
        self.armed = True
        await clock.until(due)
        return await self._send(clock.now())

    async def _send(self, sent_at: int) -> Settlement:
        attempt = self._kept.attempt + 1
        try:
            receipt = await self._channel.send(self._notification(sent_at, attempt))
        except UnavailableError as error:
            self._tools.pause(self.held.channel, str(error))
            return Settlement(self.held, Outcome.BACK, error=str(error))
        except TransientError as error:
            return self._again(str(error), attempt, error.retry_after_ms)
        except PermanentError as error:
            logger.warning("%s failed on %s: %s", *self._names, error)
            return self._ended(Outcome.FAILED, sent_at, str(error))
        except MaybeSentError as error:
            if self._channel.idempotent:
                return self._again(str(error), attempt, None)
            logger.warning("%s may have been sent on %s: %s", *self._names, error)
            return self._ended(Outcome.UNKNOWN, sent_at, str(error))
        except Exception as error:  # a broken plugin ends its own delivery and no other
            logger.exception("channel %s failed to deliver", self.held.channel)
            why = f"the channel failed: {type(error).__name__}"
            if self._channel.idempotent:
                return self._again(why, attempt, None)
            return self._ended(Outcome.UNKNOWN, sent_at, why)
        return self._delivered(receipt, sent_at)

    def _delivered(self, receipt: Receipt, sent_at: int) -> Settlement:
        self._tools.streaks.worked(self.held.channel, self.claim.reminder_id)
        logger.debug(
            "%s delivered by %s, %d ms after its time",
            self.claim.reminder_id,
            receipt.via,
            sent_at - self._meant_at,
        )
        return Settlement(
            self.held,
            Outcome.DELIVERED,
            sent_at=sent_at,
            via=receipt.via,
            proof=receipt.proof,
            nag_at=self._next_nag(sent_at),
        )

    def _ended(self, outcome: Outcome, sent_at: int, why: str) -> Settlement:
        """Return that it failed, or may have been sent: no more is tried, but nags go on."""
        unknown = outcome is Outcome.UNKNOWN
        return Settlement(
            self.held,
            outcome,
            sent_at=sent_at if unknown else None,
            error=why,
            nag_at=self._next_nag(sent_at),
        )

    def _next_nag(self, sent_at: int) -> int | None:
        return next_nag(self.claim.reminder, sent_at, self._tools.quiet)

    def _again(self, why: str, attempt: int, retry_after_ms: int | None) -> Settlement:
        """Return that it is tried again, or is given up after so many attempts."""
        if attempt >= MOST_ATTEMPTS:
            logger.warning("%s is given up: %s", self.claim.reminder_id, why)
            now = self._tools.clock.now()
            return self._ended(Outcome.FAILED, now, f"given up after a day: {why}")
        moment = retry_at(self._tools.clock.now(), attempt, random.random, retry_after_ms)
        logger.info("%s is tried again: %s", self.claim.reminder_id, why)
        self._tools.streaks.failed(self.held.channel, self.claim.reminder_id, why, moment)
        return Settlement(self.held, Outcome.RETRY, retry_at=moment, error=why)

    def _interrupted(self) -> Settlement:
        if self.armed and not self._channel.idempotent:
            why = "the worker was stopped while it was being sent"
            nag_at = self._next_nag(self._tools.clock.now())
            return Settlement(self.held, Outcome.UNKNOWN, error=why, nag_at=nag_at)
        return Settlement(self.held, Outcome.BACK)

    async def _settle(self, settlement: Settlement) -> None:
        """Write down what came of it, trying for a while when the store is away."""
        final = settlement.outcome not in (Outcome.RETRY, Outcome.BACK, Outcome.LATER)
        # The series went on when it was sent first.
        goes_on = final and self.claim.reminder.every and not self._kept.nag
        for _ in range(SETTLE_TRIES):
            try:
                if goes_on:
                    await self._tools.before_settle(self.claim)
                if not await self._tools.settle(settlement) and self.armed:
                    logger.info(
                        "what came of %s is void: it was answered, edited or taken over meanwhile",
                        self.claim.reminder_id,
                    )
            except OutsideError as error:
                logger.debug("settling %s waits: %s", self.claim.reminder_id, error)
                await asyncio.sleep(SETTLE_AGAIN_S * (0.5 + random.random()))
            else:
                return
        logger.error("what came of %s could not be written down", self.claim.reminder_id)

    @property
    def _names(self) -> tuple[str, str]:
        return self.claim.reminder_id, self.held.channel

    @property
    def _meant_at(self) -> int:
        """When it was to be sent, ms UTC: a step is not late because it comes after another."""
        at = self._kept.at
        return self.claim.reminder.due_at if at is None else at

    def _notification(self, sent_at: int, attempt: int) -> Notification:
        reminder, nag = self.claim.reminder, self._kept.nag
        return Notification(
            reminder_id=reminder.id,
            round=reminder.round,
            text=reminder.text,
            tags=reminder.tags,
            due_at=reminder.due_at,
            lateness_ms=max(0, sent_at - self._meant_at),
            origin=reminder.origin,
            attempt=attempt,
            nag=nag,
            # Each nag is a message of its own; a repetition of one is the same message.
            message_id=f"{reminder.id}.{reminder.round}" + (f".{nag}" if nag else ""),
            username=reminder.username,
        )


def _kept(claim: Claim) -> Kept:
    """Return the delivery that was claimed, as it stands in its record."""
    for delivery in claim.reminder.deliveries:
        if delivery.channel == claim.channel:
            return delivery
    return Kept(claim.channel)  # an edit dropped the channel: arm will refuse
