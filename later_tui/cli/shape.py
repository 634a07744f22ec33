"""Reminders as JSON objects. Times are ISO 8601 in UTC, to the ms; lengths are ms.

What would give a sealed draw away is left out: `due_at` unless it is revealed or past, and the
seed always.
"""

from datetime import UTC, datetime, timedelta

from later_tui.domain.reminder import Delivery, NewReminder, Origin, Reminder
from later_tui.domain.window import Window

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def iso(ms: int | None) -> str | None:
    """Return ms UTC as "2026-11-26T18:40:00.000Z"; None, or past the calendar's end, stays None."""
    if ms is None:
        return None
    try:
        return (_EPOCH + timedelta(milliseconds=ms)).strftime("%Y-%m-%dT%H:%M:%S.") + (
            f"{ms % 1000:03d}Z"
        )
    except (OverflowError, ValueError):
        return None


def new_shape(
    new: NewReminder, created: bool, due_at: int | None, *, waiting: bool = False
) -> dict[str, object]:
    """Return what `add` kept; `due_at` (ms UTC) is None while it is sealed.

    `waiting`: it waits on this machine for Redis.
    """
    shape: dict[str, object] = {
        "id": new.id,
        "text": new.text,
        "created": created,
        "window": _window(new.window),
        "channels": list(new.channels),
        "route": new.route.typed,
        "nag_ms": new.nag_ms or None,
        "tags": list(new.tags),
        "every": new.every or None,
        "between": str(new.between) if new.between else None,
        "origin": _origin(new.origin),
    }
    if due_at is not None:
        shape["due_at"] = iso(due_at)
    if waiting:
        shape["waiting"] = True
    return shape


def shape(reminder: Reminder, *, reveal: bool) -> dict[str, object]:
    """Return a reminder as it stands in the store."""
    upcoming = reminder.state.upcoming
    made: dict[str, object] = {
        "id": reminder.id,
        "text": reminder.text,
        "state": reminder.state.value,
        "window": _window(reminder.window),
        "channels": list(reminder.channels),
        "route": reminder.route.typed,
        "nag_ms": reminder.nag_ms or None,
        "tags": list(reminder.tags),
        "every": reminder.every or None,
        "between": str(reminder.between) if reminder.between else None,
        "origin": _origin(reminder.origin),
        "round": reminder.round,
        "deliveries": [_delivery(d, sealed=upcoming) for d in reminder.deliveries],
    }
    if reveal or not upcoming:
        made["due_at"] = iso(reminder.due_at)
    if not upcoming:
        made["settled_at"] = iso(reminder.settled_at)
        made["lateness_ms"] = reminder.lateness
    return made


def _window(window: Window) -> dict[str, object]:
    return {"not_before": iso(window.not_before), "not_after": iso(window.not_after)}


def _origin(origin: Origin) -> dict[str, object]:
    return {
        "host": origin.host,
        "folder": origin.folder,
        "created_at": iso(origin.created_at),
    }


def _delivery(delivery: Delivery, *, sealed: bool) -> dict[str, object]:
    made: dict[str, object] = {
        "channel": delivery.channel,
        "state": delivery.state.value,
        "attempt": delivery.attempt,
        "error": delivery.error or None,
    }
    if not sealed:
        made |= {
            "sent_at": iso(delivery.sent_at),
            "via": delivery.via or None,
            "proof": delivery.proof or None,
        }
    return made
