"""What `later` is told by its configuration, checked and complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from later_tui.domain.quiet import Quiet
from later_tui.domain.times import H24, TimeFormat

if TYPE_CHECKING:
    from later_tui.domain.duration import Duration
    from later_tui.domain.grammar import Reading
    from later_tui.domain.habits import Habits
    from later_tui.domain.route import Route, Step


THEME = "later-dark"


@dataclass(frozen=True, slots=True)
class RedisSettings:
    """Where Redis is. Neither `url` nor `host`: the private server is used.

    With a `url`, `username` and `password` are the ones to use, be they from the URL or not; the
    URL holds the same ones, percent-encoded.
    """

    url: str | None = field(default=None, repr=False)
    host: str | None = None
    port: int = 6379
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: bool = False
    ca_file: str | None = None
    """The certificate authority to trust instead of the system's."""
    sentinels: tuple[str, ...] = ()
    """HOST:PORT of each sentinel; `service` is the primary's name among them."""
    service: str = "mymaster"
    sentinel_password: str | None = field(default=None, repr=False)
    cluster: tuple[str, ...] = ()
    """HOST:PORT of some nodes of a cluster."""
    replicas: bool = False
    """Whether an add waits for a replica; with sentinels and in a cluster it always does."""
    shards: int = 1

    @property
    def configured(self) -> bool:
        """Whether a Redis was named; if not, the private server is used."""
        return bool(self.url is not None or self.host is not None or self.sentinels or self.cluster)


class WorkerSettings(NamedTuple):
    """How the worker works."""

    max_workers: int = 50
    """How many deliveries may be under way at once."""
    wakeup_before_ms: int = 2000
    """How long before its time a delivery is claimed."""
    lease_ms: int = 30_000
    """How long a claim holds unless it is renewed."""
    users: tuple[str, ...] = ()
    """Whose reminders `later worker` delivers; empty: its own user's."""


@dataclass(frozen=True, slots=True)
class HistorySettings:
    """How much of the past is kept; what waits for an answer is the last to go."""

    count: int = 100_000
    age_ms: int = 2 * 31_557_600_000
    """Two years."""
    bytes: int = 64 << 20
    """Of the server's memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The whole configuration; its repr holds no secret."""

    user: str
    timezone: ZoneInfo
    quiet: Quiet
    data_dir: Path
    """The private server's folder, and the outbox."""
    state_dir: Path
    """The log's folder."""
    config_file: Path
    """The file that was read, or would have been."""
    window: str = "2w"
    """The default window, as the grammar writes it."""
    minimum_gap: int = 300_000
    """The least time between two reminders of the user, ms."""
    channels: tuple[str, ...] = ("desktop",)
    """The channels of the route that a thought takes unless it or its tags say otherwise."""
    steps: tuple[Step, ...] = ()
    """What of that route goes after what; empty if all of it goes at once."""
    tags: Mapping[str, Route] = field(default_factory=dict)
    """Routes by tag, in lower case and without the #."""
    nag_ms: int = 0
    """How often a reminder is sent again until it is answered, ms; 0: it is not."""
    theme: str = THEME
    theme_chosen: bool = False
    """Whether somebody wrote that theme down, though it may be the default."""
    times: TimeFormat = H24
    """How times of day are written, and when weeks begin."""
    title_count: bool = False
    """Whether the terminal's title tells how many reminders are unanswered."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """The table `[keys]`: a binding's id -> its keys; the app knows which there are."""
    redis: RedisSettings = RedisSettings()
    worker: WorkerSettings = field(default_factory=WorkerSettings)
    history: HistorySettings = HistorySettings()
    channel_options: Mapping[str, Mapping[str, object]] = field(default_factory=dict, repr=False)
    """The tables `[channel.NAME]`, which each channel checks for itself; may hold secrets."""

    @property
    def worked_for(self) -> tuple[str, ...]:
        """Whose reminders `later worker` delivers: its own user's, unless others are named."""
        return self.worker.users or (self.user,)

    @property
    def default_window(self) -> Duration:
        """The default window's length."""
        from later_tui.domain.duration import read_duration

        return read_duration(self.window)

    @property
    def themes_dir(self) -> Path:
        """Where the person's own themes are, one a file."""
        return self.config_file.parent / "themes"

    @property
    def habits(self) -> Habits:
        """What a thought gets that says nothing else."""
        from later_tui.domain.habits import Habits
        from later_tui.domain.route import Route

        route = Route(self.steps) if self.steps else Route.at_once(self.channels)
        return Habits(route, self.tags, self.nag_ms)

    @property
    def served(self) -> tuple[str, ...]:
        """Every channel that the configuration's routes name."""
        by_tag = (channel for route in self.tags.values() for channel in route.channels)
        return tuple(dict.fromkeys((*self.channels, *by_tag)))

    @property
    def log_file(self) -> Path:
        """Where the tracebacks of unexpected errors go."""
        return self.state_dir / "later.log"

    def reading(self, now: int, channels: Iterable[str] | None = None) -> Reading:
        """Return what the grammar needs to read a line at `now` (ms UTC).

        `channels` are those that a line may name besides the configured ones; None: any name.
        """
        from later_tui.config.dates import calendar
        from later_tui.domain.grammar import Reading

        return Reading(
            now=now,
            zone=self.timezone,
            default_window=self.default_window,
            calendar=calendar,
            channels=None if channels is None else frozenset((*channels, *self.served)),
        )
