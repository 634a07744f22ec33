"""Where the time comes from. Injected, so that tests move it instead of waiting for it."""

import time
from typing import Protocol


class Clock(Protocol):
    """Wall-clock and monotonic time."""

    def now(self) -> int:
        """Return the wall-clock time, in ms since the Unix epoch, UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds on a clock that never goes back; its zero means nothing."""
        ...


class SystemClock:
    """The machine's own clocks."""

    def now(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()


class ManualClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: int = 0) -> None:
        self._now = now
        self._monotonic = 0.0

    def now(self) -> int:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def advance(self, ms: int) -> None:
        """Let `ms` milliseconds pass on both clocks."""
        self._now += ms
        self._monotonic += ms / 1000

    def jump(self, ms: int) -> None:
        """Set the wall clock `ms` milliseconds on (or back); the monotonic clock stays."""
        self._now += ms
