"""Words that only the screens use: odds, postmarks, days, how a reminder ended. Pure."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from later_tui.domain.duration import read_duration
from later_tui.domain.errors import GrammarError
from later_tui.domain.odds import chance_before
from later_tui.domain.reminder import Origin, Reminder, State
from later_tui.domain.times import H24, TimeFormat
from later_tui.domain.window import Span, Window
from later_tui.domain.wording import (
    DAYS,
    MONTHS,
    ago,
    lateness,
    limit,
    local_time,
    moment,
    span_text,
    year_text,
)

_MINUTE = 60_000
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_HOME = ("", "~", "~/", "~/.")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def window_chip(window: Window, now: int, zone: ZoneInfo, form: TimeFormat = H24) -> str:
    """Return a window as it is read back while it is typed: length and end, or the moment."""
    if window.exact:
        return f"at {moment(window.not_after, now, zone, form)}"
    end = limit(window, now, zone, form)
    if window.not_before - now >= _MINUTE:
        return f"after {moment(window.not_before, now, zone, form)}, {end}"
    return f"within {span_text(window.length)}, {end}"


def odds_line(spans: Sequence[Span], now: int, zone: ZoneInfo, form: TimeFormat = H24) -> str:
    """Return one telling chance of the draw: "62 % by tomorrow"; empty if none tells much.

    Of the nights, weeks and months ahead, the one whose chance is nearest to a half is told.
    """
    told = [(chance_before(spans, at), words) for at, words in _marks(now, zone, form)]
    telling = [(chance, words) for chance, words in told if 0.05 <= chance <= 0.95]
    if not telling:
        return ""
    chance, words = min(telling, key=lambda one: abs(one[0] - 0.5))
    return f"{round(chance * 100)} % {words}"


def every_text(every: str) -> str:
    """Return a period (as the grammar writes it) in words: "every week", "every 3 days"."""
    try:
        length = read_duration(every)
    except GrammarError:
        return f"every {every}"
    if length.months:
        return f"every {every}" if length.months > 1 else "every month"
    return f"every {span_text(length.ms).removeprefix('1 ')}"


def postmark(origin: Origin, now: int, here: str) -> str:
    """Return where a thought comes from: "from you, 19 days ago, in ~/src/foo".

    The host is named when it is not `here`.
    """
    parts = ["from you", ago(max(now - origin.created_at, 0))]
    if origin.folder:
        parts.append(f"in {origin.folder}")
    words = ", ".join(parts)
    return f"{words} on {origin.host}" if origin.host and origin.host != here else words


def kept_text(origin: Origin, now: int) -> str:
    """Return how long ago a thought was kept, in short: "kept 19 days ago"."""
    return f"kept {ago(max(now - origin.created_at, 0))}"


def folder_text(origin: Origin) -> str:
    """Return where a thought was kept, if that tells anything: the home folder does not."""
    return "" if origin.folder in _HOME else origin.folder


def day(ms: int, now: int, zone: ZoneInfo) -> str:
    """Return the day of a moment: "today", "yesterday", "Mon 16 Nov", "16 Nov 2024"."""
    local, today = local_time(ms, zone).date(), local_time(now, zone).date()
    back = (today - local).days
    if back in (0, 1):
        return ("today", "yesterday")[back]
    date = f"{local.day} {MONTHS[local.month - 1]}"
    year = year_text(local, today)
    return f"{date}{year}" if year else f"{DAYS[local.weekday()]} {date}"


def short_day(ms: int, now: int, zone: ZoneInfo) -> str:
    """Return the same with less: "today", "16 Nov", "16 Nov 2024"."""
    local, today = local_time(ms, zone).date(), local_time(now, zone).date()
    date = f"{local.day} {MONTHS[local.month - 1]}{year_text(local, today)}"
    return "today" if local == today else date


def ahead(ms: int) -> str:
    """Return how far ahead something is, given the ms until then: "in 3 days"."""
    return f"in {span_text(ms)}"


def late_text(reminder: Reminder) -> str:
    """Return a reminder's lateness in words, or nothing if it was never sent, or nobody knows."""
    sent = [
        delivery.sent_at
        for delivery in reminder.deliveries
        if delivery.sent_at is not None and delivery.state is not State.UNKNOWN
    ]
    return lateness(min(sent) - reminder.due_at) if sent else ""


def _marks(now: int, zone: ZoneInfo, form: TimeFormat) -> list[tuple[int, str]]:
    midnight = local_time(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    days = {back: _ms(midnight + timedelta(days=back)) for back in (1, 2, 8, 31, 91, 366)}
    to_its_end = (form.week_ends - midnight.weekday()) % 7 + 1
    week = _ms(midnight + timedelta(days=to_its_end))
    return [
        (now + _MINUTE, "within a minute"),
        (now + 10 * _MINUTE, "within 10 minutes"),
        (now + _HOUR, "within the hour"),
        (days[1], "today"),
        (days[2], "by tomorrow"),
        (week, f"by {_WEEKDAYS[form.week_ends]}"),
        (days[8], "within a week"),
        (days[31], "within a month"),
        (days[91], "within 3 months"),
        (days[366], "within a year"),
    ]


def _ms(local: datetime) -> int:
    return (local - datetime.fromtimestamp(0, UTC)) // timedelta(milliseconds=1)
