"""What became of thoughts: by day and by tag."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from later_tui.domain.reminder import Reminder, State

LATE_MS = 60_000
"""From here on a reminder counts as late; the same minute in which lists call one late."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many reminders ended in which way."""

    done: int = 0
    released: int = 0
    waiting: int = 0
    """Delivered, failed or unknown, and not answered."""
    again: int = 0
    """How many of all these had been asked for again, or put off, before."""

    @property
    def total(self) -> int:
        """How many there are."""
        return self.done + self.released + self.waiting


@dataclass(frozen=True, slots=True)
class DayPast:
    """What a day brought."""

    day: date
    outcome: Outcome
    sent: int
    """How many of them were sent at all."""
    late: int
    """How many were sent late."""
    lateness: int
    """The median of their lateness, ms."""


@dataclass(frozen=True, slots=True)
class TagPast:
    """What became of the thoughts with a tag; the tag is empty for those without one."""

    tag: str
    outcome: Outcome


def by_day(
    reminders: Iterable[Reminder], now: int, zone: ZoneInfo, days: int
) -> tuple[DayPast, ...]:
    """Return the last `days`, today being the last one; what ended before them is left out."""
    today = datetime.fromtimestamp(now / 1000, zone).date()
    found: dict[date, list[Reminder]] = {
        today - timedelta(days=back): [] for back in reversed(range(days))
    }
    for reminder in reminders:
        if reminder.settled_at is not None:
            day = datetime.fromtimestamp(reminder.settled_at / 1000, zone).date()
            found.get(day, []).append(reminder)
    return tuple(_day(day, ended) for day, ended in found.items())


def by_tag(reminders: Sequence[Reminder]) -> tuple[TagPast, ...]:
    """Return every tag with what became of its thoughts, the most used first."""
    found: dict[str, list[Reminder]] = {}
    for reminder in reminders:
        for tag in reminder.tags or ("",):
            found.setdefault(tag, []).append(reminder)
    told = [TagPast(tag, outcome_of(ended)) for tag, ended in found.items()]
    return tuple(sorted(told, key=lambda one: (not one.tag, -one.outcome.total, one.tag)))


def outcome_of(reminders: Iterable[Reminder]) -> Outcome:
    """Return how many ended in which way."""
    ended = list(reminders)
    states = Counter(reminder.state for reminder in ended)
    return Outcome(
        done=states[State.DONE],
        released=states[State.RELEASED],
        waiting=sum(count for state, count in states.items() if state.unanswered),
        again=sum(1 for reminder in ended if reminder.round > 0),
    )


def _day(day: date, ended: list[Reminder]) -> DayPast:
    lateness = [one.lateness for one in ended if one.lateness is not None]
    return DayPast(
        day=day,
        outcome=outcome_of(ended),
        sent=len(lateness),
        late=sum(1 for ms in lateness if ms >= LATE_MS),
        lateness=round(median(lateness)) if lateness else 0,
    )
