"""The draw: one moment out of the allowed ones, each as likely as any other.

A draw is a number of a fixed sequence, so the seed and the place in the sequence are all that is
needed to repeat it, on any machine and in any later version. For that the generator is our own
few lines and not `random`, whose methods may change:

- SplitMix64: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
- From 64 bits to a range by multiplying and shifting: Lemire, "Fast Random Integer Generation in
  an Interval", ACM TOMACS 2019. Without its rejection step: over ten years of milliseconds
  (less than 2^39) no moment is likelier than another by more than one part in 2^25.
"""

import os
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from later_tui.domain.window import Span

_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
"""2^64 divided by the golden ratio: the step of SplitMix64."""


def new_seed(random: Callable[[int], bytes] = os.urandom) -> int:
    """Return a seed of 63 random bits."""
    return int.from_bytes(random(8)) >> 1


def nth(spans: Sequence[Span], seed: int, pick: int = 0) -> int:
    """Return the moment (ms UTC) that is number `pick` of the seed's sequence over `spans`.

    Raises ValueError when the spans have no moment.
    """
    return _Line(spans).nth(seed, pick)


def pick_apart(
    spans: Sequence[Span], seed: int, taken: Sequence[int], gap: int, tries: int = 4096
) -> tuple[int, int]:
    """Return `(pick, moment)`: the seed's first moment at least `gap` ms from all of `taken`.

    When none of the first `tries` is, half the gap is asked for, then a quarter, and so on to
    none: as far apart as the window allows. `nth(spans, seed, pick)` is the same moment again.

    Raises ValueError when the spans have no moment.
    """
    line = _Line(spans)
    others = sorted(taken)
    distances: list[int] = []
    for pick in range(tries if others and gap > 0 else 0):
        moment = line.nth(seed, pick)
        distances.append(_nearest(others, moment))
        if distances[-1] >= gap:
            return pick, moment
    while (gap := gap // 2) > 0:
        for pick, distance in enumerate(distances):
            if distance >= gap:
                return pick, line.nth(seed, pick)
    return 0, line.nth(seed, 0)


class _Line:
    """The spans laid end to end, so that a number becomes a moment."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._ends = list(accumulate(span.stop - span.start for span in spans))
        self._length = self._ends[-1] if spans else 0
        if self._length <= 0:
            raise ValueError("there is no moment to draw")

    def nth(self, seed: int, pick: int) -> int:
        place = _mix(seed + (pick + 1) * _GOLDEN) * self._length >> 64
        span = bisect_right(self._ends, place)
        return self._spans[span].stop - (self._ends[span] - place)


def _mix(state: int) -> int:
    """Return SplitMix64's output for a state: 64 bits."""
    state &= _MASK
    state = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 & _MASK
    state = (state ^ state >> 27) * 0x94D049BB133111EB & _MASK
    return state ^ state >> 31


def _nearest(others: Sequence[int], moment: int) -> int:
    """Return the distance (ms) from `moment` to the nearest of the sorted `others`."""
    place = bisect_left(others, moment)
    return min(abs(moment - other) for other in others[max(place - 1, 0) : place + 1])
