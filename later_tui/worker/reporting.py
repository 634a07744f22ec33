"""Tells of a worker's status: soon, and once for many changes."""

import asyncio
from collections.abc import Callable

from later_tui.worker.status import WorkerStatus

STATUS_S = 0.2


class Reporter:
    """Calls back with the status after it changed."""

    def __init__(
        self, on_status: Callable[[WorkerStatus], None] | None, status: Callable[[], WorkerStatus]
    ) -> None:
        """`on_status` runs on the event loop; `status` says what the status is now."""
        self._on_status = on_status
        self._status = status
        self._due: asyncio.TimerHandle | None = None

    def soon(self) -> None:
        """Something changed."""
        if self._on_status is not None and self._due is None:
            self._due = asyncio.get_running_loop().call_later(STATUS_S, self.now)

    def now(self) -> None:
        """Tell at once."""
        if self._due is not None:
            self._due.cancel()
            self._due = None
        if self._on_status is not None:
            self._on_status(self._status())
