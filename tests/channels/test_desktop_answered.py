"""From end to end: an answer anywhere closes the pop-up, and a pop-up's button answers."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.reminder import Answer, NewReminder, State
from later_tui.store import open_store
from later_tui.store.asyncstore import Store
from later_tui.ui.app import LaterApp
from later_tui.ui.run import open_lazily
from later_tui.ui.session import Session
from tests.channels.desktop_rig import Desk, until
from tests.making import due_in


@pytest.fixture
async def store(settings: Settings) -> AsyncIterator[Store]:
    store = await open_store(settings)
    yield store
    await store.aclose()


def environment(settings: Settings) -> dict[str, str]:
    return os.environ | {
        "LATER_DATA_DIR": str(settings.data_dir),
        "LATER_USER": settings.user,
        "PYTHONWARNINGS": "",
    }


async def later(settings: Settings, *words: str) -> None:
    """Run a command as another process."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "later_tui", *words, env=environment(settings)
    )
    assert await process.wait() == 0


@pytest.fixture
async def worker(bus: Desk, settings: Settings, store: Store) -> AsyncIterator[None]:
    """A worker without the app, in a process of its own."""
    await bus.service()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "later_tui",
        "worker",
        env=environment(settings),
        stdin=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    yield
    process.terminate()
    await process.wait()


@pytest.fixture
async def app(bus: Desk, settings: Settings, store: Store) -> AsyncIterator[LaterApp]:
    """The app, with the worker inside it."""
    await bus.service()
    app = LaterApp(Session(replace(settings), "mill", "~/src"), open_lazily)
    async with app.run_test(size=(100, 30)):
        yield app
    await app.aclose()


def closed(desk: Desk) -> list[object]:
    return [call["body"] for call in desk.called() if call["member"] == "CloseNotification"]


async def shown(desk: Desk, store: Store, text: str = "call mum") -> NewReminder:
    """Keep a thought, and return it when its pop-up is on the screen and that is written down."""
    new = due_in(100, text)
    await store.add(new)
    await until(lambda: any(text in str(call["body"]) for call in desk.notified()))

    async def delivered() -> bool:
        return (await store.get(new.id)).state is State.DELIVERED

    await until(delivered)
    return new


async def is_done(store: Store, reminder_id: str) -> bool:
    return (await store.get(reminder_id)).state is State.DONE


async def test_an_answer_by_another_process_closes_a_workers_pop_up(
    bus: Desk, settings: Settings, store: Store, worker: None
) -> None:
    new = await shown(bus, store)
    await later(settings, "done", new.id)
    await until(lambda: closed(bus) == [[1]])


async def test_an_answer_by_another_process_closes_the_apps_pop_up(
    bus: Desk, settings: Settings, store: Store, app: LaterApp
) -> None:
    new = await shown(bus, store)
    await later(settings, "done", new.id)
    await until(lambda: closed(bus) == [[1]])


async def test_what_is_to_come_again_leaves_the_screen(
    bus: Desk, settings: Settings, store: Store, worker: None
) -> None:
    new = await shown(bus, store)
    await store.answer(settings, new.id, Answer.AGAIN, now=new.window.not_before)
    await until(lambda: closed(bus) == [[1]])


async def test_a_button_answers_where_no_app_runs(
    bus: Desk, settings: Settings, store: Store, worker: None
) -> None:
    new = await shown(bus, store)
    await bus.tell(press=[1, "done"])
    await until(lambda: is_done(store, new.id))


async def test_a_button_answers_in_the_app(
    bus: Desk, settings: Settings, store: Store, app: LaterApp
) -> None:
    new = await shown(bus, store)
    await bus.tell(press=[1, "done"])
    await until(lambda: is_done(store, new.id))
