"""What shows the store, or a file, is read anew now and then, one reading after the other."""

from collections.abc import Callable, Coroutine
from typing import Any

from textual.screen import Screen
from textual.timer import Timer

SOON_S = 0.5
"""How long changes are gathered before they are read."""


class Rereading:
    """Calls `read` at once and every `every_s` seconds, as a worker of `screen`.

    While one reading runs no other begins. One that a slow Redis holds up for longer than `every_s`
    would otherwise be cut off by the next each time, and nothing be shown for ever.
    """

    def __init__(
        self, screen: Screen[Any], read: Callable[[], Coroutine[Any, Any, None]], every_s: float
    ) -> None:
        """Begin; the screen must be mounted, and its end ends it."""
        self._screen = screen
        self._read = read
        self._running = self._once_more = False
        self._soon: Timer | None = None
        screen.set_interval(every_s, self._again)
        self._again()

    def now(self) -> None:
        """Read at once, or once more after the reading that runs: it may not have seen it all."""
        self._once_more = self._running
        self._again()

    def soon(self) -> None:
        """Read in a moment: something changed, and more may."""
        if self._soon is None:
            self._soon = self._screen.set_timer(SOON_S, self._gathered)

    def _gathered(self) -> None:
        self._soon = None
        self.now()

    def _again(self) -> None:
        if not self._running:
            self._running = True
            self._screen.run_worker(self._reading())

    async def _reading(self) -> None:
        try:
            await self._read()
            while self._once_more:
                self._once_more = False
                await self._read()
        finally:
            self._running = False
