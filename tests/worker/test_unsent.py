"""What could not be sent is tried again, or fails, or waits until its channel can be used."""

import asyncio
from pathlib import Path

import pytest

from later_tui.channels.base import Availability
from later_tui.domain.errors import PermanentError, TransientError, UnavailableError
from later_tui.domain.reminder import State
from later_tui.store.asyncstore import Store
from later_tui.store.command import command
from tests.making import due_in, now_ms
from tests.worker.conftest import Workers, eventually
from tests.worker.filechannel import FileChannel, lines
from tests.worker.test_worker import is_in, states


async def test_a_passing_failure_is_tried_again_later(
    store: Store, workers: Workers, sent: Path
) -> None:
    await workers.start(FileChannel(sent, failures=[TransientError("421 busy", 50)]))
    new = due_in(50)
    await store.add(new)

    async def failed() -> bool:
        return (await store.get(new.id)).deliveries[0].error == "421 busy"

    await eventually(failed)
    found = await store.get(new.id)
    assert found.state is State.SCHEDULED

    def retry_score():  # type: ignore[no-untyped-def]
        [score] = yield [command("ZSCORE", "later:{0}:tasks:desktop:ada", new.id)]
        return float(score)

    assert await store.run(retry_score()) > now_ms()
    assert lines(sent) == []


async def test_a_lasting_failure_is_failed_with_the_other_sides_words(
    store: Store, workers: Workers, sent: Path
) -> None:
    await workers.start(FileChannel(sent, failures=[PermanentError("550 no such user")]))
    new = due_in(50)
    await store.add(new)
    await eventually(is_in(store, new.id, State.FAILED))
    assert (await store.get(new.id)).deliveries[0].error == "550 no such user"
    assert (await store.counts("ada")).unanswered == 1


async def test_a_channel_that_cannot_be_used_waits_and_comes_back(
    store: Store, workers: Workers, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("later_tui.worker.lanes.ASK_AGAIN_S", 0.1)
    channel = FileChannel(sent, failures=[UnavailableError("no bus")])
    await workers.start(channel)
    await eventually(lambda: bool(workers.statuses))
    channel.answer = Availability(ok=False, reason="still no bus")
    new = due_in(50)
    await store.add(new)
    await eventually(lambda: workers.statuses[-1].waiting == {"desktop": "still no bus"})
    assert await states(store, new.id) is State.SCHEDULED
    assert lines(sent) == []
    channel.answer = Availability(ok=True)
    await eventually(lambda: len(lines(sent)) == 1)
    await eventually(is_in(store, new.id, State.DELIVERED))
    await eventually(lambda: workers.statuses[-1].waiting == {})


async def test_a_channel_that_cannot_be_used_is_never_claimed(
    store: Store, workers: Workers, sent: Path
) -> None:
    channel = FileChannel(sent)
    channel.answer = Availability(ok=False, reason="no bus")
    new = due_in(-1000)
    await store.add(new)
    await workers.start(channel)
    await eventually(lambda: workers.statuses != [] and bool(workers.statuses[-1].waiting))
    await asyncio.sleep(0.2)
    assert (await store.get(new.id)).deliveries[0].token == 0
