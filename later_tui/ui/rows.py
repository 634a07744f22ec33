"""From a reminder to the row a list shows of it, for each of the three views. Pure."""

from zoneinfo import ZoneInfo

from later_tui.domain.reminder import Reminder, State
from later_tui.domain.times import H24, TimeFormat
from later_tui.domain.wording import ago, before
from later_tui.store.records import View
from later_tui.ui.wording import day, folder_text, kept_text, late_text, short_day
from later_tui.widgets.row import Row, RowTone

_ENDS = {
    State.DONE: ("✓ done", RowTone.GOOD),
    State.RELEASED: ("○ let go", RowTone.SOFT),
    State.DELIVERED: ("● delivered", RowTone.PLAIN),
    State.FAILED: ("✗ failed", RowTone.BAD),
    State.UNKNOWN: ("? unsure", RowTone.WARN),
}


def row_of(reminder: Reminder, view: View, now: int, zone: ZoneInfo, form: TimeFormat = H24) -> Row:
    """Return what the list of `view` shows of `reminder`; the drawn moment is never in it."""
    return (
        _upcoming(reminder, now, zone, form)
        if view is View.UPCOMING
        else _settled(reminder, view, now, zone)
    )


def found_row(
    reminder: Reminder, now: int, zone: ZoneInfo, form: TimeFormat = H24, *, near: bool = False
) -> Row:
    """Return what the list of what was found shows: its window, or what became of it and when.

    That stands in one column: a second one would be empty beside all that is to come. `near` is
    for one that is only nearly what was looked for.
    """
    row = _upcoming(reminder, now, zone, form)._replace(near=near)
    if reminder.state.upcoming:
        return row
    mark, tone = _end(reminder)
    at = short_day(_settled_at(reminder), now, zone)
    return row._replace(lead=f"{mark} {at}".strip(), tone=tone)


def _upcoming(reminder: Reminder, now: int, zone: ZoneInfo, form: TimeFormat) -> Row:
    lead, tone = before(reminder.window, now, zone, form), RowTone.PLAIN
    if reminder.state in (State.CLAIMED, State.SENDING):
        lead, tone = "now", RowTone.OPEN
    elif reminder.window.not_after <= now:
        lead, tone = "overdue", RowTone.WARN
    return Row(
        key=reminder.id,
        text=reminder.text,
        lead=lead,
        tone=tone,
        note=" ".join(f"#{tag}" for tag in reminder.tags),
        end=" → ".join(", ".join(step.channels) for step in reminder.route.steps),
    )


def _settled(reminder: Reminder, view: View, now: int, zone: ZoneInfo) -> Row:
    at = _settled_at(reminder)
    mark, tone = _end(reminder)
    folder = folder_text(reminder.origin)
    return Row(
        key=reminder.id,
        text=reminder.text,
        lead=day(at, now, zone) if view is View.PAST else ago(max(now - at, 0)),
        mark=mark,
        tone=tone,
        note=kept_text(reminder.origin, now),
        more=f", {folder}" if folder else "",
        end=late_text(reminder),
    )


def _end(reminder: Reminder) -> tuple[str, RowTone]:
    return _ENDS.get(reminder.state, ("", RowTone.PLAIN))


def _settled_at(reminder: Reminder) -> int:
    return reminder.due_at if reminder.settled_at is None else reminder.settled_at
