"""When thoughts may come back: what the windows say, without looking at a drawn moment."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from later_tui.domain.quiet import Quiet, allowed
from later_tui.domain.reminder import Reminder
from later_tui.domain.window import Span, Window

SLOTS = 48
"""Half hours of the wall clock in a day."""


@dataclass(frozen=True, slots=True)
class DayAhead:
    """A day and how many reminders are expected in each half hour of its wall clock."""

    day: date
    slots: tuple[float | None, ...]
    """`SLOTS` expectations; None where everything is quiet, or where a clock change skips it."""

    @property
    def expected(self) -> float:
        """How many reminders the day may bring."""
        return sum(slot for slot in self.slots if slot)


def forecast(
    reminders: Iterable[Reminder], quiet: Quiet, now: int, days: int, weight: float = 1.0
) -> tuple[DayAhead, ...]:
    """Return what the `days` from today on may bring, seen from `now` (ms UTC).

    A reminder counts with the chance that its draw falls into a slot, times `weight` (more than 1
    where the reminders are a sample). What has not come by now is as likely anywhere in the rest
    of its window.
    """
    today = datetime.fromtimestamp(now / 1000, quiet.zone).date()
    dates = [today + timedelta(days=ahead) for ahead in range(days)]
    edges = _edges(dates, quiet)
    expected = [0.0] * (len(edges) - 1)
    for reminder in reminders:
        _add(expected, edges, _spans(reminder, quiet, now), weight)
    open_ = allowed(Window(edges[0], edges[-1]), quiet)
    slots = [
        value if _open(open_, edges[at], edges[at + 1]) else None
        for at, value in enumerate(expected)
    ]
    return tuple(
        DayAhead(day, tuple(slots[at * SLOTS : (at + 1) * SLOTS])) for at, day in enumerate(dates)
    )


def _edges(dates: list[date], quiet: Quiet) -> list[int]:
    """Return the beginnings of all half hours, ms UTC, and the end of the last one."""
    half = timedelta(minutes=30)
    edges: list[int] = []
    for day in [*dates, dates[-1] + timedelta(days=1)]:
        midnight = datetime(day.year, day.month, day.day)
        for at in range(SLOTS):
            there = (midnight + at * half).replace(tzinfo=quiet.zone)
            edges.append(round(there.astimezone(UTC).timestamp() * 1000))
    # Of an hour that a clock change skips nothing is left; a repeated one belongs to its first.
    for at in reversed(range(len(edges) - 1)):
        edges[at] = min(edges[at], edges[at + 1])
    return edges[: len(dates) * SLOTS + 1]


def _spans(reminder: Reminder, quiet: Quiet, now: int) -> tuple[Span, ...]:
    window = reminder.window
    if window.exact or window.not_after <= now:
        at = max(window.not_after, now)
        return (Span(at, at + 1),)
    rest = Window(max(window.not_before, now), window.not_after)
    return allowed(rest, quiet, reminder.between)


def _add(expected: list[float], edges: list[int], spans: tuple[Span, ...], weight: float) -> None:
    total = sum(stop - start for start, stop in spans)
    for start, stop in spans:
        begin, end = max(start, edges[0]), min(stop, edges[-1])
        at = bisect_right(edges, begin) - 1
        while begin < end:
            until = min(edges[at + 1], end)
            expected[at] += weight * (until - begin) / total
            begin, at = max(until, begin), at + 1


def _open(spans: tuple[Span, ...], start: int, stop: int) -> bool:
    at = bisect_right(spans, start, key=lambda span: span.start) - 1
    held = at >= 0 and spans[at].stop > start
    follows = at + 1 < len(spans) and spans[at + 1].start < stop
    return start < stop and (held or follows)
