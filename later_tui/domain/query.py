"""What somebody looks for among the reminders, and whether one of them is it.

    bicycle tip           all of these words, anywhere in the thought or its tags
    "to the tip"          exactly these, one after the other
    #work  !email         the tag; the channel
    is:done               its state; is:done,failed is either of them
    before:fri            listed under an earlier time; after:2026-11-01, under that one or a later
    from:mill  in:src     kept on that machine; in that folder
    -#work  -mum          not that

Case and accents make no difference. What is asked for must all be so. An upcoming reminder is
listed under the end of its window (its drawn moment is sealed), a past one under when it was
settled. `query_text` reads this.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from later_tui.domain.fold import fold
from later_tui.domain.reminder import Reminder, State

LATE_MS = 60_000
"""How late a delivery is that `is:late` finds, ms: more than what a healthy worker ever needs."""


class Kind(StrEnum):
    """What a term is about."""

    TEXT = "text"
    TAG = "tag"
    CHANNEL = "channel"
    IS = "is"
    BEFORE = "before"
    AFTER = "after"
    FROM = "from"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must be so, or must not. Values are folded; a moment's is ms UTC, as digits.

    Several values: one of them must be so.
    """

    kind: Kind
    values: tuple[str, ...]
    negated: bool = False


IS: dict[str, Callable[[Reminder], bool]] = {
    "upcoming": lambda r: r.state.upcoming,
    "past": lambda r: not r.state.upcoming,
    "unanswered": lambda r: r.state.unanswered,
    "done": lambda r: r.state is State.DONE,
    "let-go": lambda r: r.state is State.RELEASED,
    "delivered": lambda r: r.state is State.DELIVERED,
    "failed": lambda r: r.state is State.FAILED,
    "unknown": lambda r: r.state is State.UNKNOWN,
    "late": lambda r: not r.state.upcoming and (r.lateness or 0) > LATE_MS,
    "repeating": lambda r: bool(r.every),
}
"""What may follow `is:`; `released` is taken for let-go."""


def listed_at(reminder: Reminder) -> int:
    """Return the moment under which a reminder is listed, ms UTC."""
    if reminder.state.upcoming or reminder.settled_at is None:
        return reminder.window.not_after
    return reminder.settled_at


def place_among_found(reminder: Reminder) -> tuple[bool, int]:
    """Return what sorts what is found: what is to come, then the past, the last first."""
    at = listed_at(reminder)
    return (False, at) if reminder.state.upcoming else (True, -at)


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for: every term must hold. Without terms everything is found."""

    terms: tuple[Term, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.terms

    def matches(self, reminder: Reminder) -> bool:
        """Return whether a reminder is what is looked for."""
        haystack = ""
        for term in self.terms:
            if term.kind is Kind.TEXT and not haystack:
                haystack = fold(f"{reminder.text} {' '.join(reminder.tags)}")
            if _holds(term, reminder, haystack) is term.negated:
                return False
        return True

    def wanted(self, kind: Kind) -> list[tuple[str, ...]]:
        """Return the values of the terms of a kind that must be so."""
        return [term.values for term in self.terms if term.kind is kind and not term.negated]


def _holds(term: Term, reminder: Reminder, haystack: str) -> bool:
    match term.kind:
        case Kind.TEXT:
            return any(value in haystack for value in term.values)
        case Kind.TAG:
            return any(fold(tag) in term.values for tag in reminder.tags)
        case Kind.CHANNEL:
            return any(fold(channel) in term.values for channel in reminder.channels)
        case Kind.IS:
            return any(IS[value](reminder) for value in term.values)
        case Kind.BEFORE:
            return listed_at(reminder) < int(term.values[0])
        case Kind.AFTER:
            return listed_at(reminder) >= int(term.values[0])
        case Kind.FROM:
            return any(value in fold(reminder.origin.host) for value in term.values)
        case Kind.IN:
            return any(value in fold(reminder.origin.folder) for value in term.values)
