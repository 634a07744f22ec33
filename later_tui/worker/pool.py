"""The slots of a worker: how many deliveries may be under way at once, and which they are."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator

from later_tui.store.claims import Held
from later_tui.worker.delivery import Delivery


class Slots:
    """How many deliveries may be under way at once, in all the pools that share them."""

    def __init__(self, total: int, sharers: int = 1) -> None:
        """`sharers` is how many pools there are: none may set all slots aside for its claim."""
        self.total = total
        self.share = max(1, total // sharers)
        self.busy = 0
        self.set_aside = 0
        self.listeners: list[Callable[[], None]] = []

    @property
    def free(self) -> int:
        return self.total - self.busy - self.set_aside

    def changed(self) -> None:
        """Tell every pool that a slot was taken or became free."""
        for listener in self.listeners:
            listener()


class Pool:
    """Runs deliveries, each in a slot of its own."""

    def __init__(self, slots: "int | Slots", changed: Callable[[], None]) -> None:
        """`changed` is called when a slot was taken or became free."""
        self._slots = Slots(slots) if isinstance(slots, int) else slots
        self._slots.listeners.append(changed)
        self._tasks: dict[Held, tuple[Delivery, asyncio.Task[None]]] = {}

    @property
    def slots(self) -> int:
        return self._slots.total

    @property
    def busy(self) -> int:
        """How many deliveries are under way here."""
        return len(self._tasks)

    @property
    def free(self) -> int:
        """How many slots are free now, for whoever is first."""
        return self._slots.free

    @property
    def full(self) -> bool:
        """Whether every slot has a delivery in it."""
        return self._slots.busy >= self._slots.total

    @contextlib.contextmanager
    def set_aside(self) -> Iterator[int]:
        """Keep free slots for a claim, and say how many; those it leaves are free again."""
        count = min(self._slots.free, self._slots.share)
        self._slots.set_aside += count
        try:
            yield count
        finally:
            # What it started has a slot of its own already: for no moment are there too few.
            self._slots.set_aside -= count
            if self._slots.share < self._slots.total:
                self._slots.changed()

    @property
    def held(self) -> list[Held]:
        """What is under way."""
        return list(self._tasks)

    def start(self, delivery: Delivery) -> None:
        """Run a delivery in a free slot."""
        task = asyncio.create_task(delivery.run())
        self._tasks[delivery.held] = (delivery, task)
        self._slots.busy += 1
        task.add_done_callback(lambda _: self._ended(delivery.held))
        self._slots.changed()

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
        self._slots.busy -= 1
        self._slots.changed()
