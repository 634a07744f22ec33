"""Taking back what was done to a reminder: answers and edits, for 30 days (`lua/undo.lua`)."""

from dataclasses import dataclass

from later_tui.domain.errors import LaterError, NotFoundError, TransitionError
from later_tui.domain.reminder import Reminder
from later_tui.store import reminders
from later_tui.store.command import Call, Flow
from later_tui.store.keys import Keys
from later_tui.store.records import Refused
from later_tui.store.scripts import script
from later_tui.store.together import together

AT_ONCE = 40
"""How many acts one call looks at; under 5 ms of the server's time."""

_WHY = {
    "gone": "that reminder is not kept any more: there is nothing to bring back",
    "moved on": "that reminder has changed since: answer or edit it as it is now",
}


@dataclass(frozen=True, slots=True)
class Undone:
    """An act that was taken back."""

    reminder: Reminder
    """As it is now."""
    act: str
    """done, let-go, again, snooze or edit."""
    at: int
    """When it had been done, ms UTC."""
    overdue: bool
    """Whether the reminder's moment passed meanwhile, so that it comes at once, late."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What an undo did: one act, or those of one batch, the last one first."""

    undone: tuple[Undone, ...]
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class _Act:
    reminder_id: str
    what: str
    at: int
    answer: str


def undo(keys: Keys, username: str, reminder_id: str | None = None) -> Flow[TakenBack]:
    """Take back what the user did last, on whichever machine; with its whole batch, if it was an
    answer to several. With an id, take back what was last done to that reminder alone.

    Raises NotFoundError when there is nothing to take back, TransitionError when the only act
    cannot be: the reminder has changed since, or is not kept any more.
    """
    acts: list[_Act] = []
    batch, below = "", "+inf"
    while True:
        args = (username, reminder_id or "", batch, below, AT_ONCE)
        [reply] = yield [Call(script("undo"), keys.prefix, args)]
        batch, below = reply[0].decode(), reply[1].decode()
        acts += (_Act(i.decode(), w.decode(), int(t), a.decode()) for i, w, t, a in reply[2:])
        if not reply[2:] or not batch or reminder_id:
            break
    if not acts:
        of = "of that reminder" if reminder_id else "of yours"
        said = f"there is nothing to undo: no answer or edit {of} in the last 30 days is left"
        raise NotFoundError(said)
    back = [act for act in acts if act.answer in ("ok", "late")]
    if not back and len(acts) == 1:
        raise TransitionError(f"{acts[0].what} cannot be undone: {_WHY[acts[0].answer]}")
    found = yield from together([reminders.get(keys, act.reminder_id) for act in back])
    return TakenBack(
        tuple(
            Undone(now, act.what, act.at, act.answer == "late")
            for act, now in zip(back, found, strict=True)
            if not isinstance(now, LaterError)
        ),
        tuple(Refused(act.reminder_id, _WHY[act.answer]) for act in acts if act.answer in _WHY),
    )
