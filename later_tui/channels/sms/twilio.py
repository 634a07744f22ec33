"""Twilio's Messages API, https://www.twilio.com/docs/messaging/api/message-resource."""

import re

from later_tui.channels.base import Receipt
from later_tui.channels.http.answer import Answer, words
from later_tui.channels.sms.numbers import is_service
from later_tui.channels.sms.options import SmsOptions
from later_tui.channels.sms.provider import Request, by_status
from later_tui.domain.errors import (
    ConfigError,
    DeliveryError,
    PermanentError,
    TransientError,
    UnavailableError,
)

BASE_URL = "https://api.twilio.com"

NOT_NOW = frozenset({20429, 20503, 21611, 21730})
"""Too many requests, service unavailable, the sender's queue is full, maintenance: Twilio says of
each that nothing was sent and that it is to be tried again."""

NOT_THIS_ACCOUNT = frozenset(
    {
        20003,  # the sign-in is wrong
        20005,  # the account is not active
        20008,  # test credentials
        21212, 21603, 21606, 21659, 21660, 21661,  # the sender is not one of this account's
        21408, 21608,  # it may not send to that country, or to a number that is not verified
        21701, 21703, 21705,  # the messaging service
        30002,  # the account is suspended
    }
)  # fmt: skip
"""What every message of this configuration would meet: the reminder waits until it is mended."""

_ACCOUNT = re.compile("AC[0-9a-f]{32}")
_KEY = re.compile("SK[0-9a-f]{32}")
_NOT_SENT = ("failed", "undelivered", "canceled")


class Twilio:
    """Knows what to ask Twilio, and what it answers."""

    name = "twilio"

    def __init__(self, options: SmsOptions) -> None:
        """Raises ConfigError: an account or a key that is not Twilio's."""
        if not _ACCOUNT.fullmatch(options.account):
            raise ConfigError(
                "channel.sms.account is not Twilio's account SID; expected AC and 32 hex digits, "
                "as the console shows them"
            )
        if options.key_sid is not None and not _KEY.fullmatch(options.key_sid):
            raise ConfigError(
                "channel.sms.key_sid is not the SID of an API key; expected SK and 32 hex digits"
            )
        self._options = options
        base = options.base_url or BASE_URL
        self.url = f"{base}/2010-04-01/Accounts/{options.account}/Messages.json"

    def request(self, text: str, reference: str) -> Request:  # noqa: ARG002  it takes no reference
        options = self._options
        by = "MessagingServiceSid" if is_service(options.sender) else "From"
        fields = {"To": options.to, by: options.sender, "Body": text}
        return Request(fields, options.key_sid or options.account)

    def read(self, answer: Answer, hide: tuple[str, ...]) -> Receipt:
        found = answer.table()
        sid, status = found.get("sid"), found.get("status")
        if answer.ok and isinstance(sid, str) and isinstance(status, str):
            if status in _NOT_SENT:
                said = words(found.get("error_message") or status, hide)
                raise PermanentError(f"Twilio took the message and did not send it: {said}")
            return Receipt(via=self.name, proof=words(f"{sid} {status}"))
        raise self._refusal(answer, found, hide)

    def _refusal(
        self, answer: Answer, found: dict[str, object], hide: tuple[str, ...]
    ) -> DeliveryError:
        code, said = found.get("code"), words(found.get("message"), hide)
        if answer.ok or not isinstance(code, int) or not said:
            return by_status("Twilio", answer, said)
        told = f"Twilio refused: {said} ({code})"
        if code in NOT_NOW:
            return TransientError(told, answer.retry_after_ms)
        if code in NOT_THIS_ACCOUNT:
            return UnavailableError(told)
        if answer.status == 400:
            return PermanentError(told)
        return by_status("Twilio", answer, f"{said} ({code})")
