"""Taking back over the real scripts: whatever workers did meanwhile, the invariants hold."""

from collections import Counter
from functools import partial
from random import Random

from tests.model.rig import Rig
from tests.model.undoing import UndoWalk
from tests.model.wander import _steps

MET = {
    *("undo refused", "undone to scheduled", "undone to delivered", "undone to failed"),
    *("undone to unknown", "undone to done", "undone to released"),
    *("undone to a delivery claimed", "undone to a delivery sending"),
    *("undone to a delivery unknown", "undone to a delivery delivered"),
}


def wander_and_undo(walk: UndoWalk, random: Random, steps: int) -> None:
    walk.begin()
    for _ in range(steps):
        more = ((walk.undo, 3), (partial(walk.again, random.randrange(8)), 1))
        choices, weights = zip(*_steps(walk, random), *more, strict=True)
        [step] = random.choices(choices, weights)
        step()
        walk.compare()


def test_on_every_walk_an_undo_brings_back_what_was_and_loses_and_doubles_nothing(
    rig: Rig,
) -> None:
    seen: Counter[str] = Counter()
    for seed in range(80):
        walk = UndoWalk(rig)
        wander_and_undo(walk, Random(seed), steps=60)
        while walk.acts:
            walk.undo()
            walk.compare()
        walk.rig.settle_all()
        seen += walk.seen
    print(dict(seen))
    assert {what for what in seen if seen[what]} >= MET
