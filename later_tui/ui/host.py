"""The worker inside the app: in the same loop, with a store and channels of its own."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from later_tui.channels.base import ChannelContext, Notification
from later_tui.domain.errors import LaterError
from later_tui.domain.reminder import Answer
from later_tui.ui.answering import answered
from later_tui.ui.session import Session
from later_tui.ui.status import Here

if TYPE_CHECKING:
    from later_tui.channels.base import Channel
    from later_tui.config.settings import Settings
    from later_tui.store.asyncstore import Store
    from later_tui.worker.status import WorkerStatus
    from later_tui.worker.worker import Worker

logger = logging.getLogger(__name__)

RETRY_S = 2.0


class WorkerHost:
    """Runs a `Worker` from `start` to `stop`."""

    def __init__(
        self,
        session: Session,
        open_store: "Callable[[Settings], Awaitable[Store]]",
        on_here: Callable[[Here], None],
        toast: Callable[[Notification], bool],
        on_open: Callable[[], None],
    ) -> None:
        """`toast` shows a notification in the app; `on_open` shows what a digest stands for."""
        self._session = session
        self._open = open_store
        self._on_here = on_here
        self._toast = toast
        self._on_open = on_open
        self._terminal: Callable[[str], None] | None = None
        self._worker: Worker | None = None
        self._task: asyncio.Task[None] | None = None
        self._stopped = False
        self._problems: dict[str, str] = {}

    def start(self, terminal: Callable[[str], None] | None) -> None:
        """Begin to work, in a task of the running loop; `terminal` writes to the person's."""
        self._terminal = terminal
        self._task = asyncio.create_task(self._run(), name="later worker")

    async def stop(self) -> None:
        """End: what is under way finishes or goes back. Returns when that is so."""
        self._stopped = True
        if self._worker is not None:
            await self._worker.stop()
        elif self._task is not None:
            self._task.cancel()
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        self._on_here(Here("starting"))
        while not self._stopped:
            try:
                store = await self._open(self._session.settings)
            except LaterError as error:
                logger.warning("%s", error)
                self._on_here(Here("no store"))
                await asyncio.sleep(RETRY_S)
                continue
            try:
                await self._work(store)
            finally:
                await store.aclose()

    async def _work(self, store: "Store") -> None:
        from later_tui.worker.worker import Worker

        channels = self._channels()
        self._worker = Worker(
            self._session.settings, store, channels, self._session.clock, self._status
        )
        try:
            if not self._stopped:
                await self._worker.run()
        finally:
            self._worker = None
            for channel in channels.values():
                await channel.aclose()

    def _channels(self) -> "dict[str, Channel]":
        from later_tui.channels.registry import open_channels

        settings = self._session.settings
        opened = open_channels((*settings.channels, *settings.channel_options), self._context)
        self._problems = {name: str(error) for name, error in opened.problems.items()}
        return opened.channels

    def _context(self, name: str) -> ChannelContext:
        return ChannelContext(
            options=self._session.settings.channel_options.get(name, {}),
            on_answer=self._answered,
            on_open=self._on_open,
            toast=self._toast,
            terminal=self._terminal,
        )

    async def _answered(self, reminder_id: str, given: Answer, round_: int) -> None:
        """Carry out an answer that was given on a channel; the events show it on the screen."""
        try:
            await answered(self._session, reminder_id, given, round_)
        except LaterError as error:
            logger.warning("the answer %s to %s had no effect: %s", given, reminder_id, error)

    def _status(self, status: "WorkerStatus") -> None:
        waiting = {**self._problems, **status.waiting}
        self._on_here(Here(str(status.state), status.busy, status.slots, status.saturated, waiting))
