"""What a row gives: figures beside their floors, each taken in turn with the other."""

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Goal:
    """A limit of a figure, or of its ratio to the floor."""

    side: Literal["at least", "at most"]
    limit: float
    of: Literal["ratio", "value"] = "ratio"

    def met(self, found: float) -> bool:
        return found >= self.limit if self.side == "at least" else found <= self.limit


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: what was measured, in rounds, and the floor of each round."""

    what: str
    server: str
    unit: str
    values: Sequence[float]
    floor: Sequence[float] = ()
    goal: Goal | None = None
    whole: float | None = None
    """The figure over all rounds, where their median is not it (percentiles, sums)."""

    @property
    def value(self) -> float:
        return statistics.median(self.values) if self.whole is None else self.whole

    @property
    def ratios(self) -> list[float]:
        """The ratio to the floor in each round."""
        pairs = zip(self.values, self.floor, strict=True) if self.floor else ()
        return [value / floor for value, floor in pairs]

    @property
    def ratio(self) -> float | None:
        return statistics.median(self.ratios) if self.floor else None

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.goal is None:
            return None
        found = self.ratio if self.goal.of == "ratio" else self.value
        return found is not None and self.goal.met(found)


def rate(step: Callable[[], object], count: int) -> float:
    """Return how many a second, when one `step` does `count`."""
    began = time.perf_counter()
    step()
    return count / (time.perf_counter() - began)


def seconds(step: Callable[[], object]) -> float:
    """Return how long a step takes, s."""
    began = time.perf_counter()
    step()
    return time.perf_counter() - began


def in_turn(rounds: int, *sides: Callable[[], float]) -> list[list[float]]:
    """Measure the sides one after the other, so many rounds; the order turns round each time.

    What else the machine does meanwhile meets all sides alike. Returns one list a side.
    """
    found: list[list[float]] = [[] for _ in sides]
    numbered = list(enumerate(sides))
    for turn in range(rounds):
        for i, side in numbered if turn % 2 == 0 else reversed(numbered):
            found[i].append(side())
    return found


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value below which `share` (0 … 1) of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
