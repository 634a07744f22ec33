"""How long a service that refused us is left alone."""

import time
from collections.abc import Callable

FIRST_S = 60.0
LONGEST_S = 3600.0


class Rest:
    """Remembers that a service refused us altogether, such as for a wrong password.

    It costs a real send to find out whether that is mended, so the rest doubles with each refusal.
    """

    def __init__(
        self, longest_s: float = LONGEST_S, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._longest_s = longest_s
        self._monotonic = monotonic
        self._wait_s = 0.0
        self._until = 0.0
        self._why = ""

    @property
    def reason(self) -> str:
        """Why not to try now; empty when it may be tried."""
        return self._why if self._monotonic() < self._until else ""

    def refused(self, why: str) -> None:
        """Begin a rest. Refusals of sends that were on their way together are one."""
        if self.reason:
            return
        self._wait_s = min(self._longest_s, max(FIRST_S, self._wait_s * 2))
        self._until = self._monotonic() + self._wait_s
        self._why = why

    def accepted(self) -> None:
        """Forget it: the service took something."""
        self._wait_s = self._until = 0.0
        self._why = ""
