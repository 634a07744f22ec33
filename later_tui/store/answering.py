"""What a person's answer does, wherever it was given: a pop-up's button, the app, a command."""

from typing import TYPE_CHECKING

from later_tui.domain.plan import Round, next_round
from later_tui.domain.reminder import Answer, Reminder, State
from later_tui.domain.repeat import following
from later_tui.domain.window import Span, Window
from later_tui.store import reminders
from later_tui.store.command import Flow
from later_tui.store.keys import Keys

if TYPE_CHECKING:
    from later_tui.config.settings import Settings


def answer(
    keys: Keys,
    settings: "Settings",
    reminder_id: str,
    given: Answer,
    *,
    now: int,
    until: int | None = None,
    round_: int | None = None,
) -> Flow[Reminder]:
    """Carry out an answer and return the reminder as it is then.

    `now` is ms UTC; `until` is the exact time of a snooze. With `round_`, an answer to an earlier
    round is void. A repeating reminder goes on by itself, whatever becomes of this one; only
    letting go of one that has not come yet ends the series.

    Raises NotFoundError, TransitionError, WindowError.
    """
    if given is Answer.LET_GO:
        return (yield from reminders.finish(keys, reminder_id, State.RELEASED, round_))
    reminder = yield from reminders.get(keys, reminder_id)
    if reminder.every:
        gap = settings.minimum_gap
        new = following(reminder, now=now, quiet=settings.quiet, minimum_gap=gap)
        yield from reminders.add(keys, new)
    if given is Answer.DONE:
        return (yield from reminders.finish(keys, reminder_id, State.DONE, round_))
    if given is Answer.SNOOZE:
        if until is None:
            raise ValueError("a snooze needs its time")
        anew = Round(Window(until, until), (Span(until, until + 1),), 0)
    else:
        anew = next_round(reminder, now, settings.quiet, settings.default_window)
    return (
        yield from reminders.reschedule(
            keys, reminder_id, anew, minimum_gap=settings.minimum_gap, round_=round_
        )
    )
