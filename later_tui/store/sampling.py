"""Enough reminders for a picture of all of them: flows whose every read is small."""

from dataclasses import dataclass

from later_tui.domain.reminder import Reminder
from later_tui.store.command import Flow
from later_tui.store.keys import Keys
from later_tui.store.records import View
from later_tui.store.reminders import page

AT_ONCE = 250
MOST_AHEAD = 1000
MOST_BEHIND = 2000
SLICES = 20


@dataclass(frozen=True, slots=True)
class Sample:
    """Reminders that stand for `total` of them."""

    total: int
    reminders: tuple[Reminder, ...]

    @property
    def weight(self) -> float:
        """How many of all each of these stands for."""
        return self.total / len(self.reminders) if self.reminders else 1.0


def ahead(keys: Keys, username: str) -> Flow[Sample]:
    """Return all that is upcoming; of more than `MOST_AHEAD`, slices from all over the list."""
    first = yield from page(keys, username, View.UPCOMING, 0, AT_ONCE)
    if first.total <= MOST_AHEAD:
        rest = yield from _stretch(keys, username, View.UPCOMING, AT_ONCE, first.total)
        return Sample(first.total, (*first.reminders, *rest))
    found: list[Reminder] = []
    size = MOST_AHEAD // SLICES
    for at in range(SLICES):
        start = at * (first.total - size) // (SLICES - 1)
        found += (yield from page(keys, username, View.UPCOMING, start, size)).reminders
    return Sample(first.total, tuple(found))


def behind(keys: Keys, username: str) -> Flow[Sample]:
    """Return the newest `MOST_BEHIND` of the past."""
    first = yield from page(keys, username, View.PAST, 0, AT_ONCE)
    most = min(first.total, MOST_BEHIND)
    rest = yield from _stretch(keys, username, View.PAST, AT_ONCE, most)
    return Sample(first.total, (*first.reminders, *rest))


def _stretch(
    keys: Keys, username: str, view: View, start: int, stop: int
) -> Flow[tuple[Reminder, ...]]:
    found: list[Reminder] = []
    for at in range(start, stop, AT_ONCE):
        count = min(AT_ONCE, stop - at)
        found += (yield from page(keys, username, view, at, count)).reminders
    return tuple(found)
