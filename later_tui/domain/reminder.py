"""A reminder, its deliveries, its states and which of them may follow which."""

from enum import StrEnum
from typing import NamedTuple

from later_tui.domain.hours import Hours
from later_tui.domain.route import Route, Step
from later_tui.domain.window import Span, Window


class State(StrEnum):
    """The state of a reminder, and of each of its deliveries (those never are done or released)."""

    SCHEDULED = "scheduled"
    CLAIMED = "claimed"
    SENDING = "sending"
    DELIVERED = "delivered"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"
    RELEASED = "released"

    @property
    def upcoming(self) -> bool:
        """Whether a reminder in this state is still to come."""
        return self in (State.SCHEDULED, State.CLAIMED, State.SENDING)

    @property
    def unanswered(self) -> bool:
        """Whether a reminder in this state waits for the person's answer."""
        return self in (State.DELIVERED, State.FAILED, State.UNKNOWN)


_OPEN = frozenset({State.DONE, State.RELEASED, State.SCHEDULED})

TRANSITIONS: dict[State, frozenset[State]] = {
    State.SCHEDULED: frozenset({State.CLAIMED}) | _OPEN,
    State.CLAIMED: frozenset({State.SENDING}) | _OPEN,
    State.SENDING: frozenset({State.DELIVERED, State.FAILED, State.UNKNOWN, State.CLAIMED}) | _OPEN,
    State.DELIVERED: _OPEN,
    State.FAILED: _OPEN,
    # Its lease ended while it was sent, and then its worker said that it was sent.
    State.UNKNOWN: frozenset({State.DELIVERED}) | _OPEN,
    State.DONE: frozenset({State.SCHEDULED}),
    State.RELEASED: frozenset({State.SCHEDULED}),
}
"""Which state may follow which; scheduled follows every other by a retry, again, snooze or edit."""


class Answer(StrEnum):
    """What the person does with a reminder."""

    DONE = "done"
    AGAIN = "again"
    SNOOZE = "snooze"
    LET_GO = "let-go"


class Origin(NamedTuple):
    """The postmark: where and when a thought was kept."""

    host: str
    folder: str
    created_at: int
    """ms UTC"""


class Attempt(NamedTuple):
    """One try to send, as it is kept in a delivery's trail."""

    at: int
    """ms UTC, by the server's clock"""
    attempt: int
    """Which send it was, from 1; 0 if none was begun. A nag counts anew."""
    outcome: str
    """What came of it: delivered, retry, failed, unknown or back (the lease was given back)."""
    via: str = ""
    error: str = ""


class Delivery(NamedTuple):
    """One reminder on one channel."""

    channel: str
    state: State = State.SCHEDULED
    attempt: int = 0
    """How many sends were begun (since the last nag)."""
    token: int = 0
    """The fencing token of the last claim."""
    sent_at: int | None = None
    """When it was first delivered, ms UTC by the server's clock."""
    via: str = ""
    """By which way it went, for example the desktop's pop-up or the terminal."""
    error: str = ""
    """Why the last attempt failed, in one sentence."""
    proof: str = ""
    """What proves the last delivery, in the other side's words; empty where nothing does."""
    wait: int | None = None
    """How long after the step before it goes, ms; None: at the drawn moment."""
    at: int | None = None
    """When it is meant to be sent next, ms UTC; None: at the drawn moment. As sealed as that."""
    nag: int = 0
    """How many times it is sent (or was) without an answer before the next send."""
    resent: bool = False
    """Whether the person asked for it once more after it had failed or may have been sent."""
    trail: tuple[Attempt, ...] = ()
    """The newest attempts, oldest first; empty when the other fields say all there is to say."""

    @property
    def nagging(self) -> bool:
        """Whether it was delivered and will be sent again, if nobody answers."""
        return self.nag > 0 and self.state.upcoming


class Reminder(NamedTuple):
    """A thought with its window, its channels and its state, as it stands in the store."""

    id: str
    username: str
    text: str
    channels: tuple[str, ...]
    """All those of its route."""
    window: Window
    due_at: int
    """The drawn moment, ms UTC. Sealed: shown only when the person asks."""
    origin: Origin
    steps: tuple[Step, ...] = ()
    """What of its route goes after what; empty if all of it goes at once."""
    nag_ms: int = 0
    """How often it is sent again until it is answered, ms; 0: it is not."""
    seed: int = 0
    pick: int = 0
    """Which draw of the seed's sequence `due_at` is."""
    state: State = State.SCHEDULED
    tags: tuple[str, ...] = ()
    between: Hours | None = None
    every: str = ""
    """The period of a repeating reminder, as the grammar writes it ("1w"), or empty."""
    round: int = 0
    """How many times the reminder was scheduled anew; an answer to an earlier round is void."""
    settled_at: int | None = None
    """When it was delivered, failed or answered last, ms UTC."""
    deliveries: tuple[Delivery, ...] = ()
    asked_ms: int = 0
    """How long a window was asked for, ms, where an edit of the words left less; 0: its window."""

    @property
    def route(self) -> Route:
        """Which channel goes after which."""
        return Route(self.steps) if self.steps else Route.at_once(self.channels)

    @property
    def retrying(self) -> bool:
        """Whether its moment has come, and a delivery that did not work is tried again."""
        waits = (d for d in self.deliveries if d.state is State.SCHEDULED)
        return self.state is State.SCHEDULED and any(d.attempt and d.error for d in waits)

    @property
    def lateness(self) -> int | None:
        """sent_at − due_at of the first delivery that is known to have been sent, ms, or None."""
        known = (d for d in self.deliveries if d.state is not State.UNKNOWN)
        sent = [d.sent_at for d in known if d.sent_at is not None]
        return min(sent) - self.due_at if sent else None


class NewReminder(NamedTuple):
    """What is handed to the store to keep: everything but the drawn moment."""

    id: str
    username: str
    text: str
    channels: tuple[str, ...]
    window: Window
    spans: tuple[Span, ...]
    """Where in the window the draw may fall; never empty."""
    seed: int
    minimum_gap: int
    """The least time between two reminders of one user, ms."""
    tags: tuple[str, ...]
    origin: Origin
    between: Hours | None = None
    every: str = ""
    steps: tuple[Step, ...] = ()
    """What of its route goes after what; empty if all of it goes at once."""
    nag_ms: int = 0
    """How often it is sent again until it is answered, ms; 0: it is not."""
    asked_ms: int = 0
    """How long a window was asked for, ms, where an edit of the words left less; 0: its window."""

    @property
    def route(self) -> Route:
        """Which channel goes after which."""
        return Route(self.steps) if self.steps else Route.at_once(self.channels)
