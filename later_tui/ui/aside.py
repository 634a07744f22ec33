"""Work in a loop of its own, in a thread beside the app's: a storm there takes no key's turn."""

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from contextvars import copy_context
from typing import Any, TypeVar

T = TypeVar("T")

logger = logging.getLogger(__name__)


class Aside:
    """A loop in a thread. What runs there calls home, to the loop in which this was made."""

    def __init__(self) -> None:
        self._home = asyncio.get_running_loop()
        self._context = copy_context()
        self._loop = asyncio.new_event_loop()
        self._ended = asyncio.Event()

    def start(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Begin to run `work()` there."""
        threading.Thread(target=self._run, args=(work,), name="later worker", daemon=True).start()

    async def ended(self, within_s: float | None = None) -> bool:
        """Wait, at home, for the end of the work, or for `within_s`; return whether it ended."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                await self._ended.wait()
        return self._ended.is_set()

    def call(self, what: Callable[[], object]) -> None:
        """Have `what` called there soon; once the work has ended, nothing happens."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(what)

    def tell(self, what: Callable[..., object], *args: object) -> None:
        """Have `what` called at home soon; once the home loop is closed, nothing happens."""
        with suppress(RuntimeError):
            self._home.call_soon_threadsafe(what, *args, context=self._context)

    async def ask(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Have `work()` carried out at home; return what it returns, raise what it raises.

        Whoever gives up waiting stops the waiting, not the work.
        """
        found: Future[T] = Future()

        def end(task: asyncio.Task[T]) -> None:
            if found.cancelled():
                task.cancelled() or task.exception()  # nobody hears of it
            elif task.cancelled():
                found.cancel()
            elif error := task.exception():
                found.set_exception(error)
            else:
                found.set_result(task.result())

        def begin() -> None:
            self._home.create_task(work()).add_done_callback(end)

        self._home.call_soon_threadsafe(begin, context=self._context)
        return await asyncio.wrap_future(found)

    def _run(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(work())
        except asyncio.CancelledError:
            pass  # it was asked to end
        except Exception:
            logger.exception("the work beside the app failed")
        finally:
            self.tell(self._ended.set)
