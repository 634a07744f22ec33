"""One name for all worlds between which nothing that can still happen makes a difference."""

from functools import cache

from tests.model.ledger import MAY_SEND, Fence, Hold, Stage, Wire
from tests.model.machine import HELD, Delivery, Kept
from tests.model.world import Message, Rules, World, outcomes


def canonical(rules: Rules, world: World) -> World:
    """Return the world with its tokens renamed 0, 1, … and with what is over forgotten.

    Only the order of tokens matters to anybody; so an endless number of retries is a finite number
    of worlds, and the search of them is complete without a bound on attempts.
    """
    kept, ledger, flying = world
    deliveries: list[Delivery] = []
    wires: list[Wire] = []
    fences: list[Fence] = []
    holds: list[Hold] = []
    for channel, repeatable in enumerate(rules.scripts.repeatable):
        delivery, wire, fence, held, message = _channel(
            kept.deliveries[channel],
            ledger.wires[channel],
            ledger.fences[channel],
            tuple([hold for hold in ledger.holds if hold.channel == channel]),
            flying if flying is not None and flying.channel == channel else None,
            repeatable,
        )
        deliveries.append(delivery)
        wires.append(wire)
        fences.append(fence)
        holds += held
        flying = message or flying
    return World(
        Kept(tuple(deliveries), kept.state, kept.early),
        ledger.made(tuple(wires), tuple(fences), tuple(holds)),
        flying,
    )


@cache
def _channel(
    delivery: Delivery,
    wire: Wire,
    fence: Fence,
    holds: tuple[Hold, ...],
    flying: Message | None,
    repeatable: bool,
) -> tuple[Delivery, Wire, Fence, tuple[Hold, ...], Message | None]:
    seen = {delivery.token, fence.newest, *(hold.token for hold in holds)}
    if flying is not None:
        seen.add(flying.token)
    rank = {token: place for place, token in enumerate(sorted(seen))}
    able = {hold.token for hold in holds if hold.stage in MAY_SEND}
    return (
        delivery._replace(token=rank[delivery.token]),
        wire._replace(
            tokens=frozenset(rank[token] for token in wire.tokens & able),
            possible=0 if repeatable else wire.possible,
        ),
        # Whether a lease runs is asked only when a claimed delivery is armed.
        Fence(rank[fence.newest], fence.running and delivery.state in HELD),
        tuple(sorted(_still_matters(h, repeatable)._replace(token=rank[h.token]) for h in holds)),
        None if flying is None else flying._replace(token=rank[flying.token]),
    )


def _still_matters(hold: Hold, repeatable: bool) -> Hold:
    """Forget of a hold that can neither arm nor send any more all but what it can still say."""
    if hold.stage in MAY_SEND:
        return hold
    possible = outcomes(hold, repeatable)
    if len(possible) > 1:
        return hold._replace(unfit="", outdated=False)
    return Hold(hold.channel, hold.token, Stage.SAID, said=possible[0])
