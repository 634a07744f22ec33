"""Calendar dates in words, read by dateparser; its answers are checked, not believed.

dateparser is imported at the first text that can be a date, since that takes 70 to 220 ms.
"""

import re
import warnings
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from later_tui.domain.hours import DAY
from later_tui.domain.moment import MONTHS, day_of, wall

_WORD = re.compile(r"([0-9]{1,4})(st|nd|rd|th)?\.?|([a-z]+)\.?")
_YEARS_AHEAD = 8
"""From one 29 February to the next are at most eight years."""


def calendar(text: str, now: int, zone: ZoneInfo, end_of_day: bool) -> int | None:
    """Return the first moment (the last, if `end_of_day`) of the day in `text`, ms UTC, or None.

    `text` is a day of the month and the month's English name, in any order, perhaps with a
    year: "24 dec", "December 24th, 2026", "the 3rd of march". Without a year it is the next
    such day, today included. Anything else, relative dates and bare numbers too, is None.
    `now` is ms UTC.
    """
    day = _read(" ".join(text.lower().split()), day_of(now, zone))
    if day is None:
        return None
    try:
        return wall(day, DAY, zone) - 1 if end_of_day else wall(day, 0, zone)
    except OverflowError:
        return None


@lru_cache(maxsize=64)
def _read(text: str, today: date) -> date | None:
    wanted = _parts(text)
    if wanted is None:
        return None
    day, month, year = wanted
    answer = _ask(text, today)
    # Its answer must be what stands in the text, digit for digit; what is not is a guess.
    if answer is None or (answer.day, answer.month) != (day, month):
        return None
    if year is not None:
        return answer if answer.year == year else None
    for ahead in range(today.year, today.year + _YEARS_AHEAD + 1):
        try:
            found = date(ahead, month, day)
        except ValueError:  # 29 February of a common year
            continue
        if found >= today:
            return found
    return None


def _parts(text: str) -> tuple[int, int, int | None] | None:
    """Return the day, the month and the year (or None) in `text`; None unless each is clear."""
    days: list[int] = []
    months: list[int] = []
    years: list[int] = []
    for word in text.replace(",", " ").split():
        if word in ("the", "of"):
            continue
        found = _WORD.fullmatch(word)
        if found is None:
            return None
        if found[1] and len(found[1]) <= 2:
            days.append(int(found[1]))
        elif found[1] and len(found[1]) == 4 and not found[2]:
            years.append(int(found[1]))
        elif found[3] in MONTHS:
            months.append(MONTHS[found[3]])
        else:
            return None
    if (len(days), len(months)) != (1, 1) or len(years) > 1:
        return None
    return days[0], months[0], years[0] if years else None


def _ask(text: str, today: date) -> date | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own and its dependencies' deprecations
        import dateparser

        found = dateparser.parse(
            text,
            languages=["en"],
            settings={
                "PARSERS": ["absolute-time"],
                "PREFER_DATES_FROM": "future",
                "RELATIVE_BASE": datetime.combine(today, time()),
                "REQUIRE_PARTS": ["day", "month"],
            },
        )
    return found.date() if isinstance(found, datetime) else None
