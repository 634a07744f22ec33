"""What may follow the last word of a line: the rest of a tag, of a channel, of a clause."""

from collections.abc import Iterable, Sequence

from later_tui.domain.moment import MONTHS, WEEKDAYS

MOST = 8
_LEAST = 3
"""So many letters of a keyword, before it is offered: fewer begin too many other words."""

_KEYWORDS = ("within", "between", "every", "after", "nag")
_VALUES: dict[str, tuple[str, ...]] = {
    "within": ("3d", "1w", "2w", "1mo", "2h", "1y"),
    "every": ("day", "week", "month", "2w", "year"),
    "between": ("9-18", "18-22", "7-12"),
    "nag": ("1h", "30m", "1d"),
    "by": ("tomorrow", "sunday", "friday"),
    "on": ("tomorrow", "saturday", "monday"),
    "after": ("1d", "1w", "tomorrow", "1mo"),
}
_DAYS = ("today", "tomorrow", *(day for day in WEEKDAYS if len(day) > 4))
_MONTHS = tuple(month for month in MONTHS if len(month) > 4)
_UNITS = ("d", "w", "h", "mo", "m", "y")
_LENGTHS = frozenset({"within", "every", "after", "in", "nag", "then"})
_MOMENTS = frozenset({"by", "on", "after"})


def completions(line: str, tags: Iterable[str], channels: Sequence[str]) -> tuple[str, ...]:
    """Return what could stand behind the end of `line`, the likeliest first; at most `MOST`.

    `tags` are those in use, the most used first. What completes nothing is empty: prose is
    left alone, and so is a line that ends in a blank after a whole clause.
    """
    words = line.split()
    if not words:
        return ()
    last, before = words[-1], words[-2].lower() if len(words) > 1 else ""
    if line[-1].isspace():
        return _values(last.lower(), "", channels)
    if last.startswith("#") and len(last) > 1:
        return _rest(last[1:], tags)
    if last.startswith("!"):
        return _rest(last[1:], channels)
    return _values(before, last.lower(), channels) or _keyword(last, len(words))


def _values(keyword: str, begun: str, channels: Sequence[str]) -> tuple[str, ...]:
    if keyword in ("via", "then"):
        return _rest(begun, channels)
    if begun.isascii() and begun.isdigit() and keyword in _LENGTHS:
        return _UNITS
    known = _VALUES.get(keyword, ())
    if begun and keyword in _MOMENTS:
        known = (*known, *_DAYS, *_MONTHS)
    return _rest(begun, known)


def _keyword(begun: str, at: int) -> tuple[str, ...]:
    """Offer a keyword behind a thought; a line does not begin with one."""
    if at < 2 or len(begun) < _LEAST or not begun.islower():
        return ()
    return _rest(begun, _KEYWORDS)


def _rest(begun: str, wholes: Iterable[str]) -> tuple[str, ...]:
    low = begun.casefold()
    found = dict.fromkeys(
        whole[len(begun) :]
        for whole in wholes
        if len(whole) > len(begun) and whole.casefold().startswith(low)
    )
    return tuple(found)[:MOST]
