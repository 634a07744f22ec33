"""The store for commands: blocking, one connection, nothing heavy imported."""

from collections.abc import Generator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from later_tui.domain.errors import StoreError
from later_tui.domain.reminder import Answer, NewReminder, Reminder
from later_tui.store import reminders
from later_tui.store.closing import Closing
from later_tui.store.command import Flow
from later_tui.store.keys import Keys
from later_tui.store.records import Counts, Kept, Page, View
from later_tui.store.wire import Wire

if TYPE_CHECKING:
    from later_tui.config.settings import Settings
    from later_tui.domain.query import Query
    from later_tui.store.answering import Answered
    from later_tui.store.claims import ServerInfo, WorkerInfo
    from later_tui.store.find import Found
    from later_tui.store.locators import Locator
    from later_tui.store.outbox import Outbox
    from later_tui.store.sampling import Sample
    from later_tui.store.undo import TakenBack

T = TypeVar("T")


class SyncStore(Closing):
    """A user's reminders. Every method raises StoreError when Redis cannot be reached or refuses;
    what else it raises is written at the flow of the same name.
    """

    def __init__(self, wire: Wire, keys: Keys, locator: "Locator") -> None:
        self._wire = wire
        self._keys = keys
        self._locator = locator

    def run(self, flow: Flow[T]) -> T:
        """Carry out a flow."""
        try:
            batch = next(flow)
            while True:
                try:
                    replies = self._wire.execute(batch)
                except StoreError as error:
                    batch = flow.throw(error)  # some can do without what was refused
                else:
                    batch = flow.send(replies)
        except StopIteration as end:
            result: T = end.value
            return result

    @property
    def keys(self) -> Keys:
        """The names of the keys of this store's shard."""
        return self._keys

    @property
    def place(self) -> str:
        """Where the reminders are: "embedded" or an address without its secrets."""
        return self._locator.place

    def add(self, new: NewReminder) -> Kept:
        return self.run(reminders.add(self._keys, new, spread=self._locator.spread))

    def add_many(self, news: Sequence[NewReminder]) -> list[Kept]:
        from later_tui.store import many

        return self.run(many.add_many(self._keys, news, spread=self._locator.spread))

    def hand_on(self, outbox: "Outbox", shards: int) -> int:
        from later_tui.store.handing import hand_on

        return self.run(hand_on(self._keys, outbox, shards=shards, spread=self._locator.spread))

    def get(self, reminder_id: str) -> Reminder:
        return self.run(reminders.get(self._keys, reminder_id))

    def resolve(self, username: str, prefix: str) -> str:
        return self.run(reminders.resolve(self._keys, username, prefix))

    def page(self, username: str, view: View, start: int, count: int) -> Page:
        return self.run(reminders.page(self._keys, username, view, start, count))

    def sample_ahead(self, username: str) -> "Sample":
        from later_tui.store import sampling

        return self.run(sampling.ahead(self._keys, username))

    def sample_behind(self, username: str) -> "Sample":
        from later_tui.store import sampling

        return self.run(sampling.behind(self._keys, username))

    def counts(self, username: str) -> Counts:
        return self.run(reminders.counts(self._keys, username))

    def answer(
        self,
        settings: "Settings",
        reminder_id: str,
        given: Answer,
        *,
        now: int,
        until: int | None = None,
        round_: int | None = None,
    ) -> Reminder:
        from later_tui.store import answering

        return self.run(
            answering.answer(
                self._keys, settings, reminder_id, given, now=now, until=until, round_=round_
            )
        )

    def answer_many(
        self,
        settings: "Settings",
        ids: Sequence[str],
        given: Answer,
        *,
        now: int,
        until: int | None = None,
        rounds: Mapping[str, int] | None = None,
    ) -> "Answered":
        from later_tui.store import answering

        flow = answering.answer_many(
            self._keys, settings, ids, given, now=now, until=until, rounds=rounds
        )
        return self.run(flow)

    def undo(self, username: str, reminder_id: str | None = None) -> "TakenBack":
        from later_tui.store import undo

        return self.run(undo.undo(self._keys, username, reminder_id))

    def resend(self, reminder_id: str, channel: str = "") -> Reminder:
        return self.run(reminders.resend(self._keys, reminder_id, channel))

    def find(
        self, settings: "Settings", query: "Query", *, limit: int = 500
    ) -> "Generator[Found, None, None]":
        """Look for reminders, in steps; whoever has enough stops iterating."""
        from later_tui.store import find, indexing

        made = indexing.indexing(self._keys, settings, self.place)
        search = find.Search(self._keys, settings.user, query, made, limit)
        found = None
        try:
            while found is None or not found.done:
                try:
                    found = self.run(search.step())
                except OSError:  # the disk is full, or the folder may not be written to
                    search.without_index()
                    continue
                yield found
        finally:
            made.index.close()

    def edit(self, reminder_id: str, new: NewReminder) -> Reminder:
        return self.run(reminders.edit(self._keys, reminder_id, new))

    def workers(self) -> "tuple[WorkerInfo, ...]":
        from later_tui.store import deliveries

        return self.run(deliveries.workers(self._keys))

    def warnings(self) -> tuple[str, ...]:
        from later_tui.store import servercheck

        return self.run(servercheck.warnings(self._locator.place))

    def server(self) -> "ServerInfo":
        from later_tui.store import serverinfo

        return self.run(serverinfo.server(self._locator.place))

    def close(self) -> None:
        """Close the connection; the private server ends if nobody else uses it."""
        self._wire.close()
        self._locator.release()
