"""Quiet hours and days, and what they leave of a window."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from later_tui.domain.errors import WindowError
from later_tui.domain.hours import DAY, Hours
from later_tui.domain.window import Span, Window

_MINUTE_MS = 60_000
_DAY_S = 86_400
_DAY_MS = DAY * _MINUTE_MS
_EPOCH_WEEKDAY = 3
"""1 January 1970 was a Thursday; Monday is 0."""
_YEAR_9999_S = 253_370_764_800
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the day and days of the week (Monday is 0) in which nothing may fire.

    They go by the wall clock of `zone`: an hour that a clock change repeats is quiet both times.
    """

    hours: tuple[Hours, ...] = ()
    days: frozenset[int] = frozenset()
    zone: ZoneInfo = field(kw_only=True)

    def __post_init__(self) -> None:
        if not self.days <= frozenset(range(7)):
            raise ValueError("days of the week lie between 0 (Monday) and 6 (Sunday)")

    def __bool__(self) -> bool:
        """Return whether anything is quiet."""
        return bool(self.hours or self.days)

    def __str__(self) -> str:
        """Return the quiet hours and days in words: "22-7, Saturday and Sunday"."""
        words = [*map(str, self.hours), *(_DAY_NAMES[day] for day in sorted(self.days))]
        if not words:
            return "none"
        *first, last = words
        return f"{', '.join(first)} and {last}" if first else last

    def open_hours(self, between: Hours | None = None) -> tuple[tuple[int, int], ...]:
        """Return the stretches of a day, in minutes, in which a reminder may fire.

        They are sorted and disjoint, lie inside `between` if it is given, and are the same
        for every day that is not a quiet one.
        """
        wanted = sorted(between.parts()) if between else [(0, DAY)]
        quiet = sorted(part for hours in self.hours for part in hours.parts())
        return tuple(left for part in wanted for left in _less(part, quiet))


def allowed(window: Window, quiet: Quiet, between: Hours | None = None) -> tuple[Span, ...]:
    """Return what is left of `window` outside the quiet hours and inside `between`.

    The spans are sorted and disjoint, and empty when everything is quiet. An exact window is
    returned as it is, one ms long: an exact time means what it says, quiet or not.

    Raises WindowError when the window leaves the years that a calendar can name.
    """
    opens, closes = window.not_before, window.not_after
    if window.exact:
        return (Span(opens, opens + 1),)
    if not quiet and between is None:
        return (Span(opens, closes),)
    stretches = [(a * _MINUTE_MS, b * _MINUTE_MS) for a, b in quiet.open_hours(between)]
    spans: list[Span] = []
    for start, stop, offset in _steady(opens, closes, quiet.zone):
        for begin, end in _cut(start + offset, stop + offset, stretches, quiet.days):
            if spans and spans[-1].stop == begin - offset:
                begin = spans.pop().start + offset
            spans.append(Span(begin - offset, end - offset))
    return tuple(spans)


def _less(part: tuple[int, int], quiet: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield `part` without the sorted stretches `quiet`."""
    start, stop = part
    for a, b in quiet:
        if start < min(a, stop):
            yield start, min(a, stop)
        start = max(start, b)
    if start < stop:
        yield start, stop


def _cut(
    start: int, stop: int, stretches: list[tuple[int, int]], quiet_days: frozenset[int]
) -> Iterator[tuple[int, int]]:
    """Yield the allowed stretches of the wall-clock time `[start, stop)`, ms since 1970."""
    for day in range(start // _DAY_MS, (stop - 1) // _DAY_MS + 1):
        if (day + _EPOCH_WEEKDAY) % 7 in quiet_days:
            continue
        midnight = day * _DAY_MS
        for a, b in stretches:
            begin, end = max(start, midnight + a), min(stop, midnight + b)
            if begin < end:
                yield begin, end


def _steady(opens: int, closes: int, zone: ZoneInfo) -> Iterator[tuple[int, int, int]]:
    """Yield `(start, stop, offset)`, ms: the stretches over which the zone's clock only runs.

    Inside one of them wall-clock time is UTC plus `offset`. Skipped hours, repeated hours and
    skipped days lie between them, so that nothing else has to know of them. The clock is asked
    once a day: no zone has ever had two changes within three days.
    """
    first, last = opens // 1000, closes // 1000
    if first < _DAY_S or last > _YEAR_9999_S:
        raise WindowError("a window lies between the years 1970 and 9998")
    start, offset = opens, _offset(first, zone)
    asked = first
    while asked < last:
        ask = min(asked + _DAY_S, last)
        changed = _offset(ask, zone)
        if changed != offset:
            turn = _turn(asked, ask, offset, zone) * 1000
            yield start, turn, offset * 1000
            start, offset = turn, changed
        asked = ask
    if start < closes:
        yield start, closes, offset * 1000


def _turn(before: int, after: int, offset: int, zone: ZoneInfo) -> int:
    """Return the first second in `(before, after]` at which the offset is no longer `offset`."""
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(middle, zone) == offset:
            before = middle
        else:
            after = middle
    return after


def _offset(second: int, zone: ZoneInfo) -> int:
    """Return the zone's distance from UTC, s, at a second since 1970 UTC."""
    there = zone.fromutc(datetime(1970, 1, 1, tzinfo=zone) + timedelta(seconds=second))
    distance = there.utcoffset() or timedelta()
    return distance.days * _DAY_S + distance.seconds
