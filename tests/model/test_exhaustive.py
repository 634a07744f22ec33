"""The protocol, searched to its last state: all that workers, time, person and luck can do."""

import pytest

from later_tui.domain.reminder import State
from tests.model.explore import Explored, explore
from tests.model.invariants import Violation
from tests.model.machine import Fault, Link, Scripts
from tests.model.world import Rules, World, is_open

POP_UP, SMS = True, False
"""Channels by whether a send may be repeated."""

ANY_CALL = frozenset({"arm", "renew", "settle"})


def searched(rules: Rules, at_least: int) -> Explored:
    """Search, say how much was searched, and make sure that it was not nothing."""
    found = explore(rules)
    print(f"{len(found.worlds)} states, {found.moves} moves")
    assert len(found.worlds) > at_least
    return found


def states(found: Explored) -> set[State]:
    return {delivery.state for world in found.worlds for delivery in world.kept.deliveries}


def delivered(world: World) -> bool:
    return world.kept.state is State.DELIVERED


def test_two_workers_and_late_calls_break_no_invariant_of_what_may_be_sent_again() -> None:
    found = searched(Rules(Scripts([POP_UP]), slots=2, late=ANY_CALL), 25_000)
    assert states(found) == set(State) - {State.DONE, State.UNKNOWN}
    assert all(not is_open(world) for world in found.not_leading_to(delivered))


def test_two_workers_and_late_calls_break_no_invariant_of_what_must_not_be_sent_twice() -> None:
    found = searched(Rules(Scripts([SMS]), slots=2, late=ANY_CALL), 30_000)
    assert states(found) == set(State) - {State.DONE}
    assert list(found.dead_ends()) == []
    for world in found.not_leading_to(delivered):
        # Only one that may be on the wire already can end as nothing better than unknown.
        assert world.kept.deliveries[0].state is State.SENDING or not is_open(world)


def test_two_workers_break_no_invariant_of_a_reminder_on_two_channels() -> None:
    found = searched(Rules(Scripts([POP_UP, SMS]), slots=2), 55_000)
    assert list(found.dead_ends()) == []
    # Scheduled stands for all three that are still to come, done for both answers.
    settled = {State.DELIVERED, State.FAILED, State.UNKNOWN}
    assert {world.kept.state for world in found.worlds} == {State.SCHEDULED, State.DONE} | settled


@pytest.mark.parametrize(
    ("link", "channels"),
    [
        (Link.FALLBACK, (POP_UP, SMS)),
        (Link.FALLBACK, (SMS, POP_UP)),
        (Link.FURTHER, (POP_UP, SMS)),
    ],
)
def test_a_second_channel_that_waits_for_the_first_breaks_no_invariant(
    link: Link, channels: tuple[bool, bool]
) -> None:
    found = searched(Rules(Scripts(channels, link=link), slots=1, resends=True), 20_000)
    assert list(found.dead_ends()) == []
    for world in found.worlds:
        if link is Link.FALLBACK and world.kept.state is State.FAILED:
            # The second was given its chance: nothing fails as long as there is another way.
            assert all(not d.state.upcoming for d in world.kept.deliveries)


@pytest.mark.parametrize("channel", [POP_UP, SMS])
def test_a_nag_breaks_no_invariant_and_ends_with_the_answer(channel: bool) -> None:
    late = frozenset({"settle"}) if channel is SMS else frozenset[str]()
    found = searched(Rules(Scripts([channel], nags=True), slots=2, late=late), 3_000)
    nagging = [w for w in found.worlds if w.kept.deliveries[0].nagged]
    assert {w.kept.state for w in nagging} == {State.DELIVERED, State.DONE}
    # Whoever does not answer is asked again: from nowhere does nagging end without an answer, but
    # by a definite failure.
    silent = [w for w in nagging if not w.kept.deliveries[0].state.upcoming]
    assert {w.kept.deliveries[0].state for w in silent} == {State.DELIVERED}


@pytest.mark.parametrize("link", [Link.FALLBACK, Link.FURTHER])
def test_nags_on_a_route_break_no_invariant(link: Link) -> None:
    searched(Rules(Scripts([POP_UP, SMS], link=link, nags=True), slots=1), 7_000)


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        (Fault.NOT_SPARED, "a fallback is still to come though another way worked"),
        (Fault.NAGS_AT_ONCE, "a nag has no moment of its own"),
        (Fault.NAGS_THE_ANSWERED, "is done has a delivery that is still to come"),
        (Fault.NAG_REPEATED, "must not be sent twice"),
        (Fault.ARMED_EARLY, "armed before its time"),
    ],
)
def test_without_any_one_protection_of_routes_and_nags_an_invariant_breaks(
    fault: Fault, what: str
) -> None:
    scripts = Scripts([SMS, POP_UP], fault, link=Link.FALLBACK, nags=True)
    with pytest.raises(Violation, match=what):
        explore(Rules(scripts, slots=1))


@pytest.mark.parametrize(
    ("fault", "channel", "what"),
    [
        (Fault.ARM_UNFENCED, POP_UP, "sent though it was armed after another worker took it over"),
        (Fault.SETTLE_UNFENCED, SMS, "a delivery is delivered and was not sent"),
        (Fault.REQUEUED, SMS, "must not be sent twice"),
        (Fault.LOST_AT_CLAIM, POP_UP, "a delivery that is claimed stands nowhere"),
        (Fault.SAME_TOKEN, POP_UP, "two claims have one token"),
        (Fault.ARMED_EARLY, POP_UP, "sent though it was armed before its time"),
        (Fault.NOT_WITHDRAWN, POP_UP, "is done has a delivery that is still to come"),
    ],
)
def test_without_any_one_protection_an_invariant_breaks(
    fault: Fault, channel: bool, what: str
) -> None:
    with pytest.raises(Violation, match=what):
        explore(Rules(Scripts([channel], fault), slots=2))


def test_a_delivery_that_leaves_its_lane_at_claim_is_lost_when_its_worker_dies() -> None:
    rules = Rules(Scripts([POP_UP], Fault.LOST_AT_CLAIM), slots=1)
    lost = list(explore(rules, check=False).dead_ends())
    assert lost
    assert all(world.kept.deliveries[0].state.upcoming for world in lost)
