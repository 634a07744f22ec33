"""The reminders that the next answer is for: those that were marked, or the one at the cursor."""

from collections.abc import Iterable, Sequence

from later_tui.domain.reminder import Reminder


class Marks:
    """What was marked, in the order of marking, as it was then."""

    def __init__(self) -> None:
        self._marked: dict[str, Reminder] = {}

    def __len__(self) -> int:
        return len(self._marked)

    @property
    def keys(self) -> frozenset[str]:
        """The ids of what is marked."""
        return frozenset(self._marked)

    def toggle(self, reminder: Reminder) -> None:
        """Mark a reminder, or take its mark away."""
        if self._marked.pop(reminder.id, None) is None:
            self._marked[reminder.id] = reminder

    def put(self, reminders: Iterable[Reminder]) -> None:
        """Mark all of `reminders`."""
        self._marked |= {reminder.id: reminder for reminder in reminders}

    def drop(self, keys: Iterable[str]) -> None:
        """Take the marks of `keys` away."""
        for key in keys:
            self._marked.pop(key, None)

    def clear(self) -> None:
        """Take every mark away."""
        self._marked = {}

    def or_else(self, selected: Reminder | None) -> Sequence[Reminder]:
        """Return what is marked; `selected` where nothing is."""
        return tuple(self._marked.values()) or ((selected,) if selected else ())
