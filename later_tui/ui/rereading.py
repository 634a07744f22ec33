"""What shows the store, or a file, is read anew now and then, one reading after the other."""

from collections.abc import Callable, Coroutine
from typing import Any

from textual.screen import Screen
from textual.worker import Worker


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
        self._running: Worker[None] | None = None
        screen.set_interval(every_s, self._again)
        self._again()

    def _again(self) -> None:
        if self._running is None or self._running.is_finished:
            self._running = self._screen.run_worker(self._read())
