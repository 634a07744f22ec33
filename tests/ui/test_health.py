"""The status panel: Redis, the workers, what needs attention; a key away."""

import os
import socket
from dataclasses import replace

import pytest

from later_tui.config.settings import RedisSettings, Settings
from later_tui.domain.failing import Failing
from later_tui.store import open_store, room
from later_tui.store.claims import WorkerInfo
from later_tui.store.command import command
from later_tui.ui.app import LaterApp
from later_tui.ui.screens import health
from later_tui.ui.status import Here
from later_tui.widgets.labelled import Labelled
from later_tui.widgets.status_bar import StatusBar
from tests.making import due_in
from tests.ui.conftest import Open
from tests.ui.stage import NOW, rest, session, until
from tests.widgets.showing import shown


async def test_a_key_shows_the_server_and_who_works_where_since_when_serving_what(
    running: Open,
) -> None:
    async with running() as (app, pilot):
        store = app.session.store
        info = WorkerInfo("w1", "atlas", 42, NOW - 3 * 86_400_000, ("desktop", "email"), 50, 3)
        await store.beat(info, holds_ms=60_000)
        await pilot.press("i")
        await until(pilot, lambda: "atlas (pid 42)" in shown(app))
        assert "embedded, valkey" in shown(app)
        assert "started 3 days ago; serves desktop, email; 3 of 50 slots busy" in shown(app)
        assert "L log" in shown(app)
        await pilot.press("escape")
        await rest(pilot)
        assert "atlas (pid 42)" not in shown(app)


@pytest.mark.parametrize("columns", [80, 120, 200])
async def test_a_worker_takes_one_line(running: Open, columns: int) -> None:
    async with running(size=(columns, 24)) as (app, pilot):
        info = WorkerInfo("w1", "vm", 26031, NOW, ("desktop",), 50, 0)
        await app.session.store.beat(info, holds_ms=60_000)
        await pilot.press("i")
        await until(
            pilot, lambda: "vm (pid 26031), started just now; serves desktop; idle" in shown(app)
        )


async def test_a_channel_that_fails_on_another_host_is_in_the_status_line(running: Open) -> None:
    async with running() as (app, pilot):
        info = WorkerInfo("w1", "atlas", 42, NOW, ("email",), 50, 0, "ada")
        told = replace(info, failing={"email": REFUSED})
        await app.session.store.beat(told, holds_ms=60_000)
        await app.session.store.add(due_in(60_000))
        await until(
            pilot, lambda: "email fails on atlas" in shown(app, app.main.query_one(StatusBar))
        )
        await app.session.store.beat(info, holds_ms=60_000)
        await app.session.store.add(due_in(60_000))
        await until(pilot, lambda: "email fails" not in shown(app))


async def test_a_click_on_the_status_line_shows_it_too(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.click(StatusBar)
        await until(pilot, lambda: "valkey" in shown(app) or "redis" in shown(app))


async def test_no_worker_and_what_waits_here_are_said(running: Open) -> None:
    async with running() as (app, pilot):
        app.session.outbox.keep(due_in(60_000))
        await pilot.press("i")
        await until(pilot, lambda: "none runs, so nothing comes back" in shown(app))
        assert "1 waits on this machine until Redis is back" in shown(app)


async def test_a_full_disk_is_said(running: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LEAST", 1 << 60)
    async with running() as (app, pilot):
        await pilot.press("i")
        await until(pilot, lambda: "full: make room there" in words(app))


async def test_a_server_that_may_lose_reminders_is_said_in_the_status_line(
    running: Open, settings: Settings
) -> None:
    store = await open_store(settings)

    def careless():  # type: ignore[no-untyped-def]
        yield [command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")]

    await store.run(careless())
    socket = settings.data_dir / "server" / "redis.sock"
    elsewhere = replace(settings, redis=RedisSettings(url=f"unix://{socket}"))
    own = replace(elsewhere, keys={"app.health": "f9"})
    async with running(session=session(own)) as (app, pilot):
        await until(pilot, lambda: "Redis may lose reminders: press f9" in shown(app))
        await pilot.press("f9")
        await until(pilot, lambda: "allkeys-lru" in shown(app))
    await store.aclose()


async def test_what_waits_is_no_longer_said_once_it_works_again(
    running: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "REFRESH_S", 0.05)
    async with running() as (app, pilot):
        app.main.here(Here("working", waiting={"email": "no such host"}))
        await pilot.press("i")
        await until(pilot, lambda: "email waits" in shown(app))
        app.main.here(Here("working"))
        await until(pilot, lambda: "email waits" not in shown(app))
        assert "valkey" in shown(app) or "redis" in shown(app)


MINUTE = 60_000
REFUSED = Failing("smtp mill cannot be reached: refused", NOW - 10 * MINUTE, 3, NOW + 5 * MINUTE)


async def test_what_fails_is_told_in_full_with_what_to_do(
    running: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "REFRESH_S", 0.05)
    async with running() as (app, pilot):
        app.main.here(Here("working", failing={"email": REFUSED}))
        assert "email fails: smtp mill cannot be reached: refused" in shown(app)
        await pilot.press("i")
        await until(pilot, lambda: "last 3 sends failed, the first 10 min ago" in words(app))
        told = words(app)
        assert "ago: smtp mill cannot be reached: refused; tried again by Tue 24 Nov 09:15" in told
        assert "`later channels test email` tries it now" in told
        app.main.here(Here("working"))
        await until(pilot, lambda: "email fails" not in shown(app))


async def test_what_waits_and_fails_in_other_workers_is_told_with_their_host(
    running: Open,
) -> None:
    async with running() as (app, pilot):
        info = WorkerInfo("w1", "atlas", 42, NOW, ("email",), 50, 0, "ada")
        told = replace(info, waiting={"desktop": "no bus"}, failing={"email": REFUSED})
        await app.session.store.beat(told, holds_ms=60_000)
        bob = replace(told, id="w2", host="moon", user="bob")
        await app.session.store.beat(bob, holds_ms=60_000)
        own = replace(told, id="w3", host=socket.gethostname(), pid=os.getpid())
        await app.session.store.beat(own, holds_ms=60_000)
        await pilot.press("i")
        await until(pilot, lambda: "on atlas: its last 3 sends failed" in words(app))
        assert "on atlas: no bus" in words(app)
        assert "on moon: " not in words(app)
        assert words(app).count("sends failed") == 1


def words(app: LaterApp) -> str:
    """What the panel says, however its lines are broken."""
    return " ".join(line.words for line in app.screen.query_one(Labelled).lines)
