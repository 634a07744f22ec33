"""Lengths of time: reading them, writing them, adding them to a moment.

The units are s, m, h, d, w, mo and y and their English names; `m` is minutes, `mo` is months.
A day is 24 hours and a week is 7 of them; months and years are the calendar's.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from later_tui.domain.errors import GrammarError

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7 * DAY
MAX_YEARS = 10
MAX_MS = (MAX_YEARS * 365 + 3) * DAY
"""Ten years with the three leap days they may hold, ms."""

_EXAMPLES = "write for example 20m, 3d or 2w"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# Largest first, which is also the order in which they must be written.
_UNITS = (("y", 12), ("mo", 1), ("w", WEEK), ("d", DAY), ("h", HOUR), ("m", MINUTE), ("s", SECOND))
_RANK = {name: rank for rank, (name, _) in enumerate(_UNITS)}
_NAMES = {
    **{name: name for name, _ in _UNITS},
    **dict.fromkeys(("year", "years", "yr", "yrs"), "y"),
    **dict.fromkeys(("month", "months"), "mo"),
    **dict.fromkeys(("week", "weeks", "wk", "wks"), "w"),
    **dict.fromkeys(("day", "days"), "d"),
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), "h"),
    **dict.fromkeys(("minute", "minutes", "min", "mins"), "m"),
    **dict.fromkeys(("second", "seconds", "sec", "secs"), "s"),
}
UNIT_NAMES = frozenset(_NAMES)
_SPOKEN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {
    **{word: str(n) for n, word in enumerate((*_SPOKEN, "eleven", "twelve"), 1)},
    **dict.fromkeys(("a", "an"), "1"),
    **dict.fromkeys(("half", "half a", "half an"), "0.5"),
}

# Compiled (and kept) by `re` when they are first used: not every start reads a length of time.
_PIECE = r"([0-9]+)(?:\.([0-9]{1,9}))?\s*([A-Za-z]+)(?:\s+and\s+|\s*)"
_IN_WORDS = r"(half an?|[a-z]+)\s+([a-z]{3,})"
_ISO = (
    r"P(?:([0-9.]+)Y)?(?:([0-9.]+)M)?(?:([0-9.]+)W)?(?:([0-9.]+)D)?"
    r"(?:T(?:([0-9.]+)H)?(?:([0-9.]+)M)?(?:([0-9.]+)S)?)?"
)
_ISO_PART = r"([0-9]+)(?:\.([0-9]{1,9}))?"
_BARE = r"[0-9]+(?:\.[0-9]+)?"
_NOT_PLAIN = r"(?i:[+\-\u2212]?(?:nan|inf|infinity)|[0-9.]+e[+\-]?[0-9]+[a-z]*)"


@dataclass(frozen=True, slots=True)
class Duration:
    """`months` calendar months and then `ms` milliseconds; neither is negative."""

    months: int = 0
    ms: int = 0

    def __post_init__(self) -> None:
        if self.months < 0 or self.ms < 0:
            raise ValueError("a length of time is not negative")

    def __str__(self) -> str:
        """Return the form that `read_duration` reads back: "3d", "1h30m", "1mo", "0.5s"."""
        years, months = divmod(self.months, 12)
        weeks, rest = divmod(self.ms, WEEK)
        days = 0
        if rest:
            # 9 days read better than a week and two days.
            weeks, (days, rest) = 0, divmod(self.ms, DAY)
        hours, rest = divmod(rest, HOUR)
        minutes, rest = divmod(rest, MINUTE)
        seconds = f"{rest // SECOND}.{rest % SECOND:03d}".rstrip("0").rstrip(".")
        counts = (years, months, weeks, days, hours, minutes)
        written = [f"{n}{unit}" for n, (unit, _) in zip(counts, _UNITS, strict=False) if n]
        if rest or not written:
            written.append(f"{seconds}s")
        return "".join(written)

    def after(self, now_ms: int, zone: ZoneInfo) -> int:
        """Return the moment this length after `now_ms`; all in ms UTC.

        Months keep the wall clock of `zone` and end on the last day of a shorter month
        (31 January + 1mo is 28 February); the wall clock's gaps are stepped over forwards.
        """
        if not self.months:
            return now_ms + self.ms
        here = (_EPOCH + timedelta(milliseconds=now_ms)).astimezone(zone)
        years, month = divmod(here.month - 1 + self.months, 12)
        year, month = here.year + years, month + 1
        day = min(here.day, _days_in(year, month))
        there = here.replace(year=year, month=month, day=day)
        return (there.astimezone(UTC) - _EPOCH) // timedelta(milliseconds=1) + self.ms


def _days_in(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day


def read_duration(text: str) -> Duration:
    """Read "3d", "1h30m", "1.5h", "90 min", "two days", "half an hour" or "PT36H".

    Raises GrammarError, with what would work, for anything else: zero, negative, over
    10 years, no unit, an unknown unit, a unit twice or a smaller one before a larger.
    """
    text = text.strip()
    shown = f'"{shorten(text)}"'
    if not text:
        raise GrammarError(f"a length of time is missing; {_EXAMPLES}")
    if re.fullmatch(_NOT_PLAIN, text):
        raise GrammarError(f"{shown} is not a plain number and a unit; {_EXAMPLES}")
    if text[0] in "-\u2212":
        raise GrammarError(f"{shown} lies in the past; {_EXAMPLES}")
    pieces = list(_pieces(text, shown))
    ranks = [_RANK[unit] for _, _, unit in pieces]
    if any(one >= other for one, other in pairwise(ranks)):
        raise GrammarError(
            f"{shown} has a unit twice or a small one first; write each once, such as 1h30m"
        )
    return _total(pieces, shown)


def _pieces(text: str, shown: str) -> Iterable[tuple[str, str, str]]:
    """Yield (whole digits, decimal digits, unit) for each part of `text`."""
    if spoken := re.fullmatch(_IN_WORDS, text.lower()):
        number, unit = _NUMBERS.get(spoken[1]), _NAMES.get(spoken[2])
        if number and unit:
            whole, _, decimals = number.partition(".")
            yield whole, decimals, unit
            return
    if (iso := re.fullmatch(_ISO, text)) and text[-1] not in "PT":
        for (unit, _), number in zip(_UNITS, iso.groups(), strict=True):
            if number is None:
                continue
            if not (part := re.fullmatch(_ISO_PART, number)):
                raise GrammarError(f"{shown} is not a length of time; {_EXAMPLES}")
            yield part[1], part[2] or "", unit
        return
    at = 0
    while at < len(text):
        if not (piece := re.match(_PIECE, text[at:])):
            raise GrammarError(_unreadable(text, at, shown))
        word = piece[3]
        # "3D" is cinema and "1M" could be either, so short units are read in lower case only.
        unit = _NAMES.get(word) or (_NAMES.get(word.lower()) if len(word) > 2 else None)
        if unit is None:
            known = "s, m (minutes), h, d, w, mo (months) or y"
            raise GrammarError(f'{shown} has the unit "{shorten(word)}"; write {known}')
        yield piece[1], piece[2] or "", unit
        at += piece.end()


def _unreadable(text: str, at: int, shown: str) -> str:
    if re.fullmatch(_BARE, text[at:]):
        if not text.strip("0."):
            return f"{shown} is no time at all; {_EXAMPLES}"
        number = shorten(text[at:], 12)
        return f"{shown} has a number without a unit; write {number}m, {number}h or {number}d"
    return f"{shown} is not a length of time; {_EXAMPLES}"


def _total(pieces: Iterable[tuple[str, str, str]], shown: str) -> Duration:
    months = ms = 0
    for whole, decimals, unit in pieces:
        # Bounded before any arithmetic: 10 years are 315 619 200 seconds, nine digits.
        if len(whole.lstrip("0")) > 9:
            raise _too_long(shown)
        name, size = _UNITS[_RANK[unit]]
        amount, left = divmod(int(whole + decimals) * size, 10 ** len(decimals))
        if name not in ("y", "mo"):
            ms += amount
        elif left:
            raise GrammarError(f"{shown} has a part of a month; write it in days, such as 45d")
        else:
            months += amount
    if not months and not ms:
        raise GrammarError(f"{shown} is no time at all; {_EXAMPLES}")
    if months * MAX_MS + ms * MAX_YEARS * 12 > MAX_YEARS * 12 * MAX_MS:
        raise _too_long(shown)
    return Duration(months, ms)


def _too_long(shown: str) -> GrammarError:
    return GrammarError(f"{shown} is over {MAX_YEARS} years; write {MAX_YEARS}y or less")


def shorten(text: str, limit: int = 40) -> str:
    """Return `text` on one line and no longer than `limit`, for an error's sentence."""
    text = " ".join(text[: limit * 4].split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
