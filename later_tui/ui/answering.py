"""Answers given on a screen: carried out as everywhere, and told in a few words."""

from later_tui.domain.reminder import Answer
from later_tui.domain.wording import before, moment
from later_tui.ui.session import Session


async def answered(
    session: Session,
    reminder_id: str,
    given: Answer,
    round_: int | None = None,
    until: int | None = None,
) -> str:
    """Give an answer; return what came of it, in a few words.

    `round_` is the round that was answered (None: whichever it is now); `until` is when a
    snoozed reminder comes back, ms UTC.

    Raises StoreError, NotFoundError, TransitionError, WindowError.
    """
    now, zone, form = session.now, session.settings.timezone, session.settings.times
    reminder = await session.store.answer(
        session.settings, reminder_id, given, now=now, until=until, round_=round_
    )
    words = {
        Answer.DONE: "done",
        Answer.LET_GO: "let go",
        Answer.AGAIN: f"again, {before(reminder.window, now, zone, form)}",
        Answer.SNOOZE: f"snoozed until {moment(reminder.window.not_after, now, zone, form)}",
    }
    return f"{words[given]}: {' '.join(reminder.text.split())}"
