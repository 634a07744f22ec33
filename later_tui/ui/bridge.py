"""From the store's events to the screens' messages: opening, following, reconnecting."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual.message import Message

from later_tui.domain.errors import LaterError
from later_tui.ui.session import Session

if TYPE_CHECKING:
    from later_tui.config.settings import Settings
    from later_tui.store.asyncstore import Store
    from later_tui.store.claims import Event, ServerInfo

logger = logging.getLogger(__name__)

OpenStore = Callable[["Settings"], Awaitable["Store"]]

BLOCK_MS = 15_000
"""How long one read of the events waits."""
GATHER_S = 0.2
"""How long events gather in a storm, s."""
STORM = 3
"""So many reads that each found something so soon after the one before are a storm."""
FIRST_WAIT, LONGEST_WAIT = 0.2, 2.0
"""Seconds between attempts to reach Redis; the promise is to be back within five."""


class StoreOpened(Message):
    """Redis can be used (again); whatever was shown before may be old."""

    def __init__(self, server: "ServerInfo", warnings: int = 0) -> None:
        """`warnings`: how many things about the server might lose reminders."""
        self.server = server
        self.warnings = warnings
        super().__init__()


class StoreLost(Message):
    """Redis cannot be used; `reason` is a sentence."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__()

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, StoreLost)


class Happened(Message):
    """Something changed in the store. A flood of these folds into one; `take` gives all of it."""

    def __init__(self, bridge: "Bridge") -> None:
        self._bridge = bridge
        super().__init__()

    def take(self) -> "list[Event]":
        """Return the events that nobody has taken yet, oldest first."""
        return self._bridge.take()

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, Happened)


class Bridge:
    """Follows the store for as long as `run` runs."""

    def __init__(
        self, session: Session, open_store: OpenStore, post: Callable[[Message], object]
    ) -> None:
        self._session = session
        self._open = open_store
        self._post = post
        self._untaken: list[Event] = []
        self._read_at = 0.0
        self._quick = 0
        self.seen = "0-0"
        """The id of the last event that was received."""

    async def run(self) -> None:
        """Open the store and post what happens in it, until cancelled."""
        wait = FIRST_WAIT
        while True:
            try:
                store = await self._opened()
                self.seen, server = await store.last_event(), await store.server()
                warnings = len(await store.warnings())
                wait = FIRST_WAIT
                self._session.trouble = ""
                self._post(StoreOpened(server, warnings))
                while True:
                    self.seen, events = await store.events(self.seen, BLOCK_MS)
                    self._receive(events)
                    await self._gather()
            except LaterError as error:
                self._lost(str(error))
            except Exception:
                # A fault of ours: the log has it, and the lists go on.
                logger.exception("following the store failed and is begun anew")
                self._lost("Redis said what was not expected: the log has more")
                wait = LONGEST_WAIT
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    def _lost(self, reason: str) -> None:
        self._session.trouble = reason
        self._post(StoreLost(reason))

    async def _gather(self) -> None:
        """In a storm, let some events gather before the next read: each read costs the keys."""
        loop = asyncio.get_running_loop()
        self._quick = self._quick + 1 if loop.time() - self._read_at < GATHER_S else 0
        if self._quick >= STORM:
            await asyncio.sleep(GATHER_S)
        self._read_at = loop.time()

    def take(self) -> "list[Event]":
        """Return the events that were received since the last call."""
        events, self._untaken = self._untaken, []
        return events

    async def aclose(self) -> None:
        """Close the store, if it was opened."""
        store, self._session.opened = self._session.opened, None
        if store is not None:
            await store.aclose()

    async def _opened(self) -> "Store":
        if self._session.opened is None:
            self._session.opened = await self._open(self._session.settings)
        return self._session.opened

    def _receive(self, events: "tuple[Event, ...]") -> None:
        user = self._session.settings.user
        ours = [event for event in events if event.username in ("", user)]
        if ours:
            self._untaken += ours
            self._post(Happened(self))
