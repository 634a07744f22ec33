"""What is answered elsewhere is not sent any more, and its pop-up goes away."""

from pathlib import Path

from later_tui.config.settings import Settings
from later_tui.domain.reminder import Answer, State
from later_tui.store.asyncstore import Store
from tests.making import due_in, now_ms
from tests.worker.conftest import Workers, eventually
from tests.worker.filechannel import FileChannel, lines
from tests.worker.test_worker import is_in, states


async def test_an_answer_elsewhere_takes_the_pop_up_away(
    settings: Settings, store: Store, workers: Workers, sent: Path
) -> None:
    channel = FileChannel(sent)
    await workers.start(channel)
    new = due_in(50)
    await store.add(new)
    await eventually(is_in(store, new.id, State.DELIVERED))
    await store.answer(settings, new.id, Answer.DONE, now=now_ms())
    await eventually(lambda: channel.withdrawn == [new.id])


async def test_what_is_answered_while_it_waits_is_not_sent(
    settings: Settings, store: Store, workers: Workers, sent: Path
) -> None:
    await workers.start(FileChannel(sent), wakeup_before_ms=10_000)
    new = due_in(4000)
    await store.add(new)
    await eventually(is_in(store, new.id, State.CLAIMED))
    await store.answer(settings, new.id, Answer.LET_GO, now=now_ms())
    await eventually(lambda: now_ms() > new.window.not_before + 300)
    assert lines(sent) == []
    assert await states(store, new.id) is State.RELEASED
