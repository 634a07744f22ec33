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
    NOT_SPARED = "a fallback goes though the way before it worked"
    NAGS_AT_ONCE = "a nag has no moment of its own"
    NAGS_THE_ANSWERED = "an answered reminder nags when its send is known to have been one"
    NAG_REPEATED = "a nag that may have been sent is sent again before the next"


class Own(StrEnum):
    """The moment of a delivery that has one beside the drawn one: a further step, a nag."""

    NONE = "none"
    AHEAD = "ahead"
    COME = "come"


class Link(StrEnum):
    """What the second channel of a reminder waits for."""

    NONE = "none"
    FALLBACK = "fallback"
    """It goes only if the first is not delivered."""
    FURTHER = "further"
    """It goes a while after the first, unless there is an answer."""


class Delivery(NamedTuple):
    """A delivery as the server has it. A channel that an edit dropped is released."""

    state: State = State.SCHEDULED
    place: Place = Place.WAITING
    token: int = 0
    own: Own = Own.NONE
    begun: bool = False
    """Whether a further step has been armed."""
    nagged: bool = False
    """Whether it was delivered, and is sent again until there is an answer."""
    resent: bool = False

    def withdrawn(self) -> "Delivery":
        if not self.state.upcoming:
            return self
        state = State.DELIVERED if self.nagged else State.RELEASED
        return self.ended(state, self.token + (self.state in HELD))

    def ended(self, state: State, token: int | None = None) -> "Delivery":
        token = self.token if token is None else token
        return self._replace(state=state, place=Place.NOWHERE, token=token)

    def waiting(self, **changes: object) -> "Delivery":
        return self._replace(state=State.SCHEDULED, place=Place.WAITING, **changes)

    @property
    def told(self) -> State:
        """The state by which the reminder is called: one that nags was delivered."""
        return State.DELIVERED if self.nagged and self.state.upcoming else self.state


class Kept(NamedTuple):
    """A reminder as the server has it."""

    deliveries: tuple[Delivery, ...]
    state: State = State.SCHEDULED
    early: bool = True

    def ahead(self, channel: int) -> bool:
        """Whether the moment of a delivery is still to come."""
        own = self.deliveries[channel].own
        return self.early if own is Own.NONE else own is Own.AHEAD

    def put(self, channel: int, delivery: Delivery) -> "Kept":
        one, two = self.deliveries[:channel], self.deliveries[channel + 1 :]
        return self._replace(deliveries=(*one, delivery, *two))


class Scripts:
    """The scripts, on reminders whose channels may or may not repeat a send.

    Each method is a pure function of what is kept; what it changes comes back with its answer.
    """

    def __init__(
        self,
        repeatable: Collection[bool],
        broken: Fault | None = None,
        link: Link = Link.NONE,
        nags: bool = False,
    ) -> None:
        self.repeatable = tuple(repeatable)
        self.link, self.nags = link, nags
        self._broken = broken

    def add(self) -> Kept:
        return Kept(tuple(self._fresh(channel, 0) for channel in range(len(self.repeatable))))

    def _fresh(self, channel: int, token: int) -> Delivery:
        waits = channel > 0 and self.link is not Link.NONE
        return Delivery(token=token, own=Own.AHEAD if waits else Own.NONE)

    def claim(self, kept: Kept, channel: int) -> tuple[Kept, int | None]:
        """Claim one delivery: its token, or None when there is nothing to do but settle it."""
        before = kept.deliveries[channel]
        if before.place in (Place.LEASED, Place.NOWHERE):
            return kept, None
        abandoned = before.state is State.SENDING and not self.repeatable[channel]
        repeated = before.nagged and self._broken is Fault.NAG_REPEATED
        if abandoned and self._broken is not Fault.REQUEUED and not repeated:
            if before.nagged and self.nags:
                return kept.put(channel, self._next_nag(before)), None
            kept = kept.put(channel, before.ended(State.UNKNOWN))
            return _summed_up(self._not_delivered(kept, channel)), None
        if before.state is State.SENDING and self._superfluous(kept, channel):
            return kept.put(channel, before.ended(State.RELEASED, before.token + 1)), None
        token = before.token + (self._broken is not Fault.SAME_TOKEN)
        place = Place.NOWHERE if self._broken is Fault.LOST_AT_CLAIM else Place.LEASED
        claimed = before._replace(state=State.CLAIMED, place=place, token=token)
        return kept.put(channel, claimed), token

    def arm(self, kept: Kept, channel: int, token: int) -> tuple[Kept, str]:
        """Mark a delivery as being sent: "ok", "void" or "early"."""
        before = kept.deliveries[channel]
        fenced = before.token == token or self._broken is Fault.ARM_UNFENCED
        if not (fenced and before.state is State.CLAIMED and before.place is Place.LEASED):
            return kept, "void"
        if kept.ahead(channel) and self._broken is not Fault.ARMED_EARLY:
            return kept, "early"
        begun = self.link is not Link.NONE and channel > 0
        return kept.put(channel, before._replace(state=State.SENDING, begun=begun)), "ok"

    def renew(self, kept: Kept, channel: int, token: int) -> tuple[Kept, bool]:
        before = kept.deliveries[channel]
        if before.token != token or before.state not in HELD:
            return kept, False
        return kept.put(channel, before._replace(place=Place.LEASED)), True

    def settle(self, kept: Kept, channel: int, token: int, outcome: Outcome) -> tuple[Kept, bool]:
        before = kept.deliveries[channel]
        never_armed = outcome not in (Outcome.DELIVERED, Outcome.UNKNOWN)
        sending = before.state is State.SENDING and outcome is not Outcome.LATER
        held = sending or (before.state is State.CLAIMED and never_armed)
        # Called unknown when its lease ended, and now its worker says that it was sent after all.
        held = held or (before.state is State.UNKNOWN and outcome is Outcome.DELIVERED)
        if not held or (before.token != token and self._broken is not Fault.SETTLE_UNFENCED):
            return kept, False
        if outcome is Outcome.LATER:
            return kept.put(channel, before.waiting(own=Own.AHEAD)), True
        if outcome in (Outcome.RETRY, Outcome.BACK):
            if self._superfluous(kept, channel):
                return kept.put(channel, before.ended(State.RELEASED)), True
            return kept.put(channel, before.waiting()), True
        kept = self._ended(kept, channel, outcome)
        if outcome is Outcome.DELIVERED and kept.state in (State.UNKNOWN, State.FAILED):
            kept = kept._replace(state=State.DELIVERED)
        return _summed_up(kept), True

    def _ended(self, kept: Kept, channel: int, outcome: Outcome) -> Kept:
        """Nothing more is tried; what that means for the nag and for the other channel."""
        before = kept.deliveries[channel]
        if before.nagged:
            after = before.ended(State.DELIVERED)
            if outcome is not Outcome.FAILED and self.nags:
                after = self._next_nag(before)
            return kept.put(channel, after)
        kept = kept.put(channel, before.ended(State(outcome.value)))
        if outcome is not Outcome.DELIVERED:
            return self._not_delivered(kept, channel)
        if self.nags and (kept.state not in ANSWERED or self._broken is Fault.NAGS_THE_ANSWERED):
            kept = kept.put(channel, self._next_nag(before))
        return self._delivered(kept, channel)

    def _next_nag(self, before: Delivery) -> Delivery:
        own = Own.NONE if self._broken is Fault.NAGS_AT_ONCE else Own.AHEAD
        return before.waiting(own=own, begun=False, nagged=True)

    def _superfluous(self, kept: Kept, channel: int) -> bool:
        """Whether another way worked, so that this one need not be tried again."""
        if self.link is not Link.FALLBACK or self._broken is Fault.NOT_SPARED:
            return False
        mine, other = kept.deliveries[channel], kept.deliveries[1 - channel]
        free = not (mine.nagged or mine.resent)
        return free and (other.nagged or other.state is State.DELIVERED)

    def _delivered(self, kept: Kept, channel: int) -> Kept:
        if self.link is Link.NONE:
            return kept
        at = 1 - channel
        other = kept.deliveries[at]
        if other.nagged or other.resent:
            return kept
        if self.link is Link.FALLBACK:
            gone = other.state in (State.SCHEDULED, State.CLAIMED)
            if gone and self._broken is not Fault.NOT_SPARED:
                return kept.put(at, other.withdrawn())
            return kept
        if channel == 0 and not other.begun and other.state in (State.SCHEDULED, State.CLAIMED):
            token = other.token + (other.state is State.CLAIMED)
            return kept.put(1, other.waiting(own=Own.AHEAD, token=token))
        return kept

    def _not_delivered(self, kept: Kept, channel: int) -> Kept:
        """The further step goes now, unless a worker waits with it for its moment."""
        if self.link is Link.NONE or channel > 0:
            return kept
        other = kept.deliveries[1]
        free = not (other.nagged or other.resent or other.begun)
        if free and other.state is State.SCHEDULED:
            return kept.put(1, other._replace(own=Own.COME))
        return kept

    def resend(self, kept: Kept) -> tuple[Kept, tuple[int, ...]]:
        """Send again what failed or may have been sent; the channels for which that is so."""
        which = tuple(
            channel
            for channel, delivery in enumerate(kept.deliveries)
            if delivery.state in (State.FAILED, State.UNKNOWN)
        )
        if kept.state in ANSWERED or not which:
            return kept, ()
        for channel in which:
            before = kept.deliveries[channel]
            again = before.waiting(own=Own.COME, begun=False, resent=True)
            kept = kept.put(channel, again)
        if kept.state in (State.FAILED, State.UNKNOWN):
            kept = kept._replace(state=State.SCHEDULED)
        return kept, which

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
            self._fresh(channel, old.token)
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
    def come(kept: Kept, channel: int) -> Kept:
        """Time passes: the own moment of a delivery comes."""
        return kept.put(channel, kept.deliveries[channel]._replace(own=Own.COME))

    @staticmethod
    def expire(kept: Kept, channel: int) -> Kept:
        """Time passes: a lease ends."""
        before = kept.deliveries[channel]
        return kept.put(channel, before._replace(place=Place.EXPIRED))


def _summed_up(kept: Kept) -> Kept:
    """Settle the reminder, if it is not settled and its deliveries say what it is."""
    sum_ = sum_of(delivery.told for delivery in kept.deliveries)
    return kept if sum_ is None or not kept.state.upcoming else kept._replace(state=sum_)
