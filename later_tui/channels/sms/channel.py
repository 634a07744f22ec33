"""The channel itself: asks the provider over HTTP, once."""

from base64 import b64encode
from typing import ClassVar
from urllib.parse import urlencode

from later_tui.channels.base import Availability, ChannelContext, Notification, Receipt
from later_tui.channels.http.client import Http
from later_tui.channels.http.rest import FIRST_S, Rest
from later_tui.channels.sms.message import message
from later_tui.channels.sms.options import SmsOptions
from later_tui.channels.sms.provider import Provider
from later_tui.channels.sms.twilio import Twilio
from later_tui.channels.sms.vonage import Vonage
from later_tui.domain.errors import UnavailableError

_PROVIDERS: dict[str, type[Twilio | Vonage]] = {"twilio": Twilio, "vonage": Vonage}


class Sms:
    """Sends to one telephone. Nobody can take an SMS back, nor see that it was sent before."""

    name = "sms"
    idempotent = False
    Options: ClassVar[type[SmsOptions]] = SmsOptions

    def __init__(self, options: SmsOptions, context: ChannelContext) -> None:  # noqa: ARG002
        """Touches no network. Raises ConfigError: options that do not go together."""
        self._options = options
        self._provider: Provider = _PROVIDERS[options.provider](options)
        # TLS reaches from here to the provider: a proxy on the way sees the host's name alone.
        self._http = Http(proxies=True)
        self._rest = Rest()
        self._not_ready = Rest(longest_s=FIRST_S)

    async def send(self, notification: Notification) -> Receipt:
        """Send, in at most `most_segments` messages. Raises as `Channel.send` says."""
        token = await self._options.token.reveal()
        text = message(notification.text, self._options.most_segments)
        request = self._provider.request(text, notification.message_id)
        signed = b64encode(f"{request.user}:{token}".encode()).decode()
        headers = {
            "Authorization": f"Basic {signed}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        body = urlencode(request.fields).encode()
        answer = await self._http.post(self._provider.url, headers, body)
        try:
            receipt = self._provider.read(answer, (token, signed))
        except UnavailableError as error:
            self._options.token.forget()
            self._rest.refused(str(error))
            raise
        self._rest.accepted()
        return receipt

    async def available(self) -> Availability:
        """Say whether the provider refused us a while ago, or what it needs here is missing."""
        if reason := self._rest.reason or self._not_ready.reason:
            return Availability(ok=False, reason=reason)
        try:
            await self._options.token.reveal()
            await self._http.ready(self._provider.url)
        except UnavailableError as error:
            # A command may ask the person each time: not every two seconds.
            self._not_ready.refused(str(error))
            return Availability(ok=False, reason=str(error))
        return Availability(ok=True, via=self._provider.name)

    async def withdraw(self, reminder_id: str) -> None:
        """Do nothing: an SMS cannot be taken back."""

    async def aclose(self) -> None:
        await self._http.aclose()
