"""The JSON that is posted. docs/channels/webhook.md has it field by field; it only ever grows."""

import json
from datetime import UTC, datetime

from later_tui.channels.base import Notification

VERSION = 1
"""Raised when a field changes its meaning or goes; a new one does not raise it."""


def payload(notification: Notification) -> bytes:
    """Return the body: UTF-8, without blanks."""
    digest = notification.count > 1
    data: dict[str, object] = {
        "username": notification.username,
        "text": notification.text,
        "tags": list(notification.tags),
        "count": notification.count,
        "due_at": _moment(notification.due_at),
        "lateness_ms": notification.lateness_ms,
        "nag": notification.nag,
    }
    if not digest:
        data |= {
            "id": notification.reminder_id,
            "round": notification.round,
            "kept": {
                "host": notification.origin.host,
                "folder": notification.origin.folder,
                "at": _moment(notification.origin.created_at),
            },
        }
    event = {
        "type": "reminder.digest" if digest else "reminder.due",
        "version": VERSION,
        "timestamp": _moment(notification.due_at),
        "data": data,
    }
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def _moment(ms: int) -> str:
    """Return ms UTC as RFC 3339 has it, to the millisecond."""
    seconds, rest = divmod(ms, 1000)
    whole = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    return f"{whole.isoformat(timespec='seconds')}.{rest:03}Z"
