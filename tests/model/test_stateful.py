"""Random walks of several workers, the person and bad luck over the real scripts."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from later_tui.domain.reminder import Answer
from tests.model.rig import Rig
from tests.model.walk import BOTH, PLAIN, ROUTED, THROUGH, Kind, Walk
from tests.model.wander import wander

nth = st.integers(0, 7)
hearing = st.sampled_from((True, True, True, False))


class Walks(RuleBasedStateMachine):
    """The steps of a walk as rules: the search for a short walk that goes wrong."""

    def __init__(self, rig: Rig, kinds: tuple[Kind, ...]) -> None:
        super().__init__()
        self.walk = Walk(rig, kinds)

    @initialize()
    def begin(self) -> None:
        self.walk.begin()

    @rule(channel=st.sampled_from(BOTH), want=st.sampled_from((1, 50)), heard=hearing)
    def claim(self, channel: int, want: int, heard: bool) -> None:
        self.walk.claim(channel, want, heard)

    @precondition(lambda self: self.walk.held())
    @rule(n=nth, heard=hearing, luck=nth)
    def a_worker_goes_on(self, n: int, heard: bool, luck: int) -> None:
        self.walk.go_on(n, heard, luck)

    @precondition(lambda self: self.walk.held())
    @rule(n=nth, what=st.sampled_from(("interrupt", "renew", "crash")))
    def a_worker_may(self, what: str, n: int) -> None:
        getattr(self.walk, what)(n)

    @precondition(lambda self: self.walk.leases())
    @rule(n=nth)
    def a_lease_ends(self, n: int) -> None:
        self.walk.lease_ends(n)

    @rule(n=nth)
    def time_passes(self, n: int) -> None:
        self.walk.fall_due(n)

    @precondition(lambda self: self.walk.waiting())
    @rule(n=nth)
    def the_moment_of_a_further_step_or_a_nag_comes(self, n: int) -> None:
        self.walk.come(n)

    @precondition(lambda self: self.walk.resends)
    @rule(n=nth)
    def the_person_sends_it_again(self, n: int) -> None:
        self.walk.resend(n)

    @rule(n=nth, given=st.sampled_from((Answer.DONE, Answer.LET_GO)))
    def the_person_answers(self, n: int, given: Answer) -> None:
        self.walk.answer(n, given)

    @rule(n=nth, through=st.sampled_from((None, *THROUGH)))
    def the_person_wants_it_again(self, n: int, through: tuple[int, ...] | None) -> None:
        if through is None:
            self.walk.again(n)
        else:
            self.walk.edit(n, through)

    @invariant()
    def the_keys_are_what_the_model_says(self) -> None:
        self.walk.compare()

    def teardown(self) -> None:
        self.walk.rig.settle_all()


@pytest.mark.parametrize("kinds", [PLAIN, ROUTED], ids=["plain", "routed"])
def test_on_every_walk_the_invariants_hold_and_the_keys_are_what_the_model_says(
    rig: Rig, kinds: tuple[Kind, ...]
) -> None:
    walks = settings(
        max_examples=80,
        stateful_step_count=30,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: Walks(rig, kinds), settings=walks)  # type: ignore[arg-type]


MET = {
    *("claim of scheduled", "claim of claimed", "claim of sending", "claim settles as unknown"),
    *("arm ok", "arm void", "arm early", "renewed True", "renewed False"),
    *("delivered counted", "delivered void", "retry counted", "retry void"),
    *("failed counted", "unknown counted", "unknown void", "back counted", "back void"),
    *("answered when scheduled", "answered when delivered", "answered when failed"),
    *("answered when unknown", "answered when done", "answered when released"),
}


ROUTED_MET = {
    *("claim of scheduled", "claim of claimed", "claim of sending", "claim settles as unknown"),
    *("later counted", "sent again True", "sent again False"),
    *("delivered counted", "delivered void", "failed counted", "unknown counted"),
    *("answered when delivered", "answered when failed", "answered when unknown"),
}


def test_on_long_walks_with_routes_and_nags_too(rig: Rig) -> None:
    seen: Counter[str] = Counter()
    for seed in range(80):
        walk = Walk(rig, ROUTED)
        wander(walk, seed, steps=100)
        seen += walk.seen
    print(dict(seen))
    assert {what for what in seen if seen[what]} >= ROUTED_MET


def test_on_long_walks_too_and_they_meet_every_answer_of_the_scripts(rig: Rig) -> None:
    seen: Counter[str] = Counter()
    for seed in range(80):
        walk = Walk(rig)
        wander(walk, seed, steps=100)
        seen += walk.seen
    print(dict(seen))
    assert {what for what in seen if seen[what]} >= MET
