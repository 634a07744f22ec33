"""Changing a reminder by the same grammar: the line that says it, and the line that changes it."""

from dataclasses import replace

from later_tui.domain.duration import Duration
from later_tui.domain.errors import GrammarError
from later_tui.domain.grammar import Draft, Reading, quote, read
from later_tui.domain.habits import Habits
from later_tui.domain.reminder import Reminder

_TIMES = frozenset({"within", "by", "after", "in", "at", "on", "every"})


def read_line(line: str, reading: Reading, was: Reminder | None = None) -> tuple[Draft, bool]:
    """Return the draft of `line`, and whether its window is that of `was`, the one edited.

    An edited reminder keeps its window, hours and period unless the line gives a time: a past one,
    too, while it waits to be sent. What is over needs a time to come back at.

    Raises GrammarError.
    """
    draft = read(line, _with_its_own(reading, was))
    if was is not None and draft.count > 1:
        raise GrammarError(f"an edit changes one reminder; leave x{draft.count} out")
    if was is None or any(clause.keyword in _TIMES for clause in draft.clauses):
        return draft, False
    kept = Draft(
        text=draft.text,
        window=was.window,
        between=draft.between or was.between,
        every=was.every,
        count=draft.count,
        tags=draft.tags,
        route=draft.route,
        nag_ms=draft.nag_ms,
        clauses=draft.clauses,
        kept=was.state.upcoming,
        asked_ms=was.asked_ms or was.window.length,
    )
    return kept, True


def _with_its_own(reading: Reading, was: Reminder | None) -> Reading:
    """Return `reading` with the channels that the reminder has: one may not be installed here."""
    if was is None or reading.channels is None:
        return reading
    return replace(reading, channels=reading.channels | set(was.channels))


def edit_line(reminder: Reminder, reading: Reading, habits: Habits) -> str:
    """Return the line that reads as the reminder's text, tags, route and nag, and no time.

    What the person's habits say anyway is left out.
    """
    marks = [f"#{tag}" for tag in reminder.tags]
    if reminder.route != habits.route_of(reminder.tags):
        marks.append(f"via {reminder.route.typed}")
    if reminder.nag_ms != habits.nag_ms:
        marks.append(f"nag {Duration(ms=reminder.nag_ms)}" if reminder.nag_ms else "nag off")
    return " ".join([quote(reminder.text, _with_its_own(reading, reminder)), *marks])
