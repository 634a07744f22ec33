"""What the screens share: settings, time, chance, and the store once it is open."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from later_tui.config.settings import Settings
from later_tui.domain.clock import Clock, SystemClock
from later_tui.domain.errors import StoreError
from later_tui.domain.reminder import Origin

if TYPE_CHECKING:
    from later_tui.domain.grammar import Reading
    from later_tui.store.asyncstore import Store
    from later_tui.store.outbox import Outbox


@dataclass(slots=True)
class Session:
    """One run of the app."""

    settings: Settings
    host: str
    """This machine's name, for postmarks."""
    folder: str
    """Where the app was started, for postmarks."""
    clock: Clock = field(default_factory=SystemClock)
    random: Callable[[int], bytes] = os.urandom
    opened: "Store | None" = None
    """The store, once it is open; it stays when Redis goes away, and reconnects by itself."""
    channels: tuple[str, ...] | None = None
    """The channels that a line may name; None until they were looked for: then any name."""
    trouble: str = ""
    """Why Redis cannot be used now, in one sentence; empty while it can."""

    @property
    def now(self) -> int:
        """The time, ms UTC."""
        return self.clock.now()

    @property
    def store(self) -> "Store":
        """The open store; raises StoreError while there is none."""
        if self.opened is None:
            raise StoreError(self.trouble or "Redis is still being opened: try again in a moment")
        return self.opened

    @property
    def reading(self) -> "Reading":
        """What the grammar needs to know now."""
        return self.settings.reading(self.now, self.channels)

    def look_for_channels(self) -> None:
        """Find out which channels are installed: 25 ms, which no key should wait for."""
        from later_tui.channels.registry import channel_names

        self.channels = channel_names()

    @property
    def outbox(self) -> "Outbox":
        """What waits on this machine until Redis has it."""
        from later_tui.store.outbox import Outbox

        return Outbox(self.settings.data_dir)

    def origin(self) -> Origin:
        """Return the postmark of a thought that is kept now."""
        return Origin(self.host, self.folder, self.now)
