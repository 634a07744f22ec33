"""How long to wait before the store is tried again, and what the log says of that."""

import logging
import random
from collections.abc import Callable
from time import monotonic

logger = logging.getLogger(__name__)

FIRST_S, LONGEST_S = 0.1, 2.0
"""The first and the longest wait, s; each is jittered, so that many workers do not come at once."""
STEADY_S = 2.0
"""Having worked for so long, s, a failure is a new one, and the first wait is short again."""
SAY_AGAIN_S = 60.0
"""How long, s, the same trouble is not logged again."""
SENTENCES = 8
"""How many different troubles are remembered."""


class Retrying:
    """The failures of one worker's store, one after another."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """`clock`: s, from any start."""
        self._clock = clock
        self._tries = 0
        self._since: float | None = None
        self._logged: dict[str, float] = {}

    def worked(self) -> None:
        """The store answers, from now on."""
        self._since = self._clock()

    def failed(self, sentence: str) -> float:
        """Say `sentence` in the log, unless it was just said; return how long to wait, s."""
        now = self._clock()
        if self._since is not None and now - self._since >= STEADY_S:
            self._tries = 0
        self._since = None
        self._log(sentence, now)
        wait = min(LONGEST_S, FIRST_S * 2.0 ** min(self._tries, 8))
        self._tries += 1
        return wait * (0.5 + random.random() / 2)

    def _log(self, sentence: str, now: float) -> None:
        # Where it fails, works for a moment and fails again, that is one state, not a flood.
        if now - self._logged.get(sentence, -SAY_AGAIN_S) >= SAY_AGAIN_S:
            logger.warning("%s; trying again", sentence)
        self._logged = self._logged if len(self._logged) < SENTENCES else {}
        self._logged[sentence] = now
