"""`later worker`: the worker on its own, logging to stderr, until SIGTERM or SIGINT."""

import asyncio
import logging
import signal
import sys
import time
from typing import TYPE_CHECKING

from later_tui.channels.base import ChannelContext
from later_tui.channels.registry import open_channels
from later_tui.domain.clock import SystemClock
from later_tui.domain.errors import LaterError
from later_tui.domain.reminder import Answer
from later_tui.store import open_store
from later_tui.store.asyncstore import Store
from later_tui.worker.worker import Worker

if TYPE_CHECKING:
    from later_tui.config.settings import Settings

logger = logging.getLogger(__name__)


def run(settings: "Settings") -> int:
    """Work until a signal says to end; return the exit code.

    Raises ConfigError, ServerError before it began to work.
    """
    _log_to_stderr()
    return asyncio.run(_run(settings))


async def _run(settings: "Settings") -> int:
    store = await open_store(settings)
    answers = await open_store(settings)
    context = _context(settings, answers)
    opened = open_channels(settings.channels, context)
    for problem in opened.problems.values():
        logger.error("%s", problem)
    if not opened.channels:
        logger.error("no channel can be used: there is nothing to do")
        return 1
    worker = Worker(settings, store, opened.channels)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, lambda: loop.create_task(worker.stop()))
    logger.info("working for %s on %s", ", ".join(opened.channels), store.place)
    try:
        await worker.run()
    finally:
        for channel in opened.channels.values():
            await channel.aclose()
        await store.aclose()
        await answers.aclose()
    logger.info("stopped")
    return 0


def _context(settings: "Settings", store: Store):  # type: ignore[no-untyped-def]
    """Return what gives each channel its context."""
    clock = SystemClock()

    async def on_answer(reminder_id: str, given: Answer, round_: int) -> None:
        try:
            await store.answer(settings, reminder_id, given, now=clock.now(), round_=round_)
        except LaterError as error:
            logger.warning("the answer %s to %s had no effect: %s", given, reminder_id, error)

    def context(name: str) -> ChannelContext:
        return ChannelContext(options=settings.channel_options.get(name, {}), on_answer=on_answer)

    return context


def _log_to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    formatter = logging.Formatter("%(asctime)sZ %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    root = logging.getLogger("later_tui")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
