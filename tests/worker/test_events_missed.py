"""What is answered while a worker cannot reach the store is heard when it can again."""

from pathlib import Path

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.errors import StoreError
from later_tui.domain.reminder import Answer, State
from later_tui.store.asyncstore import Store
from later_tui.worker import worker as worker_module
from later_tui.worker.reading import read_on
from tests.making import due_in, now_ms
from tests.worker.conftest import Workers, eventually
from tests.worker.filechannel import FileChannel
from tests.worker.test_worker import is_in


async def test_an_answer_while_the_store_was_away_takes_the_pop_up_away(
    settings: Settings,
    store: Store,
    workers: Workers,
    sent: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker_module, "EVENTS_BLOCK_MS", 50)
    channel = FileChannel(sent)
    worker = await workers.start(channel)
    new = due_in(50)
    await store.add(new)
    await eventually(is_in(store, new.id, State.DELIVERED))
    theirs = worker._store

    async def away(*_: object, **__: object) -> None:
        raise StoreError("Redis cannot be reached")

    with monkeypatch.context() as cut:
        # The worker's own connection is cut; the machine where it is answered has another.
        for name in ("events", "last_event", "beat"):
            cut.setattr(theirs, name, away)
        await eventually(lambda: "Redis cannot be reached" in worker.status.trouble)
        await store.answer(settings, new.id, Answer.DONE, now=now_ms())
    await eventually(lambda: channel.withdrawn == [new.id])


@pytest.mark.parametrize(
    ("heard", "last", "first"),
    [("", "5-0", "5-0"), ("3-7", "5-0", "3-7"), ("12-0", "5-0", "5-0"), ("5-10", "5-9", "5-9")],
)
def test_it_reads_on_where_it_stopped_and_never_from_what_is_to_come(
    heard: str, last: str, first: str
) -> None:
    assert read_on(heard, last) == first
