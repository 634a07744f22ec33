"""When what follows the drawn moment may go: a fallback, a further step, a nag.

A draw falls outside the quiet hours; what follows it keeps out of them, too: it goes when they end.
"""

from later_tui.domain.hours import Hours
from later_tui.domain.quiet import Quiet, allowed
from later_tui.domain.reminder import Delivery, Reminder
from later_tui.domain.window import Window

_SEARCH_MS = 15 * 86_400_000
"""Quiet hours repeat each week; a second one, lest a clock change skips the only free hour."""


def outside_quiet(moment: int, quiet: Quiet, between: Hours | None = None) -> int:
    """Return `moment` (ms UTC), or when the quiet hours end if it lies in them.

    Where they leave no time at all the moment itself is returned: that is refused when a thought
    is kept, and one that is kept is not lost to it.
    """
    if not quiet and between is None:
        return moment
    for span in allowed(Window(moment, moment + _SEARCH_MS), quiet, between):
        return span.start
    return moment


def put_off(reminder: Reminder, delivery: Delivery, now: int, quiet: Quiet) -> int | None:
    """Return until when (ms UTC) a delivery that could go at `now` waits; None: it does not.

    What goes at the drawn moment never waits, nor what the person sends again. An exact time means
    what it says, quiet or not, and so does the fallback that stands in for it.
    """
    if not delivery.nag:
        if delivery.wait is None or delivery.resent:
            return None
        fallback = any(s.fallback and delivery.channel in s.channels for s in reminder.steps)
        if fallback and reminder.window.exact:
            return None
    free = outside_quiet(now, quiet, reminder.between)
    return free if free > now else None


def next_nag(reminder: Reminder, sent_at: int, quiet: Quiet) -> int | None:
    """Return when a reminder that was sent at `sent_at` is sent again, ms UTC; None: never."""
    if not reminder.nag_ms:
        return None
    return outside_quiet(sent_at + reminder.nag_ms, quiet, reminder.between)
