"""`later worker`: the worker on its own, logging to stderr, until SIGTERM or SIGINT."""

import asyncio
import gc
import logging
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from later_tui.channels.base import ChannelContext
from later_tui.channels.secret import redacted
from later_tui.domain.clock import SystemClock
from later_tui.domain.errors import NotFoundError
from later_tui.domain.reminder import Answer
from later_tui.store import open_store
from later_tui.store.asyncstore import Store
from later_tui.store.keys import shard_of
from later_tui.worker.closing import close_channels
from later_tui.worker.opening import open_named
from later_tui.worker.pool import Slots
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
    """Work for every user: a worker for each, all of them sharing the slots and the channels."""
    people = [replace(settings, user=user) for user in settings.worked_for]
    shards = dict.fromkeys(shard_of(one.user, settings.redis.shards) for one in people)
    answers = [await open_store(settings, shard) for shard in shards]
    on_answer = _answering(settings, answers)
    opened = open_named(
        settings,
        ChannelContext(on_answer=on_answer, timezone=settings.timezone, times=settings.times),
    )
    for problem in opened.problems.values():
        logger.error("%s", problem)
    if not opened.channels:
        logger.error("no channel can be used: there is nothing to do")
        return 1
    slots = Slots(settings.worker.max_workers, len(people))
    stores = [await open_store(one, shard_of(one.user, one.redis.shards)) for one in people]
    workers = [
        Worker(one, store, opened.channels, slots=slots)
        for one, store in zip(people, stores, strict=True)
    ]
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, lambda: loop.create_task(_stop(workers)))
    gc.freeze()  # what is there stays; the collector need not look at it in the middle of a crowd
    logger.info("working for %s on %s", ", ".join(opened.channels), stores[0].place)
    try:
        await asyncio.gather(*(worker.run() for worker in workers))
    finally:
        await close_channels(opened.channels)
        for store in (*stores, *answers):
            await store.aclose()
    logger.info("stopped")
    return 0


async def _stop(workers: Sequence[Worker]) -> None:
    for worker in workers:
        await worker.stop()


def _answering(
    settings: "Settings", stores: Sequence[Store]
) -> Callable[[str, Answer, int], Awaitable[None]]:
    """Return what carries out an answer given on a channel; a store for each of the shards."""
    clock = SystemClock()

    async def on_answer(reminder_id: str, given: Answer, round_: int) -> None:
        for store in stores:
            try:
                await store.answer(settings, reminder_id, given, now=clock.now(), round_=round_)
            except NotFoundError:
                continue  # it is another shard's
            return
        raise NotFoundError("there is no such reminder")

    return on_answer


class _Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


def _log_to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    formatter = _Formatter("%(asctime)sZ %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    root = logging.getLogger("later_tui")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
