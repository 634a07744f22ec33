"""What a worker holds stays its own while it sends, and is sent or given back when it ends."""

from pathlib import Path

from later_tui.domain.reminder import State
from later_tui.store.asyncstore import Store
from tests.making import due_in
from tests.worker.conftest import Workers, eventually
from tests.worker.filechannel import FileChannel, lines
from tests.worker.test_worker import is_in, states


async def test_a_worker_that_ends_gives_back_what_it_holds(
    store: Store, workers: Workers, sent: Path
) -> None:
    worker = await workers.start(FileChannel(sent), wakeup_before_ms=10_000)
    new = due_in(4000)
    await store.add(new)
    await eventually(is_in(store, new.id, State.CLAIMED))
    await workers.stop(worker)
    assert await states(store, new.id) is State.SCHEDULED
    assert await store.workers() == ()
    await workers.start(FileChannel(sent))
    await eventually(is_in(store, new.id, State.DELIVERED))


async def test_a_worker_that_ends_lets_a_send_finish(
    store: Store, workers: Workers, sent: Path
) -> None:
    worker = await workers.start(FileChannel(sent, slow_s=0.5))
    new = due_in(-100)
    await store.add(new)
    await eventually(lambda: len(lines(sent)) == 1)
    await workers.stop(worker)
    assert await states(store, new.id) is State.DELIVERED


async def test_a_long_send_keeps_its_lease(store: Store, workers: Workers, sent: Path) -> None:
    await workers.start(FileChannel(sent, slow_s=6.0), lease_ms=3000, wakeup_before_ms=300)
    await workers.start(FileChannel(sent, slow_s=6.0), lease_ms=3000, wakeup_before_ms=300)
    new = due_in(-100)
    await store.add(new)
    await eventually(is_in(store, new.id, State.DELIVERED))
    assert len(lines(sent)) == 1
