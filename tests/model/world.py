"""Everything that may happen next: the moves of the workers, of time, of the person and of luck.

A worker is what it holds: it may act at any time or never, so a crash, a frozen worker that resumes
and a slow one are all interleavings of the same moves. Which worker holds a claim makes no
difference to the scripts, so it makes none here.
"""

from collections.abc import Iterator
from typing import NamedTuple

from later_tui.domain.reminder import State
from later_tui.store.claims import Outcome
from tests.model.invariants import NO_MOMENT, Place, misnamed, misplaced, misrouted, missent
from tests.model.ledger import VERDICTS, Hold, Ledger, Stage
from tests.model.machine import Delivery, Kept, Link, Own, Scripts


class Message(NamedTuple):
    """A call whose sender gave it up and which the server has not seen yet."""

    call: str
    channel: int
    token: int
    outcome: Outcome = Outcome.BACK


class World(NamedTuple):
    """What is kept, the truth about the workers and the wire, and a call on its way."""

    kept: Kept
    ledger: Ledger
    flying: Message | None = None


class Move(NamedTuple):
    """One step, who takes it ("worker", "time", "luck" or "person"), and the world after it."""

    name: str
    by: str
    after: World


class Rules(NamedTuple):
    """The scripts, how many claims the workers can hold together, and which calls may come late
    (after their sender gave them up).
    """

    scripts: Scripts
    slots: int
    late: frozenset[str] = frozenset()
    resends: bool = False
    """Whether the person sends again what failed or may have been sent."""

    def start(self) -> World:
        return _timed(World(self.scripts.add(), Ledger.empty(len(self.scripts.repeatable))))

    def moves(self, world: World) -> Iterator[Move]:
        """Return every step that can be taken and changes something."""
        for move in self._moves(world):
            yield move._replace(after=_timed(move.after))

    def _moves(self, world: World) -> Iterator[Move]:
        for channel in range(len(world.kept.deliveries)):
            yield from self._claims(world, channel)
        for hold in dict.fromkeys(world.ledger.holds):
            yield from self._of_hold(world, hold)
        yield from self._time(world)
        yield from self._person(world)
        if world.flying is not None:
            yield from self._lands(world, world.flying)

    def violations(self, world: World) -> Iterator[str]:
        """Return what does not hold in this world."""
        kept = world.kept
        for delivery in kept.deliveries:
            yield from misplaced(delivery.state, delivery.place)
            if delivery.nagged and delivery.state.upcoming and delivery.own is Own.NONE:
                yield NO_MOMENT
        states = [delivery.state for delivery in kept.deliveries]
        told = [delivery.told for delivery in kept.deliveries]
        yield from misnamed(kept.state, states, told)
        if self.scripts.link is Link.FALLBACK:
            resent = [delivery.resent for delivery in kept.deliveries]
            yield from misrouted(states, told, resent)
        yield from missent(world.ledger, states, self.scripts.repeatable)

    def _may_be_late(self, call: str, world: World) -> bool:
        return call in self.late and world.flying is None

    def _claims(self, world: World, channel: int) -> Iterator[Move]:
        kept, token = self.scripts.claim(world.kept, channel)
        if kept is world.kept:
            return
        ledger = world.ledger
        if token is None:
            ledger = _after(ledger, channel, world.kept.deliveries[channel], kept)
            after = world._replace(kept=kept, ledger=ledger)
            yield Move(f"claim {channel}: unknown", "worker", after)
            return
        lost = World(kept, ledger.claimed(channel, token, heard=False), world.flying)
        yield Move(f"claim {channel}, reply lost", "luck", lost)
        if len(ledger.holds) < self.slots:
            heard = World(kept, ledger.claimed(channel, token), world.flying)
            yield Move(f"claim {channel}", "worker", heard)

    def _of_hold(self, world: World, hold: Hold) -> Iterator[Move]:
        ledger, name = world.ledger, f"{hold.channel}/{hold.token}"
        yield Move(f"crash {name}", "luck", world._replace(ledger=ledger.without(hold)))
        kept, mine = self.scripts.renew(world.kept, hold.channel, hold.token)
        if mine and kept != world.kept:
            renewed = world._replace(kept=kept, ledger=ledger.renewed(hold))
            yield Move(f"renew {name}", "worker", renewed)
        if self._may_be_late("renew", world):
            late = Message("renew", hold.channel, hold.token)
            yield Move(f"renew {name} is late", "luck", world._replace(flying=late))
        if hold.stage is Stage.CLAIMED:
            yield from self._arms(world, hold)
        if hold.stage is Stage.ARMED:
            for verdict in VERDICTS:
                sent = world._replace(ledger=ledger.sent(hold, verdict))
                yield Move(f"send {name}: {verdict}", "worker", sent)
        for outcome in outcomes(hold, self.scripts.repeatable[hold.channel]):
            yield from self._settles(world, hold, outcome)
        if hold.stage is Stage.CLAIMED and self.follows(world.kept.deliveries[hold.channel]):
            yield from self._settles(world, hold, Outcome.LATER)

    @staticmethod
    def follows(delivery: Delivery) -> bool:
        """Whether the quiet hours may put a delivery off: one that follows the drawn moment."""
        return delivery.own is not Own.NONE

    def _arms(self, world: World, hold: Hold) -> Iterator[Move]:
        name = f"arm {hold.channel}/{hold.token}"
        kept, answer = self.scripts.arm(world.kept, hold.channel, hold.token)
        unsure = world.ledger.unsure(hold)
        if answer == "ok":
            heard = World(kept, world.ledger.armed(hold), world.flying)
            yield Move(name, "worker", heard)
            lost = World(kept, world.ledger.armed(hold, heard=False), world.flying)
            yield Move(f"{name}, reply lost", "luck", lost)
        yield Move(f"{name}, request lost", "luck", world._replace(ledger=unsure))
        if self._may_be_late("arm", world):
            late = Message("arm", hold.channel, hold.token)
            yield Move(f"{name} is late", "luck", World(world.kept, unsure, late))

    def _settles(self, world: World, hold: Hold, outcome: Outcome) -> Iterator[Move]:
        name = f"settle {hold.channel}/{hold.token} {outcome}"
        kept, _ = self.scripts.settle(world.kept, hold.channel, hold.token, outcome)
        through = world.ledger.without(hold)
        before = world.kept.deliveries[hold.channel]
        done = _after(through, hold.channel, before, kept)
        yield Move(name, "worker", World(kept, done, world.flying))
        if kept != world.kept:
            said = _after(world.ledger.said(hold, outcome.value), hold.channel, before, kept)
            yield Move(f"{name}, reply lost", "luck", World(kept, said, world.flying))
        if self._may_be_late("settle", world):
            late = Message("settle", hold.channel, hold.token, outcome)
            yield Move(f"{name} is late", "luck", World(world.kept, through, late))

    def _time(self, world: World) -> Iterator[Move]:
        kept, ledger = world.kept, world.ledger
        if kept.early:
            due = World(Scripts.fall_due(kept), ledger._replace(early=False), world.flying)
            yield Move("it falls due", "time", due)
        for channel, delivery in enumerate(kept.deliveries):
            if delivery.own is Own.AHEAD and not kept.early and delivery.state.upcoming:
                come = world._replace(kept=Scripts.come(kept, channel))
                yield Move(f"the moment of {channel} comes", "time", come)
            if delivery.place is Place.LEASED:
                after = World(Scripts.expire(kept, channel), ledger.expired(channel), world.flying)
                yield Move(f"lease {channel} ends", "time", after)

    def _person(self, world: World) -> Iterator[Move]:
        kept, changed = self.scripts.answer(world.kept)
        if changed and kept != world.kept:
            answered = World(kept, world.ledger._replace(answered=True), world.flying)
            yield Move("done", "person", answered)
        again, which = self.scripts.resend(world.kept)
        if which and self.resends:
            ledger = world.ledger
            for channel in which:
                ledger = ledger.sends_anew(channel)
            yield Move("send again", "person", World(again, ledger, world.flying))
        every = range(len(kept.deliveries))
        for channels in dict.fromkeys(((*every,), (0,))):
            anew = self.scripts.reschedule(world.kept, channels)
            after = World(anew, world.ledger.anew(), world.flying)
            yield Move(f"anew {channels}", "person", after)

    def _lands(self, world: World, message: Message) -> Iterator[Move]:
        """A late call arrives, or never does."""
        yield Move(f"{message.call} never comes", "luck", world._replace(flying=None))
        call, channel, token, outcome = message
        kept, ledger = world.kept, world.ledger
        if call == "settle":
            kept, done = self.scripts.settle(kept, channel, token, outcome)
        elif call == "renew":
            kept, done = self.scripts.renew(kept, channel, token)
        else:
            kept, answer = self.scripts.arm(kept, channel, token)
            done = answer == "ok"
        if done and call != "settle":
            ledger = ledger.renewed(Hold(channel, token))
        elif done:
            ledger = _after(ledger, channel, world.kept.deliveries[channel], kept)
        if done:
            yield Move(f"late {call} {channel}/{token} {outcome}", "luck", World(kept, ledger))


def _timed(world: World) -> World:
    """The ledger knows by the clock whose own moment is still to come."""
    kept, ledger = world.kept, world.ledger
    ahead = tuple(
        None if delivery.own is Own.NONE else delivery.own is Own.AHEAD
        for delivery in kept.deliveries
    )
    return world if ledger.ahead == ahead else world._replace(ledger=ledger._replace(ahead=ahead))


def _after(ledger: Ledger, channel: int, before: Delivery, kept: Kept) -> Ledger:
    """Begin a new send, if a delivery that was sent nags from now on, or nags once more."""
    after = kept.deliveries[channel]
    ended = before.state in (State.SENDING, State.UNKNOWN)
    waits = after.nagged and after.state is State.SCHEDULED
    # A nag that is tried again stays the same nag: its moment has come.
    if ended and waits and (after.own is Own.AHEAD or not before.nagged):
        return ledger.sends_anew(channel)
    return ledger


def outcomes(hold: Hold, repeatable: bool) -> tuple[Outcome, ...]:
    """Return what a worker may say came of a claim, knowing what it knows."""
    return (Outcome(hold.said),) if hold.said else _OUTCOMES[repeatable][hold.stage]


def _outcomes(repeatable: bool) -> dict[Stage, tuple[Outcome, ...]]:
    """An interrupted send is given back where it may be repeated, and unknown where not."""
    interrupted = Outcome.BACK if repeatable else Outcome.UNKNOWN
    unheard = Outcome.RETRY if repeatable else Outcome.UNKNOWN
    return {
        Stage.CLAIMED: (Outcome.BACK,),
        Stage.UNSURE: (Outcome.BACK,),
        Stage.ARMED: tuple(dict.fromkeys((Outcome.BACK, interrupted))),
        Stage.ACCEPTED: (Outcome.DELIVERED, interrupted),
        Stage.REJECTED: (Outcome.RETRY, Outcome.FAILED, Outcome.BACK),
        Stage.UNHEARD: (unheard,),
    }


_OUTCOMES = {repeatable: _outcomes(repeatable) for repeatable in (True, False)}


def is_open(world: World) -> bool:
    """Return whether any delivery is still to come."""
    return any(delivery.state.upcoming for delivery in world.kept.deliveries)
