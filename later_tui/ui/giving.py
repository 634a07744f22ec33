"""Answers and edits that are given in the app, and taken back: each told in a few words."""

from collections.abc import Sequence
from typing import NamedTuple

from later_tui.domain.errors import BadInputError, StoreError
from later_tui.domain.reminder import Answer, Reminder
from later_tui.domain.wording import moment
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
    text: str = ""
    """Its thought, for whoever is asked more about the answer."""


def target(reminder: Reminder) -> Target:
    """Return the reminder as an answer means it."""
    return Target(reminder.id, reminder.round, reminder.text)


def about(targets: Sequence[Target]) -> str:
    """Return what an answer is for, in a few words."""
    return " ".join(targets[0].text.split()) if len(targets) == 1 else f"{len(targets)} thoughts"


async def give(
    session: Session, given: Answer, targets: Sequence[Target], until: int | None
) -> str:
    """Give an answer to one or to several; return what came of it. Raises LaterError."""
    if len(targets) == 1:
        return await answered(session, targets[0].id, given, targets[0].round, until)
    try:
        done = await session.store.answer_many(
            session.settings,
            [one.id for one in targets],
            given,
            now=session.now,
            until=until,
            rounds={one.id: one.round for one in targets},
        )
    except StoreError as error:
        some = f"some of the {len(targets)} may have been answered, and undo takes those back"
        raise StoreError(f"{error}; {some}") from error
    words = f"{_WORDS[given]}: {len(done.reminders)} thoughts"
    if until is not None:
        zone, form = session.settings.timezone, session.settings.times
        when = moment(until, session.now, zone, form)
        words = f"snoozed until {when}: {len(done.reminders)} thoughts"
    if not done.refused:
        return words
    return f"{words}; {len(done.refused)} could not be: {done.refused[0].why}"


async def send_again(session: Session, reminders: Sequence[Reminder]) -> str:
    """Send one or several once more; return what came of it. Raises LaterError.

    One that cannot be sent again stops none of the others.
    """
    refused: list[BadInputError] = []
    for reminder in reminders:
        try:
            await session.store.resend(reminder.id)
        except BadInputError as error:
            refused.append(error)
    if len(refused) == len(reminders) and refused:
        raise refused[0]
    sent = len(reminders) - len(refused)
    if len(reminders) == 1:
        return f"sending again: {' '.join(reminders[0].text.split())}"
    words = f"sending again: {sent} thoughts"
    return f"{words}; {len(refused)} could not be: {refused[0]}" if refused else words


async def take_back(session: Session) -> str:
    """Take the newest answer or edit back; return what that was. Raises LaterError."""
    back = await session.store.undo(session.settings.user)
    first = back.undone[0]
    act = _ACTS.get(first.act, first.act)
    if len(back.undone) > 1:
        words = f"taken back: {act}, {len(back.undone)} thoughts"
    else:
        words = f"taken back: {act}, {' '.join(first.reminder.text.split())}"
    late = sum(one.overdue for one in back.undone)
    if late and len(back.undone) == 1:
        words += "; its moment has passed meanwhile: it comes at once"
    elif late:
        words += f"; {late} of them at once: their moments have passed meanwhile"
    if back.refused:
        words += f"; {len(back.refused)} could not be: {back.refused[0].why}"
    return words
