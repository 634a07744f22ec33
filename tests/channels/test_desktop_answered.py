"""From end to end: an answer anywhere closes the pop-up, and a pop-up's button answers."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.reminder import Answer, NewReminder, State
from later_tui.store import open_store
from later_tui.store.asyncstore import Store
from later_tui.store.records import View
from later_tui.ui.app import LaterApp
from later_tui.ui.run import open_lazily
from later_tui.ui.session import Session
from later_tui.widgets.view_tabs import ViewTabs
from tests.channels.desktop_rig import Desk, until
from tests.faults.conftest import on
from tests.faults.servers import Server, Servers
from tests.making import due_in


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server that can be killed, and that nobody starts again."""
    servers = Servers(tmp_path / "servers")
    yield servers.start()
    servers.close()


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """The private server, or the one that can be killed where a test asks for it."""
    if "server" not in request.fixturenames:
        return settings
    return on(settings, request.getfixturevalue("server"))


@pytest.fixture
async def store(settings: Settings) -> AsyncIterator[Store]:
    store = await open_store(settings)
    yield store
    await store.aclose()


def environment(settings: Settings) -> dict[str, str]:
    own = {
        "LATER_DATA_DIR": str(settings.data_dir),
        "LATER_USER": settings.user,
        "PYTHONWARNINGS": "",
    }
    if settings.redis.host:
        own |= {"LATER_REDIS_HOST": "127.0.0.1", "LATER_REDIS_PORT": str(settings.redis.port)}
    return os.environ | own


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
    try:
        async with app.run_test(size=(100, 30)):
            yield app
    finally:
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


async def told_that_it_was_not_kept(bus: Desk) -> None:
    await bus.tell(press=[1, "done"])
    await until(lambda: "later · “Done” was not kept" in str(bus.notified()[-1]["body"]))


async def test_an_answer_to_a_worker_without_its_server_is_told_as_lost(
    bus: Desk, settings: Settings, server: Server, store: Store, worker: None
) -> None:
    await shown(bus, store)
    server.kill()
    await told_that_it_was_not_kept(bus)


async def test_an_answer_to_an_app_without_its_server_is_told_as_lost(
    bus: Desk, settings: Settings, server: Server, store: Store, app: LaterApp
) -> None:
    await shown(bus, store)
    server.kill()
    await told_that_it_was_not_kept(bus)


async def test_the_digest_of_a_crowd_opens_the_list(
    bus: Desk, settings: Settings, store: Store, app: LaterApp
) -> None:
    for i in range(60):
        await store.add(due_in(-3_600_000 + i, f"thought {i}"))
    await until(lambda: digests(bus))
    app.main.show_pictures()
    assert app.main.query_one(ViewTabs).active != View.UNANSWERED
    await bus.tell(press=[digests(bus)[0], "open"])
    await until(lambda: app.main.query_one(ViewTabs).active == View.UNANSWERED)
    await until(lambda: app.screen is app.main)


def digests(bus: Desk) -> list[int]:
    """Return the numbers of the pop-ups that have the digest's button."""
    bodies: list[list[list[str]]] = [call["body"] for call in bus.notified()]  # type: ignore[misc]
    return [number for number, body in enumerate(bodies, 1) if "open" in body[5]]
