"""What the keys of one reminder say, and what must hold of them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from later_tui.domain.reminder import State
from later_tui.store.command import Flow, command
from later_tui.store.keys import Keys
from tests.model.invariants import NO_MOMENT, Place, misnamed, misplaced, misrouted

INDEXES = ("tasks", "due", "past", "unanswered")
"""A user's sorted sets: upcoming by the window's end, by the drawn moment, settled, unanswered."""

NEVER = 10**15
"""Further than any moment, ms."""


class Snapshot(NamedTuple):
    """The keys of one reminder at one moment."""

    now: int
    """The server's clock, ms UTC."""
    fields: dict[str, str]
    lanes: dict[str, float | None]
    indexes: dict[str, float | None]

    @property
    def channels(self) -> list[str]:
        return self.fields["tasktype"].split(",")

    @property
    def state(self) -> State:
        return State(self.fields.get("state", State.SCHEDULED))

    def delivery(self, channel: str) -> State:
        """A channel's state; of one that an edit dropped, released."""
        gone = State.SCHEDULED if channel in self.channels else State.RELEASED
        return State(self.fields.get(f"state:{channel}", gone))

    def token(self, channel: str) -> int:
        return int(self.fields.get(f"token:{channel}", 0))

    def nagged(self, channel: str) -> bool:
        return f"nag:{channel}" in self.fields

    def told(self, channel: str) -> State:
        """The state by which the reminder is called: one that nags was delivered."""
        state = self.delivery(channel)
        return State.DELIVERED if self.nagged(channel) and state.upcoming else state

    def at(self, channel: str) -> float | None:
        """The own moment of a delivery, if it has one."""
        at = self.fields.get(f"at:{channel}")
        return float(at) if at and channel in self.channels else None

    def ahead(self, channel: str) -> bool | None:
        """Whether its own moment is still to come; None if it has none."""
        at = self.at(channel)
        return None if at is None else at > self.now

    @property
    def fallback(self) -> bool:
        """Whether of two channels the first that works is enough."""
        return "?" in self.fields.get("route", "")

    def place(self, channel: str) -> Place:
        """Where a delivery stands: what a score means follows from the state."""
        score = self.lanes[channel]
        if score is None:
            return Place.NOWHERE
        if self.delivery(channel) not in (State.CLAIMED, State.SENDING):
            return Place.WAITING
        return Place.LEASED if score > self.now else Place.EXPIRED


def take(keys: Keys, user: str, reminder_id: str, channels: Sequence[str]) -> Flow[Snapshot]:
    """Read every key that speaks of a reminder, `channels` being all that it could have."""
    clock, pairs, *scores = yield [
        command("TIME"),
        command("HGETALL", keys.task(reminder_id)),
        *(command("ZSCORE", keys.lane(channel, user), reminder_id) for channel in channels),
        *(command("ZSCORE", f"{keys.prefix}{user}_{name}", reminder_id) for name in INDEXES),
    ]
    numbers = [None if score is None else float(score) for score in scores]
    return Snapshot(
        int(clock[0]) * 1000 + int(clock[1]) // 1000,
        {pairs[i].decode(): pairs[i + 1].decode() for i in range(0, len(pairs), 2)},
        dict(zip(channels, numbers, strict=False)),
        dict(zip(INDEXES, numbers[len(channels) :], strict=True)),
    )


def wrong(found: Snapshot) -> Iterator[str]:
    """A delivery stands in one place that matches its state, a reminder in the lists of its own."""
    states = [found.delivery(channel) for channel in found.lanes]
    for channel, state in zip(found.lanes, states, strict=True):
        yield from misplaced(state, found.place(channel))
        yield from _misscored(found, channel)
    told = [found.told(channel) for channel in found.lanes]
    yield from misnamed(found.state, states, told)
    if found.fallback:
        resent = [f"resent:{channel}" in found.fields for channel in found.lanes]
        yield from misrouted(states, told, resent)
    yield from _mislisted(found)


def _misscored(found: Snapshot, channel: str) -> Iterator[str]:
    """A delivery that waits for its first attempt is scored by its moment; a nag has its own."""
    first = f"attempt:{channel}" not in found.fields
    own = found.at(channel)
    if own is None and found.nagged(channel) and found.delivery(channel).upcoming:
        yield NO_MOMENT
    due = _due(found) if own is None else own
    if first and found.place(channel) is Place.WAITING and found.lanes[channel] != due:
        yield f"a delivery is due at {due} and stands at {found.lanes[channel]}"


def _mislisted(found: Snapshot) -> Iterator[str]:
    """A reminder is in upcoming and due while it is to come, then in past, and in unanswered until
    it is answered; each index has it under the moment that the index is sorted by.
    """
    settled = float(found.fields.get("settled_at", NEVER))
    end = float(found.fields["not_after"])
    expected: dict[str, float | None] = dict.fromkeys(INDEXES)
    if found.state.upcoming:
        expected |= {"tasks": end, "due": _due(found)}
    else:
        expected |= {"past": settled}
    if found.state.unanswered:
        expected |= {"unanswered": settled}
    for name, score in expected.items():
        if found.indexes[name] != score:
            yield (
                f"a reminder that is {found.state} stands in {name} at {found.indexes[name]}, "
                + (f"not at {score}")
            )


def _due(found: Snapshot) -> float:
    return float(found.fields["due_at"])
