"""The day that stands before a time: "tomorrow at 18:00", "15 december at 5pm", "fri by noon".

Left in the thought, it would be a day on which nothing comes: a time alone is its next one. What
may be a day, and cannot be read as one, is refused.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from later_tui.domain.daytime import read_clock
from later_tui.domain.errors import GrammarError
from later_tui.domain.hours import DAY
from later_tui.domain.moment import ISO_DAY, MONTHS, UNCLEAR, WEEKDAYS
from later_tui.domain.words import KEYWORDS

_MOST = 4
"""The most words of a date: the 3rd of january."""
_NAMES = frozenset(WEEKDAYS) | {"today", "tonight", "tomorrow", "yesterday"}
_OTHER_WORDS = frozenset({"sat", "sun"})
"""Names that are no day by themselves: "the sun at 18:00", "she sat at 9:00"."""
_SLASHED = re.compile(r"[0-3]?[0-9]/[0-3]?[0-9](?:/[0-9]{2,4})?")
_YEAR = re.compile(r"[0-9]{4}")
_WHOLE = frozenset({"week", "weekend", "month"})
_PARTS = {
    "morning": (0, 12 * 60),
    "afternoon": (12 * 60, 18 * 60),
    "evening": (16 * 60, DAY),
    "night": (18 * 60, DAY),
}
"""Parts of a day, and the minutes of it that are one beyond doubt."""
_SERIES = frozenset({*_PARTS, "weekday", "workday", "weekend"})
_LINKS = frozenset({"and", "or", "from", "to", "until", "till", "since", "before", "-", "\u2013"})


class Before(NamedTuple):
    """The day before a time."""

    taken: int
    """How many words it is, with a part of the day behind it; 0: there is none."""
    day: str = ""
    name: str = ""
    """The name that stands before a date, which must be its own."""


def day_before(words: Sequence[str], clock: str) -> Before:
    """Return the day that stands at the end of `words`, before `clock`.

    It is no day where it is all there is, or is of another clause.

    Raises GrammarError for what is more than one day, or comes again and again.
    """
    bare = [word.lower().rstrip(",.;:") for word in words]
    part = bare[-1] if len(bare) > 1 and bare[-1] in _PARTS else ""
    if len(bare) > 1 and bare[-2] == "every" and bare[-1] in _SERIES:
        raise GrammarError(
            f'"every {bare[-1]}" has no one time; write for example every day between 9-10'
        )
    named = bare[:-1] if part else bare
    count = _day_at_end(named, alone=not part)
    before, day = named[: len(named) - count], " ".join(named[len(named) - count :])
    name = ""
    if count and named[-1] not in _NAMES and before and before[-1] in WEEKDAYS:
        *before, name = before
    if not count or not before or before[-1] in KEYWORDS:
        return Before(0)
    if before[-1] in _LINKS:
        raise GrammarError(f'"{before[-1]} {day}" is not one day; write one, such as fri at 18:00')
    if part:
        first, last = _PARTS[part]
        minute = read_clock(clock)
        if minute is None or not first <= minute <= last:
            raise GrammarError(f'"{part}" is not {clock}; write the day, such as sat at 2:00')
    return Before(count + bool(part) + bool(name), day, name)


def _day_at_end(words: Sequence[str], *, alone: bool) -> int:
    """Return how many of the last words name a day, well or not; `alone`: nothing says it is."""
    if not words:
        return 0
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if before in UNCLEAR and (last in _NAMES or last in _WHOLE):
        return 2
    if last in _NAMES:
        return 0 if alone and last in _OTHER_WORDS else 1
    if ISO_DAY.fullmatch(last) or _SLASHED.fullmatch(last):
        return 1
    lengths = range(min(_MOST, len(words)), 1, -1)
    return next((count for count in lengths if _is_date(words[-count:])), 0)


def _is_date(words: Sequence[str]) -> bool:
    """Tell whether `words` are a day of a month, by its name."""
    rest = [word for word in words if word not in ("the", "of") and word not in MONTHS]
    months = sum(word in MONTHS for word in words)
    years = sum(_YEAR.fullmatch(word) is not None for word in rest)
    days = sum(word[:1].isdigit() for word in rest) - years
    return months == days == 1 and years < 2 and len(rest) == days + years
