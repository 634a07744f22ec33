"""HTTP's `Retry-After`: how long the other side asks to be left alone."""

from datetime import UTC
from email.utils import parsedate_to_datetime

_MOST_DIGITS = 10


def retry_after(value: str | None, now: int) -> int | None:
    """Return the wait that the header asks for, in ms from `now` (ms UTC); None for no such.

    RFC 9110, section 10.2.3: a whole number of seconds, or a date, which counts from this machine's
    clock. A date that is over asks for no wait. What is neither is as if it were not there.
    """
    value = (value or "").strip()
    if value.isascii() and value.isdigit():
        # A number of more digits means the same as this one: longer than anybody waits.
        return int(value[:_MOST_DIGITS]) * 1000
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:  # the obsolete form "Sun Nov  6 08:49:37 1994" has no zone: it is GMT
        moment = moment.replace(tzinfo=UTC)
    return max(0, int(moment.timestamp() * 1000) - now)
