"""What a reading of a line needs to know besides the line."""

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from later_tui.domain.duration import Duration

Calendar = Callable[[str, int, ZoneInfo, bool], int | None]
"""(text, now in ms UTC, zone, end of day) -> ms UTC, or None if the text is not a date.

Gives the day's first moment, or its last if `end of day`; asked only for texts such as
"24 dec 2026", never for times of day, weekdays or ISO dates.
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """The moment, place and habits by which a line is read."""

    now: int
    """ms UTC"""
    zone: ZoneInfo
    default_window: Duration
    calendar: Calendar
    channels: frozenset[str] | None = None
    """The channels there are; None if that is not known, then any name may be one."""
