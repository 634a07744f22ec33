"""Which row the person put the cursor on, and whether a key may act on the one under it now."""

from collections.abc import Callable
from time import monotonic

LOOSE_S = 0.35
"""A key that comes sooner after the row has changed was on its way already, s."""
REPEAT_S = 0.2
"""Keys that follow one another faster are one key that is held down, s."""


class Aim:
    """A row by its key. When that row goes away, the aim is loose for a moment."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._firm_at = 0.0
        self.key = ""

    @property
    def loose(self) -> bool:
        """Whether the row has changed so lately that the person cannot mean the one there now."""
        return self._clock() < self._firm_at

    def take(self, key: str) -> None:
        """The person goes to the row with this key; empty while it is not known."""
        self.key = key
        self._firm_at = 0.0

    def slip(self, key: str) -> None:
        """The row has gone away, and the one with this key stands in its place."""
        self.key = key
        self._firm_at = self._clock() + LOOSE_S

    def pressed(self) -> None:
        """A key came: while the aim is loose, it stays so until a held key is let go."""
        if self.loose:
            self._firm_at = max(self._firm_at, self._clock() + REPEAT_S)
