"""Many small calls as few large ones: what is asked while a call is under way goes in the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Batcher(Generic[Item, Answer]):
    """Collects items and hands them on together; each caller gets the answer to its own.

    Nothing waits for a timer: an item that comes alone goes at once.
    """

    def __init__(
        self, call: Callable[[list[Item]], Awaitable[Sequence[Answer]]], most: int = 64
    ) -> None:
        """`call` takes up to `most` items and returns as many answers, in their order."""
        self._call = call
        self._most = most
        self._pending: list[tuple[Item, asyncio.Future[Answer]]] = []
        self._flushing: asyncio.Task[None] | None = None

    async def __call__(self, item: Item) -> Answer:
        """Return the answer to `item`. Raises what the call raised."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._pending.append((item, future))
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())
        return await future

    async def _flush(self) -> None:
        while self._pending:
            batch, self._pending = self._pending[: self._most], self._pending[self._most :]
            try:
                answers = await self._call([item for item, _ in batch])
            except Exception as error:  # noqa: BLE001  # every caller is told, none is left waiting
                for _, future in batch:
                    if not future.done():
                        future.set_exception(error)
                continue
            for (_, future), answer in zip(batch, answers, strict=True):
                if not future.done():
                    future.set_result(answer)
