"""What a receiver's status means for the reminder."""

from later_tui.channels.http.answer import Answer, words
from later_tui.channels.webhook.signature import secrets_in
from later_tui.domain.errors import (
    DeliveryError,
    PermanentError,
    TransientError,
    UnavailableError,
)


def refusal(host: str, answer: Answer, secrets: tuple[str | None, str | None]) -> DeliveryError:
    """Return what a status that is not 2xx means (RFC 9110; Standard Webhooks)."""
    status = answer.status
    secret, authorization = secrets
    hide = [*secrets_in(secret or ""), authorization or "", *(authorization or "").split()[1:]]
    said = words(_said(answer), hide)
    told = f"{host} answered {answer.title}" + (f": {said}" if said else "")
    if status in (408, 425, 429) or status >= 500 or status < 300:
        return TransientError(told, answer.retry_after_ms)
    if status < 400:
        return PermanentError(f"{told}; redirects are not followed, so give the last URL itself")
    if status in (401, 403):
        return UnavailableError(f"{told}; check channel.webhook.secret and authorization")
    if status == 410:
        return PermanentError(f"{host} answered 410 Gone: it wants no more of these")
    return PermanentError(told)


def _said(answer: Answer) -> str:
    """Return the receiver's own words: a plain text, or what JSON usually has them in."""
    if answer.kind == "text/plain":
        return answer.body.decode(errors="replace")
    found = answer.table()
    told = (found.get(key) for key in ("message", "error", "detail", "title"))
    return next((text for text in told if isinstance(text, str)), "")
