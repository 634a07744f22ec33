"""What workers are told by the store, and tell it: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from later_tui.domain.failing import Failing
from later_tui.domain.reminder import Reminder


@dataclass(frozen=True, slots=True)
class WorkerInfo:
    """A worker that is alive."""

    id: str
    host: str
    pid: int
    since: int
    """ms UTC"""
    channels: tuple[str, ...]
    slots: int
    busy: int
    user: str = ""
    """Whose reminders it delivers; empty if it does not say."""
    waiting: Mapping[str, str] = field(default_factory=dict)
    """Channels that it cannot use now, and why."""
    failing: Mapping[str, Failing] = field(default_factory=dict)
    """Channels that it uses, and whose last sends failed."""

    def works_for(self, username: str) -> bool:
        """Whether it delivers this user's reminders, by whatever channels."""
        return self.user in ("", username)

    def serves(self, username: str, channel: str) -> bool:
        """Whether it can deliver this user's reminders on a channel."""
        return self.works_for(username) and channel in self.channels


@dataclass(frozen=True, slots=True)
class ServerInfo:
    """What keeps the reminders: `place` is "embedded" or an address without its secrets."""

    product: str
    version: str
    place: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something changed: added, changed, answered, delivered, failed, unknown or retry."""

    id: str
    kind: str
    reminder_id: str
    username: str
    due_at: int | None
    """When the worker has to act next, ms UTC, if the event says so."""
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that this worker holds until its lease ends."""

    reminder: Reminder
    channel: str
    token: int
    fire_at: int
    """When to send, ms UTC by the server's clock."""

    @property
    def reminder_id(self) -> str:
        return self.reminder.id


@dataclass(frozen=True, slots=True)
class Claims:
    """The answer to a claim."""

    now: int
    """The server's clock, ms UTC."""
    next_wakeup: int | None
    """When to claim again if nothing happens before, ms UTC."""
    last_event: str
    claims: tuple[Claim, ...]
    damaged: tuple["Damaged", ...]
    """What was claimed and could not be read."""
    foreign: int = 0
    """How many entries of other programs wait in the plain lane to be adopted."""


@dataclass(frozen=True, slots=True)
class Beat:
    """The answer to a heartbeat."""

    now: int
    """The server's clock, ms UTC."""
    foreign: int
    """How many entries of other programs wait in the plain lane to be adopted."""


@dataclass(frozen=True, slots=True)
class Damaged:
    """A delivery whose record cannot be read, and why."""

    reminder_id: str
    channel: str
    why: str
    token: int
    """Of the claim under which it was found so."""


@dataclass(frozen=True, slots=True)
class Held:
    """What names a claimed delivery to arm, renew and settle."""

    reminder_id: str
    channel: str
    token: int


class Outcome(StrEnum):
    """What came of a delivery."""

    DELIVERED = "delivered"
    RETRY = "retry"
    FAILED = "failed"
    UNKNOWN = "unknown"
    BACK = "back"
    """The lease is given back unused."""
    LATER = "later"
    """It may not be sent before `retry_at`; nothing was tried."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a worker says came of a delivery it holds."""

    held: Held
    outcome: Outcome
    sent_at: int | None = None
    retry_at: int | None = None
    via: str = ""
    error: str = ""
    proof: str = ""
    """What proves the delivery, in the other side's words."""
    nag_at: int | None = None
    """When it is sent again unless it is answered, ms UTC; None: it is not."""


@dataclass(frozen=True, slots=True)
class Armed:
    """The answer to arm: it may be sent (`ok`), is `void`, or is early by `early_ms`."""

    now: int
    ok: bool
    early_ms: int = 0

    @property
    def void(self) -> bool:
        return not self.ok and self.early_ms == 0
