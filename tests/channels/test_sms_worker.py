"""A worker, a Redis and a provider, all real: what becomes of a reminder by SMS and by webhook."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.reminder import Reminder, State
from later_tui.store import open_store
from later_tui.store.asyncstore import Store
from tests.channels.http_server import (
    Behaviour,
    answer,
    drop,
    drop_mid_body,
    in_turn,
    serving,
    silence,
)
from tests.channels.sms_process import LEASE_MS, channel
from tests.channels.sms_providers import by, said, twilio, twilio_error
from tests.making import due_in
from tests.worker.conftest import Workers, eventually

LONG_S = 60.0


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


async def becomes(store: Store, reminder_id: str, state: State) -> Reminder:
    async def is_so() -> bool:
        return (await store.get(reminder_id)).state is state

    await eventually(is_so, LONG_S)
    return await store.get(reminder_id)


async def has_error(store: Store, reminder_id: str) -> Reminder:
    async def is_so() -> bool:
        return bool((await store.get(reminder_id)).deliveries[0].error)

    await eventually(is_so, LONG_S)
    return await store.get(reminder_id)


async def killed_on_the_wire(settings: Settings, folder: Path, name: str, url: str,
                             requests: list[object]) -> None:  # fmt: skip
    """Let a worker's process send, and end it with -9 while it waits for the answer."""
    socket = settings.data_dir / "server" / "redis.sock"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.channels.sms_process", str(socket), str(folder), name, url,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert await process.stdout.readline() == b"working\n"
    await eventually(lambda: len(requests) == 1, LONG_S)
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()


async def test_an_sms_is_delivered_once_by_the_provider(store: Store, workers: Workers) -> None:
    async with serving(by(twilio)) as server:
        await workers.start(channel("sms", server.url))
        new = due_in(50, "call mum", channels=("sms",))
        await store.add(new)
        found = await becomes(store, new.id, State.DELIVERED)
        await workers.stop()
    assert found.deliveries[0].via == "twilio"
    assert [said(request) for request in server.requests] == ["call mum"]


@pytest.mark.parametrize("behave", [drop, drop_mid_body(201), answer(500, b"oops")])
async def test_an_sms_that_may_have_been_sent_is_unknown_and_not_sent_again(
    store: Store, workers: Workers, behave: Behaviour
) -> None:
    async with serving(in_turn(behave)) as server:
        await workers.start(channel("sms", server.url))
        new = due_in(50, channels=("sms",))
        await store.add(new)
        found = await becomes(store, new.id, State.UNKNOWN)
        assert found.deliveries[0].error
        await workers.stop()
        # A worker that starts anew does not take it up either.
        await workers.start(channel("sms", server.url))
        other = due_in(50, "another", channels=("sms",))
        server.behave = by(twilio)
        await store.add(other)
        await becomes(store, other.id, State.DELIVERED)
        await workers.stop()
    assert (await store.get(new.id)).state is State.UNKNOWN
    assert [said(request) for request in server.requests] == ["call mum", "another"]


async def test_a_timeout_after_the_request_was_written_is_unknown(
    store: Store, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("later_tui.channels.http.request.READ_S", 0.2)
    async with serving(silence) as server:
        await workers.start(channel("sms", server.url))
        new = due_in(50, channels=("sms",))
        await store.add(new)
        found = await becomes(store, new.id, State.UNKNOWN)
        await workers.stop()
    said = "the request was sent to 127.0.0.1, but no answer came in time"
    assert found.deliveries[0].error == said
    assert len(server.requests) == 1


async def test_what_may_have_been_sent_is_sent_again_on_the_persons_word(
    store: Store, workers: Workers
) -> None:
    async with serving(drop) as server:
        await workers.start(channel("sms", server.url))
        new = due_in(50, channels=("sms",))
        await store.add(new)
        await becomes(store, new.id, State.UNKNOWN)
        assert len(server.requests) == 1
        server.behave = by(twilio)
        await store.resend(new.id)
        await becomes(store, new.id, State.DELIVERED)
        await workers.stop()
    assert [said(request) for request in server.requests] == ["call mum"] * 2


async def test_a_worker_killed_on_the_wire_leaves_it_unknown_and_nobody_sends_it_again(
    settings: Settings, store: Store, workers: Workers, tmp_path: Path
) -> None:
    async with serving(silence) as server:
        new = due_in(100, channels=("sms",))
        await store.add(new)
        await killed_on_the_wire(settings, tmp_path, "sms", server.url, server.requests)
        server.behave = by(twilio)
        await workers.start(channel("sms", server.url), lease_ms=LEASE_MS, wakeup_before_ms=500)
        await becomes(store, new.id, State.UNKNOWN)
        await workers.stop()
    assert len(server.requests) == 1


async def test_a_definite_refusal_is_sent_again_later(store: Store, workers: Workers) -> None:
    behave = in_turn(twilio_error(429, 20429, "Too Many Requests", Retry_After="3600"))
    async with serving(behave) as server:
        await workers.start(channel("sms", server.url))
        new = due_in(50, channels=("sms",))
        await store.add(new)
        found = await has_error(store, new.id)
        await workers.stop()
    assert found.state is State.SCHEDULED
    assert "Too Many Requests (20429)" in found.deliveries[0].error
    assert len(server.requests) == 1


async def test_a_number_that_unsubscribed_is_failed_with_the_providers_words(
    store: Store, workers: Workers
) -> None:
    words = "Attempt to send to unsubscribed recipient"
    async with serving(twilio_error(400, 21610, words)) as server:
        await workers.start(channel("sms", server.url))
        new = due_in(50, channels=("sms",))
        await store.add(new)
        found = await becomes(store, new.id, State.FAILED)
        await workers.stop()
    assert found.deliveries[0].error == f"Twilio refused: {words} (21610)"


async def test_a_wrong_token_pauses_the_channel_and_loses_nothing(
    store: Store, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("later_tui.worker.lanes.ASK_AGAIN_S", 0.05)
    async with serving(twilio_error(401, 20003, "Authenticate")) as server:
        sender = channel("sms", server.url)
        await workers.start(sender)
        new = due_in(50, channels=("sms",))
        await store.add(new)

        def paused() -> bool:
            return bool(workers.statuses) and "sms" in workers.statuses[-1].waiting

        await eventually(paused, LONG_S)
        await becomes(store, new.id, State.SCHEDULED)
        assert len(server.requests) == 1
        server.behave = by(twilio)
        sender._rest._monotonic = lambda: 1e12  # type: ignore[attr-defined]  # the rest is over
        await becomes(store, new.id, State.DELIVERED)
        await workers.stop()
    assert len(server.requests) == 2


async def test_a_webhook_that_answers_503_is_posted_again_later(
    store: Store, workers: Workers
) -> None:
    async with serving(answer(503, b"Back soon", {"Retry-After": "600"})) as server:
        await workers.start(channel("webhook", server.url))
        new = due_in(50, channels=("webhook",))
        await store.add(new)
        found = await has_error(store, new.id)
        await workers.stop()
    assert found.state is State.SCHEDULED
    assert "503 Service Unavailable: Back soon" in found.deliveries[0].error


async def test_a_webhook_whose_worker_was_killed_is_posted_again_with_the_same_id(
    settings: Settings, store: Store, workers: Workers, tmp_path: Path
) -> None:
    async with serving(silence) as server:
        new = due_in(100, channels=("webhook",))
        await store.add(new)
        await killed_on_the_wire(settings, tmp_path, "webhook", server.url, server.requests)
        server.behave = answer(204)
        await workers.start(channel("webhook", server.url), lease_ms=LEASE_MS, wakeup_before_ms=500)
        await becomes(store, new.id, State.DELIVERED)
        await workers.stop()
    first, second = server.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
