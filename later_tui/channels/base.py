"""The contract between the worker and every way to deliver, built in or from a plugin."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from later_tui.domain.reminder import Answer, Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """One reminder, as it is handed to one channel."""

    reminder_id: str
    round: int
    """Which round of the reminder this is; an answer must say it back."""
    text: str
    tags: tuple[str, ...] = ()
    due_at: int
    """The drawn moment, ms UTC."""
    lateness_ms: int = 0
    """How long after `due_at` this is sent, ms."""
    origin: Origin
    attempt: int = 1
    """1 for the first send."""
    message_id: str
    """The same in every attempt, so that a receiver can see a repetition."""
    username: str
    count: int = 1
    """How many reminders it stands for; more than one make a digest, which is not answered."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a notification was sent, and what shows it."""

    via: str
    """The way it went, for example "pop-up", "plain", "terminal" or "toast"."""
    proof: str = ""
    """What proves the delivery, in words; empty where nothing can."""


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether a channel can deliver now."""

    ok: bool
    via: str = ""
    """The way it would go now; empty when there is none."""
    reason: str = ""
    """Why it cannot go, or why not by a better way; empty when nothing is to be said."""


@runtime_checkable
class Channel(Protocol):
    """A way to deliver. One object serves many deliveries at once, on one event loop."""

    name: str
    idempotent: bool
    """Whether sending the same notification twice does no harm."""

    async def send(self, notification: Notification) -> Receipt:
        """Deliver, and return what shows it.

        Bounded in time by the channel itself. May be cancelled.

        Raises TransientError (try again), PermanentError (never try again) or UnavailableError
        (not here, not now), and no other error.
        """
        ...

    async def available(self) -> Availability:
        """Say whether `send` could work now, and by which way. Raises nothing."""
        ...

    async def withdraw(self, reminder_id: str) -> None:
        """Take what is shown of the reminder away: it was answered elsewhere. Raises nothing."""
        ...

    async def aclose(self) -> None:
        """Let go of connections and tasks. What is on a screen may stay there."""
        ...


async def _unheard(reminder_id: str, answer: Answer, round_: int) -> None:
    """Take an answer that nobody asked for."""


@dataclass(frozen=True, slots=True)
class ChannelContext:
    """What a channel is given when it is opened."""

    options: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    """The table `[channel.NAME]` of the configuration."""
    on_answer: Callable[[str, Answer, int], Awaitable[None]] = _unheard
    """Called with (reminder id, answer, round) when the person answers on the channel."""
    on_open: Callable[[], None] | None = None
    """Called when the person wants to see the list that a digest stands for. None: no app runs."""
    toast: Callable[[Notification], bool] | None = None
    """The app's own toast; True when it is on a screen. None where no app runs."""
    terminal: Callable[[str], None] | None = None
    """Writes an escape sequence to the person's terminal. None where there is no terminal."""


ChannelFactory = Callable[[ChannelContext], Channel]
"""What an entry point of the group `later.channels` names; raises ConfigError for bad options."""
