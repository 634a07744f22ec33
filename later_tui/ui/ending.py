"""Leaving the app: once what was begun is done, or at once, where that takes long."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from later_tui.ui.terminal import SETTLED_S, settled

if TYPE_CHECKING:
    from later_tui.ui.app import LaterApp

PROGRESS_S = 0.3
"""How long leaving may take before it is said what it waits for, s."""
SAID_S = 60.0
"""How long that stands, s: longer than leaving may take."""
_SAID = "finishing what was begun; the same key once more leaves at once"


class Ending:
    """The end of one run of the app."""

    def __init__(self, app: "LaterApp") -> None:
        self._app = app
        self._task: asyncio.Task[None] | None = None
        self._said = False
        self.unsure = False
        """Whether it ended before it was known that what was written is kept."""

    def asked(self) -> None:
        """Somebody wants to leave; who was told that it takes a while, and asks again, does so.

        A key that repeats itself, held a little too long, is no such wish.
        """
        if self._said:
            self._end()
        else:
            self.begin()

    def begin(self) -> asyncio.Task[None]:
        """Leave once what was begun is done; return what ends when that is so."""
        if self._task is None:
            self._task = asyncio.create_task(self._finish())
            self._app.set_timer(PROGRESS_S, self._say)
        return self._task

    async def _finish(self) -> None:
        try:
            # A key may be on its way still: an Enter.
            with suppress(TimeoutError):
                async with asyncio.timeout(SETTLED_S):
                    await settled(self._app)
            await self._app.main.finish()
        finally:
            self._end()

    def _say(self) -> None:
        self._said = True
        self._app.notify(_SAID, timeout=SAID_S)

    def _end(self) -> None:
        self.unsure = self._app.main.keeping
        self._app.exit()
