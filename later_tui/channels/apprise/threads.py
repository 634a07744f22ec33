"""Runs blocking calls in threads that keep nobody waiting, neither the loop nor the exit."""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

from later_tui.domain.errors import DeliveryError, TransientError

T = TypeVar("T")


class BrokenError(Exception):
    """The call ended by an exception; this tells its type alone, for its words may tell secrets."""


class Threads:
    """Threads of one channel, each for one call.

    An executor of the standard library is joined at exit, so that one hanging call would keep the
    process; these are daemons.
    """

    def __init__(self, name: str, most: int) -> None:
        self._name = name
        self._free = threading.BoundedSemaphore(most)

    async def run(self, call: Callable[[], T]) -> T:
        """Return what the call returns. Cancelled, it leaves the thread to itself.

        Raises BrokenError; TransientError: so many calls hang that there is no thread for it; and
        any DeliveryError of the call itself.
        """
        if not self._free.acquire(blocking=False):
            raise TransientError(f"too many sends of {self._name} hang")
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[T] = loop.create_future()

        def work() -> None:
            settle: Callable[..., None] = ended.set_exception
            value: object
            try:
                value = call()
                settle = ended.set_result
            except DeliveryError as error:
                value = error
            except BaseException as error:  # noqa: BLE001 - it is told where it is waited for
                value = BrokenError(type(error).__name__)
            # Before it is told, so that whoever hears of it finds a thread free.
            self._free.release()
            tell(settle, value)

        def tell(settle: Callable[..., None], value: object) -> None:
            def now() -> None:
                if not ended.done():
                    settle(value)

            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(now)

        try:
            threading.Thread(target=work, name=self._name, daemon=True).start()
        except RuntimeError:
            self._free.release()
            raise TransientError("no thread can be started") from None
        return await ended
