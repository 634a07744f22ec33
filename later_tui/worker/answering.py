"""What a person's answer does, wherever it was given: a pop-up's button, the app, a command."""

from typing import TYPE_CHECKING

from later_tui.domain.plan import Round, next_round
from later_tui.domain.reminder import Answer, Reminder
from later_tui.domain.repeat import following
from later_tui.domain.window import Span, Window
from later_tui.store.asyncstore import Store

if TYPE_CHECKING:
    from later_tui.config.settings import Settings


async def answer(
    store: Store,
    settings: "Settings",
    reminder_id: str,
    given: Answer,
    *,
    now: int,
    until: int | None = None,
    round_: int | None = None,
) -> Reminder:
    """Carry out an answer and return the reminder as it is then.

    `until` is the exact time of a snooze, ms UTC. With `round_`, an answer to an earlier round is
    void.

    Raises NotFoundError, TransitionError, WindowError, StoreError.
    """
    if given is Answer.LET_GO:
        return await store.let_go(reminder_id, round_)
    reminder = await store.get(reminder_id)
    if given is Answer.DONE:
        if reminder.every and reminder.state.upcoming:
            # Done before it came: the series goes on.
            gap = settings.minimum_gap
            await store.add(following(reminder, now=now, quiet=settings.quiet, minimum_gap=gap))
        return await store.done(reminder_id, round_)
    if given is Answer.SNOOZE:
        if until is None:
            raise ValueError("a snooze needs its time")
        anew = Round(Window(until, until), (Span(until, until + 1),), 0)
    else:
        anew = next_round(reminder, now, settings.quiet, settings.default_window)
    return await store.reschedule(
        reminder_id, *anew, minimum_gap=settings.minimum_gap, round_=round_
    )
