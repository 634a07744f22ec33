"""Keeps reminders with routes on a real server, and does with them what workers do."""

from later_tui.domain.reminder import NewReminder, Reminder, State
from later_tui.domain.route import read_route
from later_tui.store.claims import Outcome
from later_tui.store.command import command
from later_tui.store.records import View
from later_tui.store.syncstore import SyncStore
from tests.making import due_in, now_ms
from tests.store.test_protocol import KEYS, arm, settle, take

MINUTE, HOUR = 60_000, 3_600_000


def routed(route: str, due: int = -1000, **more: object) -> NewReminder:
    read = read_route(route)
    steps = () if read.plain else read.steps
    return due_in(due, channels=read.channels, steps=steps, **more)


def keep(store: SyncStore, route: str, due: int = -1000, **more: object) -> NewReminder:
    new = routed(route, due, **more)
    store.add(new)
    return new


def deliver(store: SyncStore, channel: str, **more: object) -> int:
    """Deliver what is due on a channel; return when it was sent."""
    held = take(store, channel=channel)
    assert arm(store, held).ok
    at = now_ms()
    assert settle(store, held, Outcome.DELIVERED, sent_at=at, via=f"by {channel}", **more)
    return at


def fail(store: SyncStore, channel: str, outcome: Outcome = Outcome.FAILED) -> None:
    held = take(store, channel=channel)
    assert arm(store, held).ok
    assert settle(store, held, outcome, error="550 no such user")


def states(store: SyncStore, new: NewReminder) -> dict[str, State]:
    return {d.channel: d.state for d in store.get(new.id).deliveries}


def pull(store: SyncStore, new: NewReminder, channel: str, at: int = 0) -> None:
    """Let what waits on a channel be due now."""
    at = at or now_ms() - 1

    def flow():  # type: ignore[no-untyped-def]
        yield [
            command("ZADD", KEYS.lane(channel, "ada"), "XX", at, new.id),
            command("HSET", KEYS.task(new.id), f"at:{channel}", at),
        ]

    store.run(flow())


def expire(store: SyncStore, new: NewReminder, channel: str) -> None:
    def flow():  # type: ignore[no-untyped-def]
        yield [command("ZADD", KEYS.lane(channel, "ada"), "XX", now_ms() - 1, new.id)]

    store.run(flow())


def listed(store: SyncStore) -> dict[View, list[str]]:
    return {view: [r.id for r in store.page("ada", view, 0, 9).reminders] for view in View}


def nag(store: SyncStore, new: NewReminder, channel: str = "desktop") -> Reminder:
    """Deliver, and be sent again an hour later."""
    deliver(store, channel, nag_at=now_ms() + HOUR)
    return store.get(new.id)


def lost(store: SyncStore, route: str = "sms", **more: object) -> NewReminder:
    """Keep a reminder whose SMS may have been sent."""
    new = keep(store, route, **more)
    held = take(store, channel="sms", repeatable=False)
    arm(store, held)
    settle(store, held, Outcome.UNKNOWN, sent_at=now_ms(), error="no answer")
    return new
