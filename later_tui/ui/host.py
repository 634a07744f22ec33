"""The worker inside the app: in a thread, with a loop, a store and channels of its own."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from later_tui.domain.errors import LaterError
from later_tui.domain.reminder import Answer
from later_tui.ui.answering import answered
from later_tui.ui.aside import Aside
from later_tui.ui.session import Session
from later_tui.ui.status import Here

if TYPE_CHECKING:
    from later_tui.channels.base import ChannelContext, Notification
    from later_tui.config.settings import Settings
    from later_tui.store.asyncstore import Store
    from later_tui.worker.status import WorkerStatus
    from later_tui.worker.worker import Worker

logger = logging.getLogger(__name__)

RETRY_S = 2.0
"""How long it waits before it tries to open the store again, s."""
LONGEST_RETRY_S = 60.0
"""After a fault of ours, or of a plugin, it waits twice as long each time, up to this, s."""
LEAVE_S = 30.0
"""How long leaving waits for the work, s: more than the worker takes for what is being sent."""


class WorkerHost:
    """Runs a `Worker` from `start` to `stop`."""

    def __init__(
        self,
        session: Session,
        open_store: "Callable[[Settings], Awaitable[Store]]",
        on_here: Callable[[Here], None],
        toast: "Callable[[Notification], bool]",
        on_open: Callable[[], None],
        hold: Callable[[], float],
    ) -> None:
        """`toast` shows a notification in the app; `on_open` shows what a digest stands for.

        All of them are called in the app's loop; but `hold`, which says for how long, s, the worker
        is to hold back now, in its own.
        """
        self._session = session
        self._open = open_store
        self._on_here = on_here
        self._toast = toast
        self._on_open = on_open
        self._hold = hold
        self._worker: Worker | None = None
        self._aside: Aside | None = None
        self._task: asyncio.Task[None] | None = None
        self._stopping: asyncio.Task[None] | None = None
        self._stopped = False

    def start(self, terminal: Callable[[str], None] | None) -> None:
        """Begin to work, beside the running loop; `terminal` writes to the person's."""
        self._aside = aside = Aside()
        self._aside.start(lambda: self._run(aside, terminal))

    async def stop(self) -> None:
        """End: what is under way finishes or goes back.

        Returns when that is so, or after `LEAVE_S`: the thread is a daemon and ends with the app.
        """
        self._stopped = True
        if self._aside is not None:
            self._aside.call(self._stop)
            if not await self._aside.ended(LEAVE_S):
                logger.error("the worker did not end within %.0f s; left without it", LEAVE_S)

    # From here on, in the loop beside

    def _stop(self) -> None:
        if self._worker is not None:
            self._stopping = asyncio.create_task(self._worker.stop())
        elif self._task is not None:
            self._task.cancel()

    async def _run(self, home: Aside, terminal: Callable[[str], None] | None) -> None:
        self._task = asyncio.current_task()
        home.tell(self._on_here, Here("starting"))
        longer = RETRY_S
        try:
            while not self._stopped:
                wait = RETRY_S
                try:
                    await self._open_and_work(home, terminal)
                except LaterError as error:
                    logger.warning("%s", error)
                    home.tell(self._on_here, Here("no store"))
                except Exception:
                    logger.exception("the worker in the app failed and is opened anew")
                    home.tell(self._on_here, Here("stopped"))
                    wait, longer = longer, min(2 * longer, LONGEST_RETRY_S)
                if not self._stopped:
                    await asyncio.sleep(wait)
        finally:
            home.tell(self._on_here, Here("stopped"))

    async def _open_and_work(self, home: Aside, terminal: Callable[[str], None] | None) -> None:
        store = await self._open(self._session.settings)
        try:
            await self._work(store, self._context(home, terminal), home)
        finally:
            await store.aclose()

    async def _work(self, store: "Store", context: "ChannelContext", home: Aside) -> None:
        from later_tui.worker.closing import close_channels
        from later_tui.worker.opening import open_named
        from later_tui.worker.worker import Worker

        settings = self._session.settings
        opened = open_named(settings, context)
        problems = {name: str(error) for name, error in opened.problems.items()}
        channels = opened.channels
        self._worker = Worker(
            settings,
            store,
            channels,
            self._session.clock,
            lambda status: home.tell(self._on_here, here(status, problems)),
            hold=self._hold,
        )
        try:
            if not self._stopped:
                await self._worker.run()
        finally:
            self._worker = None
            await close_channels(channels)

    def _context(self, home: Aside, terminal: Callable[[str], None] | None) -> "ChannelContext":
        """Return what the channels may use of the app, each called at home."""
        from later_tui.channels.base import ChannelContext

        async def toast(notification: "Notification") -> bool:
            async def show() -> bool:
                return self._toast(notification)

            return await home.ask(show)

        async def on_answer(reminder_id: str, given: Answer, round_: int) -> None:
            # The events show it on the screen.
            await home.ask(lambda: answered(self._session, reminder_id, given, round_))

        return ChannelContext(
            on_answer=on_answer,
            on_open=lambda: home.tell(self._on_open),
            toast=toast,
            terminal=partial(home.tell, terminal) if terminal else None,
            timezone=self._session.settings.timezone,
            times=self._session.settings.times,
        )


def here(status: "WorkerStatus", problems: Mapping[str, str]) -> Here:
    """Return what the screens show of a worker; `problems` are channels that do not open."""
    waiting = {**problems, **status.waiting}
    return Here(
        str(status.state), status.busy, status.slots, status.saturated, waiting, status.failing
    )
