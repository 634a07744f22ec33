"""What a provider of SMS is to `later`: how to ask it, and what its answers mean."""

from dataclasses import dataclass
from typing import Protocol

from later_tui.channels.base import Receipt
from later_tui.channels.http.answer import Answer
from later_tui.domain.errors import (
    DeliveryError,
    MaybeSentError,
    PermanentError,
    TransientError,
    UnavailableError,
)


@dataclass(frozen=True, slots=True)
class Request:
    """A POST that sends one message."""

    fields: dict[str, str]
    """The form, before it is encoded."""
    user: str
    """Who signs in, with the secret, by HTTP's Basic scheme (RFC 7617)."""


class Provider(Protocol):
    """Knows one provider's API. Does no input or output."""

    name: str
    url: str
    """Where messages are posted to."""

    def request(self, text: str, reference: str) -> Request:
        """Return what sends the text. `reference` is ours for this reminder, in every attempt."""
        ...

    def read(self, answer: Answer, hide: tuple[str, ...]) -> Receipt:
        """Return what shows that the provider took the message.

        Raises TransientError or PermanentError: it surely did not; UnavailableError: it takes none
        from this account; MaybeSentError: its answer does not say. None of `hide` gets into them.
        """
        ...


def by_status(name: str, answer: Answer, said: str) -> DeliveryError:
    """Return what an answer means by its HTTP status alone (RFC 9110, RFC 6585).

    `said` is the provider's own words. A 2xx with no id in it proves nothing: it may come from
    something else that answers at that address, so it is not "delivered", and the person decides.
    """
    told = f"{name} answered {answer.title}" + (f": {said}" if said else "")
    status = answer.status
    if status == 429:
        return TransientError(told, answer.retry_after_ms)
    if answer.ok:
        return MaybeSentError(f"{told} without saying that it took the message")
    if status == 408 or status >= 500 or status < 300:
        return MaybeSentError(f"{told}, and may have taken the message")
    if status < 400:
        return UnavailableError(f"{told}, which is not followed; mend channel.sms.base_url")
    if status in (401, 403):
        return UnavailableError(f"{told}; check channel.sms.account and channel.sms.token")
    if status in (402, 404, 405):
        return UnavailableError(f"{told}; check the account and channel.sms.base_url")
    return PermanentError(told)
