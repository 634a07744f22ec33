"""A reminder goes by mail, through the real worker and a real Redis."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from later_tui.channels.email import Email
from later_tui.config.settings import Settings
from later_tui.domain.reminder import State
from later_tui.store import open_store
from later_tui.store.asyncstore import Store
from later_tui.worker import delivery
from tests.channels.smtp_bad import Talk
from tests.channels.smtp_rig import ADA, Post
from tests.making import due_in
from tests.worker.conftest import Workers, eventually
from tests.worker.filechannel import FileChannel, lines


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with Post() as post:
        yield post


@pytest.fixture
async def store(settings: Settings) -> AsyncIterator[Store]:
    store = await open_store(settings)
    yield store
    await store.aclose()


@pytest.fixture
async def workers(settings: Settings) -> AsyncIterator[Workers]:
    workers = Workers(settings)
    yield workers
    await workers.stop()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again at once: the backoff has its own tests, and nobody waits a minute here."""

    def at_once(now: int, *_: object) -> int:
        return now + 100

    monkeypatch.setattr(delivery, "retry_at", at_once)


async def state(store: Store, reminder_id: str) -> State:
    return (await store.get(reminder_id)).state


def message_ids(texts: list[bytes]) -> set[bytes]:
    found = [line for text in texts for line in text.split(b"\r\n")]
    return {line for line in found if line.startswith(b"Message-ID")}


async def test_a_450_is_delivered_on_the_retry(
    store: Store, workers: Workers, post: Post, soon: None
) -> None:
    server = await post.real()
    server.box.refusals = ["450 4.2.0 try again later"]
    await workers.start(post.to(server))
    new = due_in(100, "call mum", channels=("email",))
    await store.add(new)

    async def delivered() -> bool:
        return await state(store, new.id) is State.DELIVERED

    await eventually(delivered, 30)
    (got,) = server.box.mails
    assert got.recipients == [ADA]
    assert got.message["Subject"] == "call mum"
    assert got.message["Message-ID"] == f"<{new.id}.0@example.org>"
    (sent,) = (await store.get(new.id)).deliveries
    assert (sent.attempt, sent.via) == (2, "smtp 127.0.0.1")


async def test_a_mail_whose_acceptance_was_lost_comes_again_with_the_same_message_id(
    store: Store, workers: Workers, post: Post, soon: None
) -> None:
    async def drop(talk: Talk) -> bytes:
        return await talk.drop()

    server = await post.bad({".": [drop, b"250 2.0.0 Ok: queued as TWO\r\n"]})
    await workers.start(post.to(server))
    new = due_in(100, "call mum", channels=("email",))
    await store.add(new)

    async def delivered() -> bool:
        return await state(store, new.id) is State.DELIVERED

    await eventually(delivered, 30)
    assert len(server.texts) == 2
    assert message_ids(server.texts) == {f"Message-ID: <{new.id}.0@example.org>".encode()}


async def test_a_550_is_failed_and_the_servers_words_are_kept(
    store: Store, workers: Workers, post: Post
) -> None:
    server = await post.real()
    server.box.refusals = ["550 5.1.1 no such user here"]
    await workers.start(post.to(server))
    new = due_in(100, "call mum", channels=("email",))
    await store.add(new)

    async def failed() -> bool:
        return await state(store, new.id) is State.FAILED

    await eventually(failed, 30)
    (sent,) = (await store.get(new.id)).deliveries
    assert sent.error == "smtp 127.0.0.1 refused the recipient: 550 5.1.1 no such user here"
    assert server.box.mails == []


async def test_a_refused_login_pauses_mail_and_nothing_else(
    store: Store, workers: Workers, post: Post, tmp_path: Path
) -> None:
    server = await post.bad(AUTH=b"535 5.7.8 bad credentials\r\n")
    mail: Email = post.to(server, username="ada", password="wrong")
    desk = FileChannel(tmp_path / "sent")
    await workers.start(mail, desk)
    news = [due_in(50 + i, f"{i}", channels=("email", "desktop")) for i in range(5)]
    for new in news:
        await store.add(new)
    await eventually(lambda: len(lines(tmp_path / "sent")) == 5, 30)
    await eventually(lambda: any("535" in w for w in waits(workers)), 30)
    await asyncio.sleep(3)  # the paused channel is asked again every two seconds
    assert server.count("AUTH") == 1
    for new in news:
        found = {one.channel: one.state for one in (await store.get(new.id)).deliveries}
        assert found["email"] is State.SCHEDULED, "none is lost, and none has failed"


def waits(workers: Workers) -> list[str]:
    return [reason for status in workers.statuses for reason in status.waiting.values()]
