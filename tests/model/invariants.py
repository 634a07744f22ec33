"""What must hold in every state, of the model and of a real server alike."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from later_tui.domain.reminder import State
from tests.model.ledger import Ledger


class Violation(AssertionError):  # noqa: N818  # it is what a search looks for
    """An invariant does not hold; the message says which."""


class Place(StrEnum):
    """Where a delivery stands in its lane."""

    WAITING = "waiting"
    """Scored by when it is due, or by when it is tried again."""
    LEASED = "leased"
    """Scored by the end of a lease that still runs."""
    EXPIRED = "expired"
    """Scored by the end of a lease that has ended."""
    NOWHERE = "nowhere"


BELONGS: dict[State, frozenset[Place]] = {
    State.SCHEDULED: frozenset({Place.WAITING}),
    State.CLAIMED: frozenset({Place.LEASED, Place.EXPIRED}),
    State.SENDING: frozenset({Place.LEASED, Place.EXPIRED}),
    State.DELIVERED: frozenset({Place.NOWHERE}),
    State.FAILED: frozenset({Place.NOWHERE}),
    State.UNKNOWN: frozenset({Place.NOWHERE}),
    State.RELEASED: frozenset({Place.NOWHERE}),
}
"""A delivery stands in exactly one place, and it matches its state."""

NO_MOMENT = "a nag has no moment of its own"

_WORST_FIRST = (State.FAILED, State.UNKNOWN, State.DELIVERED)


def sum_of(deliveries: Iterable[State]) -> State | None:
    """A reminder is delivered when one of its deliveries is, and else, when none is open any more,
    the best that came of them; None while it is still to come.
    """
    states = set(deliveries)
    if State.DELIVERED in states:
        return State.DELIVERED
    if any(state.upcoming for state in states):
        return None
    return max((s for s in states if s in _WORST_FIRST), key=_WORST_FIRST.index, default=None)


def misplaced(state: State, place: Place) -> Iterator[str]:
    """A delivery stands in exactly one place, and it matches its state."""
    if place not in BELONGS.get(state, frozenset()):
        yield f"a delivery that is {state} stands {place}"


def misrouted(
    deliveries: Sequence[State], told: Sequence[State], resent: Sequence[bool]
) -> Iterator[str]:
    """Of two ways of which the first that works is enough, none is still to come when the other
    worked, but for what is being sent already and what the person asked for.
    """
    for mine, other in ((0, 1), (1, 0)):
        waits = deliveries[mine] in (State.SCHEDULED, State.CLAIMED) and not resent[mine]
        if waits and told[mine] is not State.DELIVERED and told[other] is State.DELIVERED:
            yield "a fallback is still to come though another way worked"


def misnamed(
    reminder: State, deliveries: Iterable[State], told: Iterable[State] | None = None
) -> Iterator[str]:
    """A reminder that is not answered is what its deliveries say; one that is has none open.

    `told` are their states, where one that nags is called delivered.
    """
    states = tuple(deliveries)
    said = states if told is None else tuple(told)
    if reminder in (State.DONE, State.RELEASED):
        if any(state.upcoming for state in states):
            yield f"a reminder that is {reminder} has a delivery that is still to come"
        return
    expected = sum_of(said)
    if reminder.upcoming if expected is not None else not reminder.upcoming:
        yield f"a reminder is {reminder} and its deliveries say {expected or 'still to come'}"
    elif expected is not None and reminder is not expected:
        yield f"a reminder is {reminder} and its deliveries say {expected}"


def missent(
    ledger: Ledger, deliveries: Iterable[State], repeatable: Iterable[bool]
) -> Iterator[str]:
    """At most one send a token; a send that must not be repeated happens once more only after a
    definite rejection; delivered implies sent; nothing is sent that arm had to refuse.
    """
    for wire, state, may_repeat in zip(ledger.wires, deliveries, repeatable, strict=True):
        if wire.doubled:
            yield "two sends have one token"
        if wire.possible > 1 and not may_repeat:
            yield "what must not be sent twice was sent again without a definite rejection"
        if state is State.DELIVERED and not wire.accepted:
            yield "a delivery is delivered and was not sent"
        if wire.unfit:
            yield f"sent {wire.unfit}"
        if wire.reused:
            yield "two claims have one token"
