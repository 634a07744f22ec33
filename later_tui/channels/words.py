"""What a notification says: a title of ours, and the thought, inert."""

from later_tui.channels.base import Notification
from later_tui.domain.inert import inert, one_line

_MINUTE = 60_000
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_MONTH = 2_629_746_000
"""A twelfth of the mean Gregorian year, ms."""
_YEAR = 12 * _MONTH

BODY_LIMIT = 1_000
"""The most characters of a thought that a pop-up shows; the app has the whole."""
LINE_LIMIT = 400
"""The same for one line: four bytes each stay below the 2048 that kitty takes at once."""


def title(notification: Notification) -> str:
    """Return the title: the postmark, and how late it is. Never begins with a dash or digit."""
    if notification.count > 1:
        return f"later · {notification.count} reminders came back while you were away"
    now = notification.due_at + notification.lateness_ms
    words = f"later · from you, {ago(now - notification.origin.created_at)}"
    lateness = late(notification.lateness_ms)
    return f"{words} · {lateness}" if lateness else words


def body(notification: Notification) -> str:
    """Return the thought, inert, with its own lines, at most `BODY_LIMIT` characters."""
    return shorten(inert(notification.text).strip(), BODY_LIMIT)


def line(notification: Notification) -> str:
    """Return the thought, inert, in one line of at most `LINE_LIMIT` characters."""
    return shorten(one_line(notification.text).strip(), LINE_LIMIT)


def not_kept(label: str, error: Exception) -> tuple[str, str]:
    """Return the title and the reason that tell of an answer that was lost; inert, each a line."""
    reason = shorten(one_line(str(error)).strip(), LINE_LIMIT)
    return f"later · “{label}” was not kept", reason or type(error).__name__


def shorten(text: str, limit: int) -> str:
    """Return the text, or its beginning and an ellipsis, in at most `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def ago(ms: int) -> str:
    """Return an age in words, in its largest whole unit: "19 days ago"."""
    for unit, size in (
        ("year", 2 * _YEAR),
        ("month", 2 * _MONTH),
        ("day", _DAY),
        ("hour", _HOUR),
        ("minute", _MINUTE),
    ):
        if ms >= size:
            count = ms // {"year": _YEAR, "month": _MONTH}.get(unit, size)
            return f"{count} {unit}{'s' if count != 1 else ''} ago"
    return "just now"


def late(ms: int) -> str:
    """Return a lateness in words ("2 h late"), or "" below a minute."""
    for unit, size in (("d", _DAY), ("h", _HOUR), ("min", _MINUTE)):
        if ms >= size:
            return f"{ms // size} {unit} late"
    return ""
