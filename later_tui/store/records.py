"""What the store answers with: plain values."""

from enum import StrEnum
from typing import NamedTuple

from later_tui.domain.reminder import Reminder


class View(StrEnum):
    """One of a user's lists."""

    UPCOMING = "upcoming"
    """Still to come, by the window's end."""
    PAST = "past"
    """Settled, newest first."""
    UNANSWERED = "unanswered"
    """Delivered, failed or unknown and not answered, newest first."""


class Kept(NamedTuple):
    """The answer to an add: `created` is false when the id was kept before."""

    reminder_id: str
    due_at: int
    created: bool
    alone: bool = False
    """Whether only one node has it although there should be replicas."""


class Page(NamedTuple):
    """A stretch of a list: `reminders` stand at `start`, `start` + 1, … of `total`."""

    total: int
    start: int
    reminders: tuple[Reminder, ...]


class Counts(NamedTuple):
    """How long a user's lists are."""

    upcoming: int
    past: int
    unanswered: int

    @property
    def kept(self) -> int:
        """How many there are."""
        return self.upcoming + self.past


class Refused(NamedTuple):
    """A reminder to which something could not be done, and why: one sentence."""

    reminder_id: str
    why: str
    text: str = ""
    """Its thought, where that is known."""
