"""When the lists are read anew: soon after something changed, less often in a storm."""

from collections.abc import Callable
from time import monotonic

from textual.screen import Screen
from textual.timer import Timer

REFRESH_S = 0.05
"""How long changes are gathered before the lists are read anew."""
STORM_S = 0.4
"""The same while one change comes after the other: the keys come first."""
HAND_S, TYPED_S = 0.3, 3.0
"""While keys come faster than the first, the lists wait for a pause; no longer than the second."""
ROUND_S = 15.0
"""How often the words for times and the workers elsewhere are looked at again."""


class Refresher:
    """Calls `refresh` for many changes once."""

    def __init__(self, screen: Screen[None], refresh: Callable[[], object]) -> None:
        self._screen = screen
        self._refresh = refresh
        self._soon: Timer | None = None
        self._at = 0.0
        self._typed_at = 0.0
        screen.set_interval(ROUND_S, self.soon)

    @property
    def waiting(self) -> bool:
        """Whether changes are being gathered."""
        return self._soon is not None

    def soon(self) -> None:
        """Read anew in a moment."""
        if self._soon is None:
            storm = monotonic() - self._at < STORM_S
            self._in(STORM_S if storm else REFRESH_S)

    def typed(self) -> None:
        """A letter was written: painting the lists anew would keep the next one waiting."""
        self._typed_at = monotonic()

    def now(self) -> None:
        """Read anew at once."""
        self._soon = None
        self._at = monotonic()
        self._refresh()

    def _in(self, seconds: float) -> None:
        self._soon = self._screen.set_timer(seconds, self._when_nobody_types)

    def _when_nobody_types(self) -> None:
        now = monotonic()
        if now - self._typed_at < HAND_S and now - self._at < TYPED_S:
            self._in(HAND_S)
        else:
            self.now()
