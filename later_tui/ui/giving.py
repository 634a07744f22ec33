"""Answers and edits that are given in the app, and taken back: each told in a few words."""

from collections.abc import Sequence
from typing import NamedTuple

from later_tui.domain.reminder import Answer, Reminder
from later_tui.ui.answering import answered
from later_tui.ui.session import Session

_WORDS = {
    Answer.DONE: "done",
    Answer.LET_GO: "let go",
    Answer.AGAIN: "drawn again",
    Answer.SNOOZE: "snoozed",
}
_ACTS = {"let-go": "let go", "snooze": "snoozed", "edit": "edited"}


class Target(NamedTuple):
    """Which reminder an answer is for, and in which round of it."""

    id: str
    round: int


def target(reminder: Reminder) -> Target:
    """Return the reminder as an answer means it."""
    return Target(reminder.id, reminder.round)


async def give(
    session: Session, given: Answer, targets: Sequence[Target], until: int | None
) -> str:
    """Give an answer to one or to several; return what came of it. Raises LaterError."""
    if len(targets) == 1:
        return await answered(session, targets[0].id, given, targets[0].round, until)
    done = await session.store.answer_many(
        session.settings,
        [one.id for one in targets],
        given,
        now=session.now,
        until=until,
        rounds={one.id: one.round for one in targets},
    )
    words = f"{_WORDS[given]}: {len(done.reminders)} thoughts"
    if not done.refused:
        return words
    return f"{words}; {len(done.refused)} could not be: {done.refused[0].why}"


async def take_back(session: Session) -> str:
    """Take the newest answer or edit back; return what that was. Raises LaterError."""
    back = await session.store.undo(session.settings.user)
    first = back.undone[0]
    act = _ACTS.get(first.act, first.act)
    if len(back.undone) > 1:
        words = f"taken back: {act}, {len(back.undone)} thoughts"
    else:
        words = f"taken back: {act}, {' '.join(first.reminder.text.split())}"
    if any(one.overdue for one in back.undone):
        words += "; its moment has passed meanwhile: it comes at once"
    if back.refused:
        words += f"; {len(back.refused)} could not be: {back.refused[0].why}"
    return words
