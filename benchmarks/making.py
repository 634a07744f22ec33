"""Reminders to measure with: 80 bytes of text, as people write."""

import time

from benchmarks.servers import USER
from later_tui.domain.draw import new_seed
from later_tui.domain.ids import new_id
from later_tui.domain.reminder import NewReminder, Origin
from later_tui.domain.window import Span, Window

TEXT = "ask the neighbours whether they want the old bicycle before it goes to the tip !"
DAY = 86_400_000
GAP = 300_000
"""The default minimum gap, ms."""
ORIGIN = Origin("mill", "~/src", 1_790_000_000_000)


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def somewhen(days: int = 3650) -> NewReminder:
    """Return a reminder drawn from the days to come, with the default minimum gap.

    Ten years have room for all that a run adds: the first draw finds its place nearly always.
    """
    start = now_ms() + DAY
    return _made(Window(start, start + days * DAY), GAP, "bench")


def exactly(at: int, channel: str = "bench") -> NewReminder:
    """Return a reminder that is due at `at`, ms UTC."""
    return _made(Window(at, at), 0, channel)


def _made(window: Window, gap: int, channel: str) -> NewReminder:
    return NewReminder(
        id=new_id(),
        username=USER,
        text=TEXT,
        channels=(channel,),
        window=window,
        spans=(Span(window.not_before, max(window.not_after, window.not_before + 1)),),
        seed=new_seed(),
        minimum_gap=gap,
        tags=(),
        origin=ORIGIN,
    )
