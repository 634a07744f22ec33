"""The contract between the worker and every way to deliver, built in or from a plugin."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol, runtime_checkable
from zoneinfo import ZoneInfo

from later_tui.domain.reminder import Answer, Origin
from later_tui.domain.times import H24, TimeFormat


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
    nag: int = 0
    """How many times it was sent before without an answer; 0 unless nagging was asked for."""
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
    """What proves the delivery, such as the server's own "250 queued as 4F1"; or empty."""


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
    """A way to deliver. One object serves many deliveries at once, on one event loop.

    The text of a notification is inert: no control character is in it but the line feed. Yet it may
    be anything that somebody can write, and each channel quotes it for its own medium.
    """

    name: str
    idempotent: bool
    """Whether sending the same notification twice does no harm."""

    async def send(self, notification: Notification) -> Receipt:
        """Deliver, and return what shows it.

        Bounded in time by the channel itself. May be cancelled.

        Raises TransientError (try again), PermanentError (never try again), UnavailableError (not
        here, not now) or MaybeSentError (it may have been sent), and no other error.
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
    """What a channel is given when it is opened, besides its own options."""

    on_answer: Callable[[str, Answer, int], Awaitable[None]] = _unheard
    """Called with (reminder id, answer, round) when the person answers on the channel.

    Raises BadInputError: it was answered elsewhere already, or is gone; any other LaterError: the
    answer was not kept, which the person must be told."""
    on_open: Callable[[], None] | None = None
    """Called when the person wants to see the list that a digest stands for. None: no app runs."""
    toast: Callable[[Notification], bool | Awaitable[bool]] | None = None
    """The app's own toast; True when it is on a screen. None where no app runs."""
    terminal: Callable[[str], None] | None = None
    """Writes an escape sequence to the person's terminal. None where there is no terminal."""
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    """The person's time zone, for times in words."""
    times: TimeFormat = H24
    """How the person writes times of day, for the same."""


class ChannelClass(Protocol):
    """What an entry point of the group `later.channels` names: a class.

    Its `__init__` takes the options and the context. It touches neither network nor screen, and
    raises ConfigError where the options do not go together.
    """

    Options: ClassVar[type[Any]]
    """A dataclass; `channels/options.py` reads the table `[channel.NAME]` into it."""

    def __call__(self, options: Any, context: ChannelContext, /) -> Channel:
        """Open the channel."""
        ...
