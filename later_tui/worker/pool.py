"""The slots of a worker: how many deliveries may be under way at once, and which they are."""

import asyncio
from collections.abc import Callable

from later_tui.store.claims import Held
from later_tui.worker.delivery import Delivery


class Pool:
    """Runs deliveries, each in a slot of its own."""

    def __init__(self, slots: int, changed: Callable[[], None]) -> None:
        """`changed` is called when a slot was taken or became free."""
        self.slots = slots
        self._changed = changed
        self._tasks: dict[Held, tuple[Delivery, asyncio.Task[None]]] = {}

    @property
    def busy(self) -> int:
        return len(self._tasks)

    @property
    def free(self) -> int:
        return self.slots - len(self._tasks)

    @property
    def held(self) -> list[Held]:
        """What is under way."""
        return list(self._tasks)

    def start(self, delivery: Delivery) -> None:
        """Run a delivery in a free slot."""
        task = asyncio.create_task(delivery.run())
        self._tasks[delivery.held] = (delivery, task)
        task.add_done_callback(lambda _: self._ended(delivery.held))
        self._changed()

    def lose(self, held: Held) -> None:
        """Stop a delivery whose lease is somebody else's now."""
        if held in self._tasks:
            self._tasks[held][1].cancel()

    async def close(self, grace_s: float) -> None:
        """Give back what is not being sent yet, and wait up to `grace_s` for what is."""
        for delivery, task in self._tasks.values():
            if not delivery.armed:
                task.cancel()
        if tasks := [task for _, task in self._tasks.values()]:
            await asyncio.wait(tasks, timeout=grace_s)
        if left := [task for _, task in self._tasks.values()]:
            for task in left:
                task.cancel()
            await asyncio.wait(left, timeout=grace_s)

    def _ended(self, held: Held) -> None:
        del self._tasks[held]
        self._changed()
