"""What the scripts do, as a small pure model: one reminder, its deliveries, abstract time.

Moments are reduced to what matters: before or after the due time (`Kept.early`), and whether a
lease still runs (`Place`). A reminder that is still to come has one state here, scheduled; its
deliveries have all of theirs.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple

from later_tui.domain.reminder import State
from later_tui.store.claims import Outcome
from tests.model.invariants import Place, sum_of

ANSWERED = frozenset({State.DONE, State.RELEASED})
HELD = frozenset({State.CLAIMED, State.SENDING})


class Fault(StrEnum):
    """A protection that a script may lack."""

    ARM_UNFENCED = "arm takes any token"
    SETTLE_UNFENCED = "settle takes any token"
    REQUEUED = "an SMS that is being sent is claimed again"
    LOST_AT_CLAIM = "claim takes the delivery out of its lane"
    SAME_TOKEN = "claim does not raise the token"
    ARMED_EARLY = "arm does not look at the due time"
    NOT_WITHDRAWN = "an answer leaves the deliveries in their lanes"


class Delivery(NamedTuple):
    """A delivery as the server has it. A channel that an edit dropped is released."""

    state: State = State.SCHEDULED
    place: Place = Place.WAITING
    token: int = 0

    def withdrawn(self) -> "Delivery":
        if not self.state.upcoming:
            return self
        return Delivery(State.RELEASED, Place.NOWHERE, self.token + (self.state in HELD))


class Kept(NamedTuple):
    """A reminder as the server has it."""

    deliveries: tuple[Delivery, ...]
    state: State = State.SCHEDULED
    early: bool = True

    def put(self, channel: int, delivery: Delivery) -> "Kept":
        one, two = self.deliveries[:channel], self.deliveries[channel + 1 :]
        return self._replace(deliveries=(*one, delivery, *two))


class Scripts:
    """The scripts, on reminders whose channels may or may not repeat a send.

    Each method is a pure function of what is kept; what it changes comes back with its answer.
    """

    def __init__(self, repeatable: Collection[bool], broken: Fault | None = None) -> None:
        self.repeatable = tuple(repeatable)
        self._broken = broken

    def add(self) -> Kept:
        return Kept((Delivery(),) * len(self.repeatable))

    def claim(self, kept: Kept, channel: int) -> tuple[Kept, int | None]:
        """Claim one delivery: its token, or None when there is nothing to do but settle it."""
        before = kept.deliveries[channel]
        if before.place in (Place.LEASED, Place.NOWHERE):
            return kept, None
        abandoned = before.state is State.SENDING and not self.repeatable[channel]
        if abandoned and self._broken is not Fault.REQUEUED:
            after = Delivery(State.UNKNOWN, Place.NOWHERE, before.token)
            return _summed_up(kept.put(channel, after)), None
        token = before.token + (self._broken is not Fault.SAME_TOKEN)
        place = Place.NOWHERE if self._broken is Fault.LOST_AT_CLAIM else Place.LEASED
        return kept.put(channel, Delivery(State.CLAIMED, place, token)), token

    def arm(self, kept: Kept, channel: int, token: int) -> tuple[Kept, str]:
        """Mark a delivery as being sent: "ok", "void" or "early"."""
        before = kept.deliveries[channel]
        fenced = before.token == token or self._broken is Fault.ARM_UNFENCED
        if not (fenced and before.state is State.CLAIMED and before.place is Place.LEASED):
            return kept, "void"
        if kept.early and self._broken is not Fault.ARMED_EARLY:
            return kept, "early"
        return kept.put(channel, before._replace(state=State.SENDING)), "ok"

    def renew(self, kept: Kept, channel: int, token: int) -> tuple[Kept, bool]:
        before = kept.deliveries[channel]
        if before.token != token or before.state not in HELD:
            return kept, False
        return kept.put(channel, before._replace(place=Place.LEASED)), True

    def settle(self, kept: Kept, channel: int, token: int, outcome: Outcome) -> tuple[Kept, bool]:
        before = kept.deliveries[channel]
        never_armed = outcome not in (Outcome.DELIVERED, Outcome.UNKNOWN)
        held = before.state is State.SENDING or (before.state is State.CLAIMED and never_armed)
        # Called unknown when its lease ended, and now its worker says that it was sent after all.
        held = held or (before.state is State.UNKNOWN and outcome is Outcome.DELIVERED)
        if not held or (before.token != token and self._broken is not Fault.SETTLE_UNFENCED):
            return kept, False
        if outcome in (Outcome.RETRY, Outcome.BACK):
            return kept.put(channel, Delivery(token=before.token)), True
        after = Delivery(State(outcome.value), Place.NOWHERE, before.token)
        kept = _summed_up(kept.put(channel, after))
        if outcome is Outcome.DELIVERED and kept.state is State.UNKNOWN:
            kept = kept._replace(state=State.DELIVERED)
        return kept, True

    def answer(self, kept: Kept, answer: State = State.DONE) -> tuple[Kept, bool]:
        """Done, or let go; False when it was answered already."""
        if kept.state in ANSWERED:
            return kept, kept.state is answer
        deliveries = kept.deliveries
        if self._broken is not Fault.NOT_WITHDRAWN:
            deliveries = tuple(delivery.withdrawn() for delivery in deliveries)
        return kept._replace(state=answer, deliveries=deliveries), True

    def reschedule(self, kept: Kept, channels: Collection[int]) -> Kept:
        """Schedule anew (again, snooze, edit), from then on through these channels."""
        gone = [delivery.withdrawn() for delivery in kept.deliveries]
        deliveries = tuple(
            Delivery(token=old.token)
            if channel in channels
            else Delivery(State.RELEASED, Place.NOWHERE, old.token)
            for channel, old in enumerate(gone)
        )
        return Kept(deliveries)

    @staticmethod
    def fall_due(kept: Kept) -> Kept:
        """Time passes: the due time comes."""
        return kept._replace(early=False)

    @staticmethod
    def expire(kept: Kept, channel: int) -> Kept:
        """Time passes: a lease ends."""
        before = kept.deliveries[channel]
        return kept.put(channel, before._replace(place=Place.EXPIRED))


def _summed_up(kept: Kept) -> Kept:
    """Settle the reminder, if it is not settled and its deliveries say what it is."""
    sum_ = sum_of(delivery.state for delivery in kept.deliveries)
    return kept if sum_ is None or not kept.state.upcoming else kept._replace(state=sum_)
