"""The words for times, windows and lengths, the same in the command line and on the screens.

A sealed window is worded by its end and never by the drawn moment. One that ends with a day is
said to be by that day, as it is written; another is before what its end is rounded up to, so that
"before Fri" is true of a window that ends on Thursday afternoon. English whatever the locale: a
day's name in another language amid English sentences reads worse than an English one. The clock
follows the person (`TimeFormat`).
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from later_tui.domain.times import H24, TimeFormat
from later_tui.domain.window import Window

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)

_SECOND = 1000
_MINUTE = 60 * _SECOND
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_WEEK = 7 * _DAY
_NEAR = timedelta(300)
"""A day and a month so far away or nearer can be of one year only, for whoever reads them."""
_FIRST, _LAST = 0, 253_370_764_800_000
"""1970 and 9999: a record from elsewhere may hold any number, and datetime ends there."""

_UNITS = (
    (_WEEK, "week"),
    (_DAY, "day"),
    (_HOUR, "hour"),
    (_MINUTE, "minute"),
    (_SECOND, "second"),
)


def before(window: Window, now: int, zone: ZoneInfo, form: TimeFormat = H24) -> str:
    """Return the window's end in few words, for a list.

    "before 18:40" (today), "before Thu 18:40" (tomorrow), "before Fri" (this week), "this month",
    "before 8 Dec", "before 8 Dec 2027" (in more than ten months); "by Thu", "by 7 Dec" where it is
    the end of that day; "overdue" when it is over. An exact one: "at Thu 18:40".
    """
    today = local_time(now, zone).date()
    if window.not_after <= now - (_MINUTE if window.exact else 0):
        return "overdue"
    if window.exact:
        return f"at {_short(window.not_after, now, zone, form)}"
    end = _end(window, zone)
    if end.date() == today or (end.date() - today == timedelta(1) and not _midnight(end)):
        return f"before {_short(_ms(end), now, zone, form)}"
    last = end.date() - timedelta(1) if _midnight(end) else end.date()
    soon = last - today < timedelta(6)
    if last == today:
        return "today"
    if not soon and (last.year, last.month) == (today.year, today.month):
        return "this month"
    word, day = ("by", last) if _midnight(end) else ("before", last + timedelta(1))
    if soon:
        return f"{word} {DAYS[day.weekday()]}"
    return f"{word} {day.day} {MONTHS[day.month - 1]}{year_text(day, today)}"


def when(window: Window, now: int, zone: ZoneInfo, form: TimeFormat = H24) -> str:
    """Return the window in full: what the draw may be, with days, dates and clocks.

    "some time before Thu 26 Nov 18:40", "some time by Thu 26 Nov", "some time after …, before …",
    "at Thu 26 Nov 18:40".
    """
    if window.exact:
        return f"at {moment(window.not_after, now, zone, form)}"
    if window.not_before - now >= _MINUTE:
        start = moment(window.not_before, now, zone, form)
        return f"some time after {start}, {limit(window, now, zone, form)}"
    return f"some time {limit(window, now, zone, form)}"


def limit(window: Window, now: int, zone: ZoneInfo, form: TimeFormat = H24) -> str:
    """Return a window's end in full: "before Thu 26 Nov 18:40", "by Thu 26 Nov" (its end)."""
    end = _end(window, zone)
    if _midnight(end):
        return f"by {_date(end - timedelta(1), now, zone)}"
    return f"before {moment(_ms(end), now, zone, form)}"


def moment(ms: int, now: int, zone: ZoneInfo, form: TimeFormat = H24) -> str:
    """Return a moment (ms UTC) in full: "Thu 26 Nov 18:40", with the year unless it is this one.

    Seconds are shown when there are any and the moment is less than an hour away.
    """
    local = local_time(ms, zone)
    return f"{_date(local, now, zone)} {_clock(local, form, exactly=abs(ms - now) < _HOUR)}"


def span_text(ms: int) -> str:
    """Return a length of time (ms) in its two largest units: "3 days", "1 hour 30 minutes"."""
    if ms < _SECOND:
        return "a moment"
    for at, (unit, name) in enumerate(_UNITS):
        count, rest = divmod(ms, unit)
        if count and (unit != _WEEK or (not rest and count <= 8)):
            smaller, word = _UNITS[at + 1] if at + 1 < len(_UNITS) else (0, "")
            more = rest // smaller if smaller else 0
            return _count(count, name) + (f" {_count(more, word)}" if more else "")
    return "a moment"


def ago(ms: int) -> str:
    """Return how long ago something was, given the ms since: "just now", "19 days ago"."""
    return "just now" if ms < _MINUTE else f"{_about(ms)} ago"


def lateness(ms: int) -> str:
    """Return a lateness (ms) in words: "on time" under a second, "3 s late", "2 days late"."""
    if abs(ms) < _SECOND:
        return "on time"
    return f"{_about(abs(ms))} {'late' if ms > 0 else 'early'}"


def _about(ms: int) -> str:
    if ms < _MINUTE:
        return f"{ms // _SECOND} s"
    if ms < _HOUR:
        return f"{ms // _MINUTE} min"
    if ms < _DAY:
        return f"{ms // _HOUR} h"
    days = ms // _DAY
    if days < 60:
        return _count(days, "day")
    return _count(days // 30, "month") if days < 730 else _count(days // 365, "year")


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def local_time(ms: int, zone: ZoneInfo) -> datetime:
    """Return a moment (ms UTC) in a zone; one that no date can be, the nearest that can."""
    bounded = min(max(ms, _FIRST), _LAST)
    return (datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=bounded)).astimezone(zone)


def _ms(local: datetime) -> int:
    return (local - datetime.fromtimestamp(0, UTC)) // timedelta(milliseconds=1)


def _end(window: Window, zone: ZoneInfo) -> datetime:
    """Return the window's end, rounded up to the second it shows (the minute, if it is long)."""
    step = _SECOND if window.length < _HOUR else _MINUTE
    return local_time(-(-window.not_after // step) * step, zone)


def _midnight(local: datetime) -> bool:
    return (local.hour, local.minute, local.second) == (0, 0, 0)


def _date(local: datetime, now: int, zone: ZoneInfo) -> str:
    year = "" if local.year == local_time(now, zone).year else f" {local.year}"
    return f"{DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]}{year}"


def _short(ms: int, now: int, zone: ZoneInfo, form: TimeFormat) -> str:
    local, today = local_time(ms, zone), local_time(now, zone).date()
    clock = _clock(local, form, exactly=abs(ms - now) < _HOUR)
    away = (local.date() - today).days
    if away == 0:
        return clock
    if 0 < away < 7:
        return f"{DAYS[local.weekday()]} {clock}"
    return f"{local.day} {MONTHS[local.month - 1]}{year_text(local.date(), today)} {clock}"


def year_text(day: date, today: date) -> str:
    """Return the year behind a day and its month, or nothing where no other can be meant."""
    near = day.year == today.year or abs(day - today) < _NEAR
    return "" if near else f" {day.year}"


def _clock(local: datetime, form: TimeFormat, *, exactly: bool) -> str:
    return form.clock(local.hour, local.minute, local.second if exactly else 0)
