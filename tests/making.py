"""Makes reminders for tests."""

import time

from later_tui.domain.draw import new_seed
from later_tui.domain.ids import new_id
from later_tui.domain.reminder import NewReminder, Origin
from later_tui.domain.window import Span, Window


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def due_in(ms: int, text: str = "call mum", **changes: object) -> NewReminder:
    """Return a reminder that is due exactly `ms` from now."""
    at = now_ms() + ms
    return made(Window(at, at), text, **changes)


def made(window: Window, text: str = "call mum", **changes: object) -> NewReminder:
    """Return a reminder with a window."""
    spans = (Span(window.not_before, max(window.not_after, window.not_before + 1)),)
    given: dict[str, object] = {
        "id": new_id(),
        "username": "ada",
        "text": text,
        "channels": ("desktop",),
        "window": window,
        "spans": spans,
        "seed": new_seed(),
        "minimum_gap": 0,
        "tags": (),
        "origin": Origin("mill", "~/src", now_ms()),
    }
    return NewReminder(**{**given, **changes})  # type: ignore[arg-type]
