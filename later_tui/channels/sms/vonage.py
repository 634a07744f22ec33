"""Vonage's SMS API, https://developer.vonage.com/en/api/sms.

It answers 200 with a status for each part of a message: table at
https://developer.vonage.com/en/messaging/sms/guides/troubleshooting-sms.
"""

import re

from later_tui.channels.base import Receipt
from later_tui.channels.http.answer import Answer, words
from later_tui.channels.sms.numbers import is_service
from later_tui.channels.sms.options import SmsOptions
from later_tui.channels.sms.provider import Request, by_status
from later_tui.channels.sms.segments import is_gsm7
from later_tui.domain.errors import (
    ConfigError,
    DeliveryError,
    MaybeSentError,
    PermanentError,
    TransientError,
    UnavailableError,
)

_KEY = re.compile("[0-9A-Za-z]{4,64}")

BASE_URL = "https://rest.nexmo.com"

ACCEPTED = "0"
NOT_NOW = frozenset({"1", "10"})
"""Throttled, and too many connections: Vonage says to try again."""
NOT_THIS_ACCOUNT = frozenset({"4", "8", "9", "11", "14", "15", "32"})
"""The sign-in, a barred account, no credit, no use of this API, the signature, the sender."""
UNSURE = frozenset({"5"})
"""An internal error while the message was worked on."""


class Vonage:
    """Knows what to ask Vonage, and what it answers."""

    name = "vonage"

    def __init__(self, options: SmsOptions) -> None:
        """Raises ConfigError: what only Twilio has."""
        if is_service(options.sender):
            raise ConfigError(
                "channel.sms.sender is a Twilio messaging service; expected a number or a name, "
                "since the provider is vonage"
            )
        if options.key_sid is not None:
            raise ConfigError("channel.sms.key_sid is Twilio's alone; leave it out for vonage")
        if not _KEY.fullmatch(options.account):
            raise ConfigError(
                "channel.sms.account is not Vonage's API key; expected letters and digits, as the "
                "dashboard shows them"
            )
        self._options = options
        self.url = f"{options.base_url or BASE_URL}/sms/json"

    def request(self, text: str, reference: str) -> Request:
        fields = {
            "from": self._options.sender.removeprefix("+"),
            "to": self._options.to.removeprefix("+"),
            "text": text,
            "type": "text" if is_gsm7(text) else "unicode",
            "client-ref": reference,
        }
        return Request(fields, self._options.account)

    def read(self, answer: Answer, hide: tuple[str, ...]) -> Receipt:
        parts = _parts(answer) if answer.ok else []
        if not parts:
            found = answer.table()
            said = found.get("error-text") or found.get("detail") or found.get("title")
            raise by_status("Vonage", answer, words(said, hide))
        refused = [part for part in parts if part.get("status") != ACCEPTED]
        if not refused:
            ids = " ".join(words(part.get("message-id")) for part in parts)
            return Receipt(via=self.name, proof=words(f"{ids} accepted"))
        error = self._refusal(refused[0], answer, hide)
        if len(refused) < len(parts):
            taken = len(parts) - len(refused)
            raise MaybeSentError(f"{taken} of {len(parts)} parts were taken, then {error}")
        raise error

    def _refusal(
        self, part: dict[str, object], answer: Answer, hide: tuple[str, ...]
    ) -> DeliveryError:
        status = words(part.get("status"))
        said = words(part.get("error-text"), hide) or "no reason was given"
        told = f"Vonage refused: {said} ({status})"
        if status in NOT_NOW:
            return TransientError(told, answer.retry_after_ms)
        if status in NOT_THIS_ACCOUNT:
            return UnavailableError(told)
        if status in UNSURE or not status.isdigit():
            return MaybeSentError(f"Vonage failed, and may have sent it: {said} ({status})")
        return PermanentError(told)


def _parts(answer: Answer) -> list[dict[str, object]]:
    """Return what was said of each part; nothing where it was not said of each."""
    found = answer.table().get("messages")
    if not isinstance(found, list) or not all(isinstance(part, dict) for part in found):
        return []
    return found
