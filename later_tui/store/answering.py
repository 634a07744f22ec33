"""What a person's answer does, wherever it was given: a pop-up's button, the app, a command."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from later_tui.domain.errors import BadInputError
from later_tui.domain.plan import Round, next_round
from later_tui.domain.reminder import Answer, Reminder, State
from later_tui.domain.repeat import following
from later_tui.domain.window import Span, Window
from later_tui.store import reminders
from later_tui.store.acts import Doing
from later_tui.store.command import Flow
from later_tui.store.keys import Keys
from later_tui.store.records import Refused
from later_tui.store.together import together

if TYPE_CHECKING:
    from later_tui.config.settings import Settings


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an answer to several reminders."""

    reminders: tuple[Reminder, ...]
    """As they are now, in the order in which they were named."""
    refused: tuple[Refused, ...]


def answer_many(
    keys: Keys,
    settings: "Settings",
    ids: Sequence[str],
    given: Answer,
    *,
    now: int,
    until: int | None = None,
    rounds: Mapping[str, int] | None = None,
) -> Flow[Answered]:
    """Give one answer to several reminders; one undo takes all of it back.

    `now`, and `until` for a snooze, are ms UTC. With `rounds`, an answer to an earlier round of a
    reminder is void. One that refuses the answer does not stop the others.
    """
    from later_tui.domain.ids import new_id

    names = list(dict.fromkeys(ids))
    batch = new_id() if len(names) > 1 else ""
    results = yield from together(
        [
            answer(
                keys,
                settings,
                name,
                given,
                now=now,
                until=until,
                round_=(rounds or {}).get(name),
                batch=batch,
            )
            for name in names
        ]
    )
    pairs = list(zip(names, results, strict=True))
    return Answered(
        tuple(one for one in results if isinstance(one, Reminder)),
        tuple(Refused(name, str(one)) for name, one in pairs if isinstance(one, BadInputError)),
    )


def answer(
    keys: Keys,
    settings: "Settings",
    reminder_id: str,
    given: Answer,
    *,
    now: int,
    until: int | None = None,
    round_: int | None = None,
    batch: str = "",
) -> Flow[Reminder]:
    """Carry out an answer and return the reminder as it is then.

    `now` is ms UTC; `until` is the exact time of a snooze. With `round_`, an answer to an earlier
    round is void. Answers of one `batch` are taken back together. A repeating reminder goes on by
    itself, whatever becomes of this one; only letting go of one that has not come yet ends the
    series.

    Raises NotFoundError, TransitionError, WindowError.
    """
    doing = Doing(given.value, batch)
    if given is Answer.LET_GO:
        return (yield from reminders.finish(keys, reminder_id, State.RELEASED, round_, doing))
    reminder = yield from reminders.get(keys, reminder_id)
    if reminder.every:
        gap = settings.minimum_gap
        new = following(reminder, now=now, quiet=settings.quiet, minimum_gap=gap)
        kept = yield from reminders.add(keys, new)
        doing = Doing(given.value, batch, new.id if kept.created else "")
    if given is Answer.DONE:
        return (yield from reminders.finish(keys, reminder_id, State.DONE, round_, doing))
    if given is Answer.SNOOZE:
        if until is None:
            raise ValueError("a snooze needs its time")
        anew = Round(Window(until, until), (Span(until, until + 1),), 0)
    else:
        anew = next_round(reminder, now, settings.quiet, settings.default_window)
    return (
        yield from reminders.reschedule(
            keys,
            reminder_id,
            anew,
            minimum_gap=settings.minimum_gap,
            round_=round_,
            doing=doing,
        )
    )
