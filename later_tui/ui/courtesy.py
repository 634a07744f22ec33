"""Who types goes first: the worker in the app holds back its next claim for a moment."""

from collections.abc import Callable
from time import monotonic

HOLD_S = 0.04
"""So long after a key, s, nothing new is claimed: its paint takes less."""
MOST_S = 0.2
"""Whoever holds a key down does not hold up the worker for longer than this at a time, s."""


class Courtesy:
    """When a key was pressed last. Told in one thread, asked in another."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """`clock` tells the time, s."""
        self._clock = clock
        self._key = -HOLD_S
        self._begun: float | None = None
        """Since when it has been held back."""

    def key(self) -> None:
        """A key was pressed."""
        self._key = self._clock()

    def hold(self) -> float:
        """Return for how long, s, to hold back now; 0 to go on."""
        now = self._clock()
        left = self._key + HOLD_S - now
        begun = now if self._begun is None else self._begun
        if left <= 0 or now - begun >= MOST_S:
            self._begun = None
            return 0.0
        self._begun = begun
        return left
