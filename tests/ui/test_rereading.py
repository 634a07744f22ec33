"""What is shown is read anew now and then; a reading that takes long is let finish."""

import asyncio

import pytest
from textual.app import App
from textual.screen import Screen

from later_tui.store.asyncstore import Store
from later_tui.store.claims import WorkerInfo
from later_tui.ui import rereading
from later_tui.ui.rereading import Rereading
from later_tui.ui.screens import health, log, pictures
from tests.ui.conftest import Open
from tests.ui.stage import Thought, new, until
from tests.widgets.showing import shown

OFTEN_S, SLOW_S = 0.02, 0.15


class Slow(Screen[None]):
    def __init__(self, every_s: float = OFTEN_S) -> None:
        super().__init__()
        self.every_s = every_s
        self.begun = self.ended = self.most = 0

    def on_mount(self) -> None:
        self.rereading = Rereading(self, self.read, self.every_s)

    async def read(self) -> None:
        self.begun += 1
        self.most = max(self.most, self.begun - self.ended)
        await asyncio.sleep(SLOW_S)
        self.ended += 1


async def test_each_reading_ends_before_the_next_begins() -> None:
    app, screen = App[None](), Slow()
    async with app.run_test() as pilot:
        await app.push_screen(screen)
        await until(pilot, lambda: screen.ended >= 3)
        assert screen.most == 1
        app.pop_screen()
        await pilot.pause()
        begun = screen.begun
        await pilot.pause(2 * SLOW_S)
        assert screen.begun == begun


async def test_what_is_asked_for_meanwhile_is_read_once_more_and_no_oftener() -> None:
    app, screen = App[None](), Slow(every_s=1000)
    async with app.run_test() as pilot:
        await app.push_screen(screen)
        await until(pilot, lambda: screen.begun == 1)
        for _ in range(3):
            screen.rereading.now()
        await until(pilot, lambda: screen.ended == 2)
        await pilot.pause(2 * SLOW_S)
        assert (screen.begun, screen.most) == (2, 1)


async def test_changes_that_follow_each_other_are_read_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rereading, "SOON_S", OFTEN_S)
    app, screen = App[None](), Slow(every_s=1000)
    async with app.run_test() as pilot:
        await app.push_screen(screen)
        await until(pilot, lambda: screen.ended == 1)
        for _ in range(3):
            screen.rereading.soon()
        await until(pilot, lambda: screen.ended == 2)
        await pilot.pause(2 * SLOW_S)
        assert screen.begun == 2
        screen.rereading.soon()
        await until(pilot, lambda: screen.ended == 3)


async def test_the_status_panel_shows_what_a_slow_redis_says(
    running: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "REFRESH_S", OFTEN_S)
    workers = Store.workers

    async def slowly(store: Store) -> tuple[WorkerInfo, ...]:
        await asyncio.sleep(SLOW_S)
        return await workers(store)

    async with running() as (app, pilot):
        monkeypatch.setattr(Store, "workers", slowly)
        await pilot.press("i")
        await until(pilot, lambda: "is asked" in shown(app))
        await until(pilot, lambda: "none runs, so nothing comes back" in shown(app))


async def test_the_pictures_show_what_a_slow_redis_says(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "REFRESH_S", OFTEN_S)
    await store.add(new(Thought(text="call mum")))
    sample = Store.sample_behind

    async def slowly(store: Store, user: str) -> object:
        await asyncio.sleep(SLOW_S)
        return await sample(store, user)

    async with running() as (app, pilot):
        monkeypatch.setattr(Store, "sample_behind", slowly)
        await pilot.press("4")
        await until(pilot, lambda: "tomorrow" in shown(app))


async def test_the_log_is_shown_though_its_disk_is_slow(
    running: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "REFRESH_S", OFTEN_S)
    to_thread = asyncio.to_thread

    async def slowly(*args: object) -> object:
        await asyncio.sleep(SLOW_S)
        return await to_thread(*args)  # type: ignore[arg-type]

    async with running() as (app, pilot):
        monkeypatch.setattr(asyncio, "to_thread", slowly)
        await pilot.press("L")
        await until(pilot, lambda: "Nothing has gone wrong yet" in shown(app))
