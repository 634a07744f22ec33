"""The channel `email`: one mail a reminder, by a mail server or by a local sendmail."""

import asyncio

from later_tui.channels.base import Availability, ChannelContext, Notification, Receipt
from later_tui.channels.email.faults import ServerRefusedError
from later_tui.channels.email.hold import Hold
from later_tui.channels.email.message import compose
from later_tui.channels.email.options import LONGEST_S, EmailOptions, Server, way
from later_tui.channels.email.sendmail import Sendmail
from later_tui.channels.email.smtp import Smtp
from later_tui.channels.email.words import Sent
from later_tui.domain.clock import Clock, SystemClock
from later_tui.domain.errors import TransientError, UnavailableError


class Email:
    """Sends each reminder to one address.

    Every attempt at the same notification has the same Message-ID, so mail servers and programs
    know a repetition; that is what makes it idempotent.
    """

    name = "email"
    idempotent = True
    Options = EmailOptions

    def __init__(
        self, options: EmailOptions, context: ChannelContext, clock: Clock | None = None
    ) -> None:
        """Touch no network. Raises ConfigError: the options do not go together."""
        chosen = way(options)
        self._to = options.to
        self._sender = options.sender or options.to
        self._zone, self._times = context.timezone, context.times
        self._longest_s = min(LONGEST_S, 3 * options.timeout)
        self._clock = clock or SystemClock()
        self._hold = Hold(context.timezone, self._clock, context.times)
        self._way: Smtp | Sendmail = (
            Smtp(chosen, self._hold) if isinstance(chosen, Server) else Sendmail(chosen)
        )

    async def send(self, notification: Notification) -> Receipt:
        """Send the mail; the server's own "250 queued as …" is the proof.

        Takes at most three times the `timeout` of the options, and 60 s. Raises TransientError
        (also when the connection broke after the text: it may have been taken, and the same
        Message-ID comes again), PermanentError with the server's words, or UnavailableError.
        """
        if reason := self._hold.reason:
            raise UnavailableError(reason)
        sent = Sent(self._clock.now(), self._zone, self._times)
        mail = compose(notification, self._sender, self._to, sent)
        try:
            async with asyncio.timeout(self._longest_s):
                return await self._way.carry(mail)
        except TimeoutError:
            raise TransientError(
                f"{self._way.via} did not take the mail within {self._longest_s} s"
            ) from None
        except ServerRefusedError as error:
            raise UnavailableError(self._held(error)) from None

    async def available(self) -> Availability:
        """Say whether mail could go. Asks no server. Raises nothing."""
        reason = self._hold.reason
        if not reason:
            try:
                await self._way.ready()
            except ServerRefusedError as error:
                reason = self._held(error)
            except UnavailableError as error:
                reason = str(error)
        return Availability(not reason, "" if reason else self._way.via, reason)

    async def withdraw(self, reminder_id: str) -> None:
        """A mail that is sent cannot be taken back."""

    async def aclose(self) -> None:
        await self._way.aclose()

    def _held(self, error: ServerRefusedError) -> str:
        return self._hold.reason or self._hold.keep(str(error), error.hold_s)
