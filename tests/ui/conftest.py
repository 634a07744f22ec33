"""The app on a real store, without a terminal."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from textual.pilot import Pilot

from later_tui.config.settings import Settings
from later_tui.store import open_store
from later_tui.store.asyncstore import Store
from later_tui.ui.app import LaterApp
from later_tui.ui.bridge import OpenStore
from later_tui.ui.session import Session
from tests.ui import stage

Running = tuple[LaterApp, Pilot[None]]
Open = Callable[..., AbstractAsyncContextManager[Running]]


@pytest.fixture
async def store(settings: Settings) -> AsyncIterator[Store]:
    """Another process's store, as it were."""
    store = await open_store(settings)
    yield store
    await store.aclose()


@pytest.fixture
def running(settings: Settings) -> Open:
    """Runs the app: `async with running() as (app, pilot)`."""

    @asynccontextmanager
    async def run(
        *,
        size: tuple[int, int] = (110, 30),
        session: Session | None = None,
        opener: OpenStore = open_store,
        work: bool = False,
        ready: bool = True,
    ) -> AsyncIterator[Running]:
        app = LaterApp(session or stage.session(settings), opener, work=work)
        try:
            async with app.run_test(size=size) as pilot:
                if ready:
                    await stage.until(pilot, lambda: app.main.upcoming is not None)
                    await stage.rest(pilot)
                yield app, pilot
        finally:
            await app.aclose()

    return run
