"""A reminder as a row of words."""

from zoneinfo import ZoneInfo

from later_tui.domain.inert import one_line
from later_tui.domain.reminder import Reminder, State
from later_tui.domain.route import length
from later_tui.domain.times import H24, TimeFormat
from later_tui.domain.wording import before, lateness, moment

OUTCOMES = {
    State.DONE: "done",
    State.RELEASED: "let go",
    State.DELIVERED: "delivered",
    State.FAILED: "failed",
    State.UNKNOWN: "may have been sent",
}


def upcoming_row(
    reminder: Reminder,
    short: str,
    now: int,
    zone: ZoneInfo,
    form: TimeFormat = H24,
    *,
    reveal: bool,
) -> list[str]:
    """Return id, window, (drawn moment,) text, tags and repetition, channels."""
    drawn = [moment(reminder.due_at, now, zone, form)] if reveal else []
    window = before(reminder.window, now, zone, form)
    return [short, window, *drawn, *_rest(reminder)]


def past_row(
    reminder: Reminder, short: str, now: int, zone: ZoneInfo, form: TimeFormat = H24
) -> list[str]:
    """Return id, when it was settled, what came of it, text, tags, channels, why."""
    settled = reminder.settled_at
    late = reminder.lateness
    said = [lateness(late)] if late is not None else []
    said += dict.fromkeys(d.error for d in reminder.deliveries if d.error)
    return [
        short,
        moment(settled, now, zone, form) if settled is not None else "",
        OUTCOMES.get(reminder.state, reminder.state.value),
        *_rest(reminder),
        one_line("; ".join(said)),
    ]


def found_row(
    reminder: Reminder,
    short: str,
    now: int,
    zone: ZoneInfo,
    form: TimeFormat = H24,
    *,
    reveal: bool = False,
) -> list[str]:
    """Return a past row, or an upcoming one with the same columns: its drawn moment, if it may be
    revealed, stands where of a past one is what came of it.
    """
    if not reminder.state.upcoming:
        return past_row(reminder, short, now, zone, form)
    name, window, *rest = upcoming_row(reminder, short, now, zone, form, reveal=False)
    drawn = f"drawn: {moment(reminder.due_at, now, zone, form)}" if reveal else ""
    return [name, window, drawn, *rest, ""]


def short_length(ids: list[str], total: int) -> int:
    """Return how much of each id to show, at least 4 characters.

    So much that those listed differ from each other, and that one of them is the beginning of
    another's among `total` kept ones less than once in 100 lists (an id's character has 5 bits).
    """
    chance = len(ids) * total * 100
    length = max(4, -(-chance.bit_length() // 5))
    while length < 12 and len({i[:length] for i in ids}) < len(set(ids)):
        length += 1
    return length


def _rest(reminder: Reminder) -> list[str]:
    tags = [f"#{tag}" for tag in reminder.tags]
    if reminder.every:
        tags.append(f"every {reminder.every}")
    if reminder.nag_ms:
        tags.append(f"nag {length(reminder.nag_ms)}")
    return [one_line(reminder.text), " ".join(tags), str(reminder.route)]
