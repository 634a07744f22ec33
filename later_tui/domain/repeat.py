"""The next reminder of a series ("every week")."""

import os
from collections.abc import Callable

from later_tui.domain.ids import new_id
from later_tui.domain.plan import next_repeat
from later_tui.domain.quiet import Quiet
from later_tui.domain.reminder import NewReminder, Reminder


def following(
    reminder: Reminder,
    *,
    now: int,
    quiet: Quiet,
    minimum_gap: int,
    random: Callable[[int], bytes] = os.urandom,
) -> NewReminder:
    """Return the reminder of the series' next period, to be kept before this one is settled.

    Its id follows from this one's, so that keeping it twice (a worker that was killed in between,
    an answer and a delivery at once) keeps one.

    Raises WindowError when the quiet hours leave no time at all, GrammarError when the period
    cannot be read.
    """
    period = next_repeat(reminder, now, quiet, random)
    from hashlib import blake2b  # seldom needed

    digest = blake2b(reminder.id.encode(), person=b"later every").digest()
    return NewReminder(
        id=new_id(lambda size: digest[:size]),
        username=reminder.username,
        text=reminder.text,
        channels=reminder.channels,
        window=period.window,
        spans=period.spans,
        seed=period.seed,
        minimum_gap=minimum_gap,
        tags=reminder.tags,
        origin=reminder.origin,
        between=reminder.between,
        every=reminder.every,
        steps=reminder.steps,
        nag_ms=reminder.nag_ms,
    )
