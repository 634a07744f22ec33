"""Each protection of the real scripts is needed: without it, the keys or the wire go wrong."""

import pytest

from tests.model import routes
from tests.model.cuts import CUTS, Cut
from tests.model.invariants import Violation
from tests.model.rig import Rig
from tests.model.walk import PLAIN, ROUTED, Walk
from tests.model.wander import wander

EACH = pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS.keys())

NOT_MET = frozenset(
    {
        # It needs two workers with one token, which no walk of the real claim can give them.
        "no state in arm",
        # These need more to come together than random walks of this length bring about.
        "a fallback is tried again though it is not needed",
        "a fallback is taken over though it is not needed",
        "a nag after the answer",
        "a nag that failed is called failed",
    }
)
"""Cuts that the stories alone meet."""


@EACH
def test_the_real_scripts_keep_the_invariants_in_each_story(rig: Rig, cut: Cut) -> None:
    cut.story(rig)


@EACH
def test_without_its_protection_a_story_breaks_an_invariant(
    rig: Rig, cut: Cut, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut.mutation.load(monkeypatch)
    with pytest.raises(Violation, match=cut.violation):
        cut.story(rig)


@pytest.mark.parametrize("name", [name for name in CUTS if name not in NOT_MET])
def test_a_random_walk_meets_what_a_missing_protection_does(
    rig: Rig, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    CUTS[name].mutation.load(monkeypatch)
    with pytest.raises(Violation):  # noqa: PT012  # in which of the walks is luck, once and for all
        kinds = ROUTED if CUTS[name].story.__module__ == routes.__name__ else PLAIN
        for seed in range(200):
            wander(Walk(rig, kinds), seed, steps=100)
