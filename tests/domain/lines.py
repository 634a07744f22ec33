"""A moment, a zone and a calendar by which the tests of the grammar read their lines."""

from datetime import datetime
from zoneinfo import ZoneInfo

from later_tui.config.dates import calendar
from later_tui.domain.duration import WEEK, Duration
from later_tui.domain.grammar import Reading

BERLIN = ZoneInfo("Europe/Berlin")
CHANNELS = frozenset({"desktop", "terminal", "email", "sms"})


def ms(*parts: int, zone: ZoneInfo = BERLIN) -> int:
    return round(datetime(*parts, tzinfo=zone).timestamp() * 1000)


NOW = ms(2026, 6, 10, 12)  # a Wednesday
READING = Reading(NOW, BERLIN, Duration(ms=2 * WEEK), calendar, CHANNELS)


def no_calendar(text: str, now: int, zone: ZoneInfo, end_of_day: bool) -> int | None:
    raise AssertionError(f"{text!r} went to the calendar")


OWN = Reading(NOW, BERLIN, Duration(ms=2 * WEEK), no_calendar, CHANNELS)
