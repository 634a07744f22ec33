"""Sends through apprise, in threads; its failures are told apart as well as they can be."""

import asyncio
import threading
import time
from functools import partial
from importlib.util import find_spec
from typing import ClassVar

from later_tui.channels import words
from later_tui.channels.apprise.options import AppriseOptions
from later_tui.channels.apprise.sending import check, send
from later_tui.channels.apprise.threads import BrokenError, Threads
from later_tui.channels.apprise.verdict import error_of
from later_tui.channels.base import Availability, ChannelContext, Notification, Receipt
from later_tui.domain.errors import (
    ConfigError,
    DeliveryError,
    MaybeSentError,
    TransientError,
    UnavailableError,
)
from later_tui.domain.inert import inert, one_line

PATIENCE = 30.0
"""How long one send may take, s. The thread of one that takes longer is left to itself."""

_REFUSED_FOR = 300.0
"""How long a service that refuses the credentials is left in peace, s."""

_MOST = 64
"""More threads than a worker has deliveries under way, unless some hang."""


class Apprise:
    """The channel `apprise`."""

    name = "apprise"
    idempotent = False
    """Few of its services know a message again, and none is told that it is one."""
    Options: ClassVar = AppriseOptions

    def __init__(
        self, options: AppriseOptions, _context: ChannelContext, *, patience: float = PATIENCE
    ) -> None:
        """Raises ConfigError: the package apprise is not installed. `patience` is in s."""
        if find_spec("apprise") is None:
            raise ConfigError(
                "the channel apprise needs the extra apprise: `pip install 'later-tui[apprise]'`, "
                "into the environment that later runs in"
            )
        self._options = options
        self._patience = patience
        self._threads = Threads("apprise", _MOST)
        self._services = ""
        self._refused = ""
        self._refused_until = 0.0

    async def send(self, notification: Notification) -> Receipt:
        """Send it; apprise's yes is the proof.

        Raises UnavailableError: the URL cannot be had or is none, or its credentials are refused;
        TransientError and PermanentError: it was not sent; MaybeSentError: that is not known.
        """
        url = await self._options.url.reveal()
        title = self._options.title
        title = one_line(words.title(notification) if title is None else title)
        body = inert(notification.text).strip()
        begun = threading.Event()
        try:
            async with asyncio.timeout(self._patience):
                outcomes = await self._threads.run(partial(send, url, title, body, begun))
        except UnavailableError as error:
            self._refuse(str(error))
            raise
        except TimeoutError:
            words_ = f"apprise was not done within {self._patience:g} s"
            raise (MaybeSentError if begun.is_set() else TransientError)(words_) from None
        except BrokenError as broken:
            words_ = f"apprise failed ({broken})"
            raise (MaybeSentError if begun.is_set() else UnavailableError)(words_) from None
        failure = error_of(outcomes)
        if isinstance(failure, UnavailableError):
            self._refuse(str(failure))
        if failure is not None:
            raise failure
        names = " and ".join(dict.fromkeys(one_line(outcome.service) for outcome in outcomes))
        return Receipt(f"apprise, {names}", f"apprise says that {names} took it")

    async def available(self) -> Availability:
        """Say whether the URL can be had and apprise knows it. Asks no service."""
        if time.monotonic() < self._refused_until:
            return Availability(False, "", self._refused)
        try:
            url = await self._options.url.reveal()
            if not self._services:
                async with asyncio.timeout(self._patience):
                    names = await self._threads.run(partial(check, url))
                self._services = " and ".join(dict.fromkeys(one_line(name) for name in names))
        except DeliveryError as error:
            return Availability(False, "", str(error))
        except TimeoutError:
            return Availability(False, "", "apprise does not answer")
        except BrokenError as broken:
            return Availability(False, "", f"the package apprise cannot be used ({broken})")
        return Availability(True, f"apprise, {self._services}")

    async def withdraw(self, reminder_id: str) -> None:
        """Nothing: what was sent cannot be called back."""

    async def aclose(self) -> None:
        """Nothing to close: what a thread still sends goes on, and keeps nobody from leaving."""

    def _refuse(self, reason: str) -> None:
        """Leave the service in peace for a while; the URL is asked for anew after it."""
        self._options.url.forget()
        self._services = ""
        self._refused, self._refused_until = reason, time.monotonic() + _REFUSED_FOR
