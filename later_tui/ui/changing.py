"""What changes something: one after the other, told where it takes its time, and stopped then."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, NamedTuple

from later_tui.ui.saying import Saying


class Doing(NamedTuple):
    """What is being done, in words."""

    now: str
    """While it is done: "answering"."""
    done: str
    """Once it is: "answered"."""


ANSWERING = Doing("answering", "answered")
SENDING = Doing("sending again", "sent again")
TAKING_BACK = Doing("taking back", "taken back")


class Changes:
    """Carries them out in the order of the keys, so that `u` means the last one."""

    def __init__(self, saying: Saying, key: Callable[[], str]) -> None:
        """`key` says which key stops what takes its time; empty: none does."""
        self._saying = saying
        self._key = key
        self._turn = asyncio.Lock()
        self._asked = 0
        self._stops = 0
        self._running: asyncio.Task[object] | None = None
        self._doing = Doing("", "")

    async def in_turn(self, doing: Doing, work: Coroutine[Any, Any, object]) -> None:
        """Carry `work` out when what was asked for before it is done. Raises what it raises.

        It is not begun at all if what is before it is stopped.
        """
        stops = self._stops
        self._asked += 1
        self._saying.still()  # there is more to do now
        try:
            async with self._turn:
                if stops == self._stops:
                    await self._carry_out(doing, work)
        finally:
            self._asked -= 1
            work.close()  # it may never have been begun

    def _stop(self) -> None:
        """Stop what is being done, and what would come after it.

        Redis may have it by now, and is not asked to forget it.
        """
        if self._running is None:
            return
        self._stops += 1
        self._running.cancel()
        done = f"may be {self._doing.done} all the same"
        if self._asked > 1:
            others = "the others are" if self._asked > 2 else "the other is"
            self._saying.hint(f"stopped: the first {done}, {others} not")
        else:
            self._saying.hint(f"stopped; it {done}")

    async def _carry_out(self, doing: Doing, work: Coroutine[Any, Any, object]) -> None:
        self._doing = doing
        task = self._running = asyncio.create_task(work)
        try:
            with self._saying.slowly(self._words, self._stop):
                await asyncio.wait([task])
        finally:
            self._running = None
            if not task.done():  # the app is being left
                task.cancel()
                await asyncio.wait([task])
                _ = task.cancelled() or task.exception()  # nobody is there to be told
        if not task.cancelled():
            task.result()

    def _words(self) -> str:
        more = f", {self._asked - 1} more to do" if self._asked > 1 else ""
        key = self._key()
        return f"{self._doing.now}…{more}{f'; {key} stops' if key else ''}"
