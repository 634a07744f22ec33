"""A channel whose sends fail again and again is told by its worker, here and to other processes."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from later_tui.channels.base import Availability
from later_tui.domain.errors import MaybeSentError, PermanentError, TransientError, UnavailableError
from later_tui.domain.failing import Failing
from later_tui.domain.reminder import State
from later_tui.store.asyncstore import Store
from later_tui.worker import delivery, presence, streaks
from later_tui.worker import worker as worker_module
from tests.channels.smtp_rig import Post
from tests.making import due_in, now_ms
from tests.ports import free_port
from tests.worker.conftest import Workers, eventually
from tests.worker.filechannel import FileChannel, lines
from tests.worker.seeing import reaches


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with Post() as post:
        yield post


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What lasts is told at once, beats may come early at once, and retries come soon."""
    monkeypatch.setattr(streaks, "TOLD_AFTER_MS", 0)
    monkeypatch.setattr(presence, "EARLY_S", 0.05)
    monkeypatch.setattr(delivery, "retry_at", lambda now, *_: now + 300)
    # Only an early beat can be seen in time.
    monkeypatch.setattr(worker_module, "BEAT_S", 300.0)


def failing(workers: Workers) -> dict[str, Failing]:
    return dict(workers.statuses[-1].failing) if workers.statuses else {}


async def seen(store: Store, name: str = "email") -> Failing | None:
    """What another process reads of the worker."""
    return next((w.failing[name] for w in await store.workers() if name in w.failing), None)


async def test_a_mail_server_that_refuses_is_told_everywhere_until_a_mail_goes(
    store: Store, workers: Workers, post: Post, quick: None
) -> None:
    server = await post.real()
    server.box.refusals = ["451 4.3.0 out of order"] * 3
    began = now_ms()
    await workers.start(post.to(server))
    new = due_in(100, channels=("email",))
    await store.add(new)
    await eventually(lambda: "email" in failing(workers))

    async def others_know() -> bool:
        return await seen(store) is not None

    await eventually(others_know)
    told = await seen(store)
    assert told is not None
    assert told.reason.endswith("451 4.3.0 out of order")
    assert began <= told.since <= now_ms() + 1000

    async def works_again() -> bool:
        return failing(workers) == {} and await seen(store) is None

    await reaches(store, new, "email", State.DELIVERED)
    await eventually(works_again)
    assert max(s.failing["email"].times for s in workers.statuses if "email" in s.failing) >= 2


async def test_a_port_that_nobody_listens_at_is_told(
    store: Store, workers: Workers, post: Post, quick: None
) -> None:
    await workers.start(post.channel(host="127.0.0.1", port=free_port(), security="none"))
    await store.add(due_in(50, channels=("email",)))
    await eventually(lambda: failing(workers).get("email", Failing("", 0)).times >= 3)
    told = failing(workers)["email"]
    assert "cannot be reached" in told.reason


async def test_what_ended_is_no_fault_of_the_channel(
    store: Store, workers: Workers, sent: Path, quick: None
) -> None:
    once = FileChannel(
        sent,
        name="sms",
        idempotent=False,
        failures=[PermanentError("550 no such user"), MaybeSentError("no answer came")],
    )
    await workers.start(once)
    for state in (State.FAILED, State.UNKNOWN):
        new = due_in(50, channels=("sms",))
        await store.add(new)
        await reaches(store, new, "sms", state)
    await asyncio.sleep(0.5)
    assert not any(status.failing for status in workers.statuses)


async def test_a_doubt_that_is_tried_again_counts(
    store: Store, workers: Workers, sent: Path, quick: None
) -> None:
    doubts = [MaybeSentError("the connection broke off") for _ in range(50)]
    await workers.start(FileChannel(sent, failures=list(doubts)))
    await store.add(due_in(50))
    await eventually(lambda: "desktop" in failing(workers))
    assert failing(workers)["desktop"].reason == "the connection broke off"


async def test_one_failure_and_then_a_success_is_not_told(
    store: Store, workers: Workers, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "retry_at", lambda now, *_: now + 100)
    await workers.start(FileChannel(sent, failures=[TransientError("421 busy")]))
    await store.add(due_in(50))
    await eventually(lambda: len(lines(sent)) == 1)
    await asyncio.sleep(0.5)
    assert not any(status.failing for status in workers.statuses)


async def test_a_paused_channel_is_told_to_others_early_and_takes_the_place_of_failing(
    store: Store, workers: Workers, sent: Path, quick: None
) -> None:
    channel = FileChannel(
        sent, failures=[TransientError("421 busy"), UnavailableError("the bus \x1b[2Jis gone")]
    )
    channel.answer = Availability(ok=False, reason="the bus \x1b[2Jis gone")
    await workers.start(channel)
    await eventually(lambda: bool(workers.statuses) and bool(workers.statuses[-1].waiting))
    channel.answer = Availability(ok=True)
    await eventually(lambda: not workers.statuses[-1].waiting)
    await store.add(due_in(50))
    await eventually(lambda: "desktop" in failing(workers))
    channel.answer = Availability(ok=False, reason="the bus \x1b[2Jis gone")

    async def paused() -> bool:
        [worker] = await store.workers()
        return worker.waiting == {"desktop": "the bus [2Jis gone"} and not worker.failing

    await eventually(paused)
    await eventually(lambda: failing(workers) == {})


async def test_a_channel_that_goes_on_failing_has_no_beat_of_its_own(
    store: Store, workers: Workers, sent: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = await workers.start(
        FileChannel(sent, failures=[TransientError(f"busy {n}") for n in range(500)])
    )
    await store.add(due_in(50))
    await eventually(lambda: failing(workers).get("desktop", Failing("", 0)).times >= 2)
    await asyncio.sleep(0.5)
    beats = []
    beat = worker._store.beat

    async def counted(*given: object, **more: object) -> object:
        beats.append(given)
        return await beat(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(worker._store, "beat", counted)
    times = failing(workers)["desktop"].times
    await eventually(lambda: failing(workers)["desktop"].times >= times + 3)
    assert beats == []
