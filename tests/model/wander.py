"""Random walks that go deep: mostly work, some bad luck, now and then the person."""

from collections.abc import Callable, Iterator
from random import Random

from later_tui.domain.reminder import Answer
from tests.model.walk import BOTH, THROUGH, Walk

Step = Callable[[], None]


def wander(walk: Walk, seed: int, steps: int) -> None:
    """Take `steps` random steps, the same for a seed, and at the end settle what is open.

    Raises Violation.
    """
    random = Random(seed)
    walk.begin()
    for _ in range(steps):
        choices, weights = zip(*_steps(walk, random), strict=True)
        [step] = random.choices(choices, weights)
        step()
        walk.compare()
    walk.rig.settle_all()


def _steps(walk: Walk, random: Random) -> Iterator[tuple[Step, int]]:
    """Return what can be done now, each with its weight."""
    n, luck, heard = random.randrange(8), random.randrange(6), random.random() < 0.85
    channel, want = random.choice(BOTH), random.choice((1, 50))
    given, through = random.choice((Answer.DONE, Answer.LET_GO)), random.choice(THROUGH)
    yield lambda: walk.claim(channel, want, heard), 8
    yield lambda: walk.fall_due(n), 6
    yield lambda: walk.answer(n, given), 1
    yield lambda: walk.again(n), 1
    yield lambda: walk.edit(n, through), 1
    if walk.waiting():
        yield lambda: walk.come(n), 6
    if walk.resends:
        yield lambda: walk.resend(n), 1
    if walk.held():
        yield lambda: walk.go_on(n, heard, luck), 18
        yield lambda: walk.interrupt(n), 1
        yield lambda: walk.renew(n), 1
        yield lambda: walk.crash(n), 1
    if walk.leases():
        yield lambda: walk.lease_ends(n), 4
