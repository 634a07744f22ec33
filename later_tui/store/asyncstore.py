"""The store for the app and the worker: asyncio, bounded connections, events."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from later_tui.domain.errors import StoreError
from later_tui.domain.query import Query
from later_tui.domain.reminder import Answer, NewReminder, Reminder
from later_tui.store import (
    adoption,
    answering,
    deliveries,
    find,
    history,
    indexing,
    many,
    reminders,
    repair,
    sampling,
    servercheck,
    serverinfo,
    undo,
)
from later_tui.store.adoption import Adopted
from later_tui.store.answering import Answered
from later_tui.store.asyncwire import AsyncWire
from later_tui.store.claims import (
    Armed,
    Beat,
    Claims,
    Damaged,
    Event,
    Held,
    ServerInfo,
    Settlement,
    WorkerInfo,
)
from later_tui.store.command import Flow
from later_tui.store.find import Found
from later_tui.store.handing import hand_on
from later_tui.store.history import Bounds, Trimmed
from later_tui.store.keys import Keys
from later_tui.store.outbox import Outbox
from later_tui.store.records import Counts, Kept, Page, View
from later_tui.store.sampling import Sample
from later_tui.store.undo import TakenBack

if TYPE_CHECKING:
    from later_tui.config.settings import Settings

T = TypeVar("T")

EVENTS_AT_ONCE = 1000


class Store:
    """A user's reminders and their deliveries. Every method raises StoreError when Redis cannot be
    reached or refuses, ServerError when the private server cannot be started; what else it raises
    is written at the flow of the same name. A failed call is not repeated by itself; the next one
    looks for the server anew.
    """

    def __init__(self, wire: AsyncWire, keys: Keys, place: str, *, spread: bool = False) -> None:
        self._wire = wire
        self._keys = keys
        self._place = place
        self._spread = spread
        self._indexing: indexing.Indexing | None = None

    async def run(self, flow: Flow[T]) -> T:
        """Carry out a flow."""
        try:
            batch = next(flow)
            while True:
                try:
                    replies = await self._wire.execute(batch)
                except StoreError as error:
                    batch = flow.throw(error)  # some can do without what was refused
                else:
                    batch = flow.send(replies)
        except StopIteration as end:
            result: T = end.value
            return result

    @property
    def place(self) -> str:
        """Where the reminders are: "embedded" or an address without its secrets."""
        return self._place

    async def add(self, new: NewReminder, *, follows: bool = False) -> Kept:
        flow = reminders.add(self._keys, new, spread=self._spread, follows=follows)
        return await self.run(flow)

    async def add_many(self, news: Sequence[NewReminder]) -> list[Kept]:
        return await self.run(many.add_many(self._keys, news, spread=self._spread))

    async def hand_on(self, outbox: Outbox, shards: int) -> int:
        return await self.run(hand_on(self._keys, outbox, shards=shards, spread=self._spread))

    async def get(self, reminder_id: str) -> Reminder:
        return await self.run(reminders.get(self._keys, reminder_id))

    async def page(self, username: str, view: View, start: int, count: int) -> Page:
        return await self.run(reminders.page(self._keys, username, view, start, count))

    async def sample_ahead(self, username: str) -> Sample:
        return await self.run(sampling.ahead(self._keys, username))

    async def sample_behind(self, username: str) -> Sample:
        return await self.run(sampling.behind(self._keys, username))

    async def counts(self, username: str) -> Counts:
        return await self.run(reminders.counts(self._keys, username))

    async def answer(
        self,
        settings: "Settings",
        reminder_id: str,
        given: Answer,
        *,
        now: int,
        until: int | None = None,
        round_: int | None = None,
    ) -> Reminder:
        return await self.run(
            answering.answer(
                self._keys, settings, reminder_id, given, now=now, until=until, round_=round_
            )
        )

    async def answer_many(
        self,
        settings: "Settings",
        ids: Sequence[str],
        given: Answer,
        *,
        now: int,
        until: int | None = None,
        rounds: Mapping[str, int] | None = None,
    ) -> Answered:
        flow = answering.answer_many(
            self._keys, settings, ids, given, now=now, until=until, rounds=rounds
        )
        return await self.run(flow)

    async def undo(self, username: str, reminder_id: str | None = None) -> TakenBack:
        return await self.run(undo.undo(self._keys, username, reminder_id))

    async def resend(self, reminder_id: str, channel: str = "") -> Reminder:
        return await self.run(reminders.resend(self._keys, reminder_id, channel))

    async def find(
        self, settings: "Settings", query: Query, *, limit: int = 500
    ) -> AsyncGenerator[Found, None]:
        """Look for reminders, in steps; whoever has enough stops iterating."""
        if self._indexing is None:
            self._indexing = indexing.indexing(self._keys, settings, self._place)
        search = find.Search(self._keys, settings.user, query, self._indexing, limit)
        found = None
        while found is None or not found.done:
            try:
                found = await self.run(search.step())
            except OSError:  # the disk is full, or the folder may not be written to
                search.without_index()
                continue
            yield found
            await asyncio.sleep(0)

    async def edit(self, reminder_id: str, new: NewReminder) -> Reminder:
        return await self.run(reminders.edit(self._keys, reminder_id, new))

    async def claim(
        self,
        username: str,
        want: int,
        *,
        wakeup_before_ms: int,
        lease_ms: int,
        lanes: Sequence[tuple[str, bool]],
    ) -> Claims:
        flow = deliveries.claim(
            self._keys,
            username,
            want,
            wakeup_before_ms=wakeup_before_ms,
            lease_ms=lease_ms,
            lanes=lanes,
        )
        return await self.run(flow)

    async def set_aside(self, username: str, damaged: Sequence[Damaged]) -> None:
        await self.run(deliveries.set_aside(self._keys, username, damaged))

    async def arm(
        self, held: Sequence[Held], *, lease_ms: int, before_ms: int
    ) -> tuple[Armed, ...]:
        return await self.run(
            deliveries.arm(self._keys, held, lease_ms=lease_ms, before_ms=before_ms)
        )

    async def settle(self, settlements: Sequence[Settlement]) -> tuple[bool, ...]:
        return await self.run(deliveries.settle(self._keys, settlements))

    async def renew(self, held: Sequence[Held], *, lease_ms: int) -> tuple[bool, ...]:
        return await self.run(deliveries.renew(self._keys, held, lease_ms=lease_ms))

    async def beat(self, info: WorkerInfo, *, holds_ms: int) -> Beat:
        return await self.run(deliveries.beat(self._keys, info, holds_ms=holds_ms))

    async def adopt(self, channels: Sequence[str]) -> Adopted:
        return await self.run(adoption.adopt(self._keys, channels))

    async def trim(self, username: str, bounds: Bounds, start: int) -> Trimmed:
        return await self.run(history.trim(self._keys, username, bounds, start))

    async def mend(self) -> list[str]:
        return await self.run(repair.mend(self._keys))

    async def workers(self) -> tuple[WorkerInfo, ...]:
        return await self.run(deliveries.workers(self._keys))

    async def warnings(self) -> tuple[str, ...]:
        return await self.run(servercheck.warnings(self._place))

    async def server(self) -> ServerInfo:
        return await self.run(serverinfo.server(self._place))

    async def events(self, after: str, block_ms: int) -> tuple[str, tuple[Event, ...]]:
        """Wait up to `block_ms` for what changed after the event `after` ("$": from now on).

        Returns the id to go on from, and the events. One caller at a time waits on a Store: each
        reader of events opens its own.
        """
        streams = ("STREAMS", self._keys.events, after)
        reply = await self._wire.block(
            ("XREAD", "COUNT", EVENTS_AT_ONCE, "BLOCK", max(1, block_ms), *streams),
            block_ms,
        )
        last, found = deliveries.events(reply)
        return last or after, found

    async def last_event(self) -> str:
        """Return the id of the newest event, to go on from."""
        return await self.run(deliveries.last_event(self._keys))

    async def aclose(self) -> None:
        """Close the connections; the private server ends if nobody else uses it."""
        if self._indexing is not None:
            self._indexing.index.close()
        await self._wire.aclose()
