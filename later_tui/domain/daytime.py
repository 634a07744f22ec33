"""Times of day as people write them: 18:00, 6pm, 9-18."""

import re

from later_tui.domain.duration import shorten
from later_tui.domain.errors import GrammarError
from later_tui.domain.hours import DAY, Hours

_CLOCK = re.compile(r"([0-9]{1,2})(?::([0-5][0-9]))?\s*(am|pm)?", re.IGNORECASE)
_SPAN = re.compile(r"(.+?)\s*(?:-|\u2013|\band\b|\bto\b)\s*(.+)", re.IGNORECASE)
_NAMED = {"noon": 12 * 60, "midnight": 0}


def read_clock(text: str) -> int | None:
    """Return the minute of the day (0 … 1440) of "18:00", "6pm", "6:30 pm", "noon", "midnight".

    None if it is not one; a bare number is not (is "at 7" the morning or the evening?).
    """
    named = _NAMED.get(text.lower())
    if named is not None:
        return named
    found = _CLOCK.fullmatch(text)
    if found is None or not (found[2] or found[3]):
        return None
    return _minute(found)


def read_hours(text: str) -> Hours:
    """Read "9-18", "22-6" (over midnight), "9:30-18", "9 and 18" or "9am-5pm".

    Raises GrammarError with what would work. Bare numbers are hours from 0 to 24; am or pm
    is wanted on both sides or on none, since "5-9pm" is read in two ways.
    """
    shown = f'"{shorten(text.strip())}"'
    found = _SPAN.fullmatch(text.strip())
    ends = [_CLOCK.fullmatch(part) for part in found.groups()] if found else []
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        raise GrammarError(f"{shown} is not two times of day; write for example 9-18 or 22:30-6")
    if bool(ends[0][3]) != bool(ends[1][3]):
        raise GrammarError(f"{shown} has am or pm on one side only; write both, such as 5pm-9pm")
    start, stop = _minute(ends[0]), _minute(ends[1])
    if start is None or stop is None:
        raise GrammarError(
            f"{shown} has an hour that no day has; write 0 to 24, or 1 to 12 with am and pm"
        )
    start %= DAY
    if start == stop or (start, stop) == (0, 0):
        raise GrammarError(f"{shown} begins when it ends; write for example 9-18 or 22-6")
    return Hours(start, stop)


def _minute(found: re.Match[str]) -> int | None:
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    total = hour * 60 + minute
    return total if total <= DAY else None
