"""What apprise's "no" means: nothing was sent, or it may have been.

apprise answers yes or no for every way in which it can fail. Its plugins log alike, though: the
status that an HTTP service answered as `error=NNN`, and a broken connection with the exception's
own words. A status of refusal and a connection that was never made are sure; all else is not.
"""

import re
from collections.abc import Sequence
from http import HTTPStatus

from later_tui.channels.apprise.sending import Outcome
from later_tui.domain.errors import (
    DeliveryError,
    MaybeSentError,
    PermanentError,
    TransientError,
    UnavailableError,
)
from later_tui.domain.inert import one_line

_STATUS = re.compile(r"\berror=(\d{3})\b")
_BROKEN = re.compile(r"\b(?:socket|i/o|glib/gio|dbus) exception: ", re.IGNORECASE)
_NEVER_CONNECTED = re.compile(
    r"failed to establish a new connection|connect timeout=|connection refused|"
    r"name or service not known|name resolution|failed to resolve|getaddrinfo failed|"
    r"no route to host|network is unreachable|certificate.verify.failed|\bssl|no host supplied",
    re.IGNORECASE,
)
_SENT_SOME = re.compile(r"^sent ", re.IGNORECASE)

_BAD_ACCESS = {401, 403, 404, 407, 410}
"""The credentials, or the address that they are part of, are wrong for every message."""
_LATER = {408, 425, 429, 500, 503}
"""It was not taken, and may be later."""


def error_of(outcomes: Sequence[Outcome]) -> DeliveryError | None:
    """Return the error that the outcomes amount to, or None: all was sent. It tells no secret."""
    failed = [outcome for outcome in outcomes if not outcome.sent]
    if not failed:
        return None
    if len(failed) < len(outcomes):
        missed = " and ".join(sorted({_name(o) for o in failed}))
        taken = len(outcomes) - len(failed)
        return MaybeSentError(f"{taken} of {len(outcomes)} services took it, and {missed} did not")
    errors = [_error_of(outcome) for outcome in failed]
    # The least certain decides: whatever may have arrived must not be sent again.
    for kind in (MaybeSentError, TransientError, UnavailableError):
        for error in errors:
            if isinstance(error, kind):
                return error
    return errors[0]


def _error_of(outcome: Outcome) -> DeliveryError:
    name = _name(outcome)
    statuses = [int(found) for line in outcome.log for found in _STATUS.findall(line)]
    broken = [line for line in outcome.log if _BROKEN.search(line)]
    if any(_SENT_SOME.search(line) for line in outcome.log):
        return MaybeSentError(f"{name} took it for some of its receivers and not for others")
    if any(not _NEVER_CONNECTED.search(line) for line in broken):
        return MaybeSentError(f"the connection to {name} broke while it was being sent")
    if statuses:
        return _refusal(name, statuses[-1])
    if broken:
        return TransientError(f"{name} cannot be reached")
    return MaybeSentError(f"{name} failed, and apprise does not say whether it was sent")


def _refusal(name: str, status: int) -> DeliveryError:
    words = f"{name} answered {status} {_phrase(status)}".rstrip()
    if status in _BAD_ACCESS:
        return UnavailableError(f"{words}; mend the url in [channel.apprise]")
    if status in _LATER:
        return TransientError(words)
    if status >= 500:
        return MaybeSentError(words)
    return PermanentError(words)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _name(outcome: Outcome) -> str:
    return one_line(outcome.service)[:40] or "the service"
