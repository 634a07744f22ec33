"""What is wrong in the worker of the app is said, ends nothing else, and holds up no leaving."""

import asyncio
import logging
import threading
import time
from dataclasses import replace

import pytest

from later_tui.channels.registry import Opened
from later_tui.config.settings import Settings
from later_tui.store.asyncstore import Store
from later_tui.ui import host
from later_tui.ui.status import Here
from later_tui.worker import closing, delivery, opening, streaks
from tests.channels.smtp_rig import ADA, Post
from tests.making import due_in
from tests.ui.conftest import Open
from tests.ui.stage import session, until
from tests.widgets.showing import shown
from tests.worker.test_closing import Closes, Hangs


async def test_a_worker_that_died_is_said_and_opened_anew(
    running: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(host, "RETRY_S", 0.01)
    open_named, go_on, times = opening.open_named, threading.Event(), [0]

    def breaks(*args: object) -> Opened:
        times[0] += 1
        if not go_on.is_set():
            raise TypeError("a fault of a plugin")
        return open_named(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "open_named", breaks)
    async with running(work=True) as (app, pilot):
        await until(pilot, lambda: app.main.facts.here.state == "stopped" and times[0] > 1)
        assert "a fault of a plugin" in caplog.text
        go_on.set()
        await until(pilot, lambda: app.main.facts.here.state == "working")


async def test_a_worker_that_ends_before_it_began_is_said(running: Open) -> None:
    async def never(_: Settings) -> Store:
        await asyncio.Event().wait()
        raise AssertionError

    async with running(work=True, opener=never, ready=False) as (app, pilot):
        await until(pilot, lambda: app.main.facts.here == Here("starting"))
        await app.host.stop()
        await until(pilot, lambda: app.main.facts.here == Here("stopped"))


@pytest.mark.parametrize("blocks", [False, True], ids=["waits", "blocks"])
async def test_a_channel_that_does_not_close_holds_up_no_leaving(
    running: Open,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    blocks: bool,
) -> None:
    caplog.set_level(logging.WARNING)
    go_on = threading.Event()

    class Blocks(Closes):
        async def aclose(self) -> None:
            go_on.wait(60)

    def opened(*_: object) -> Opened:
        found = Opened()
        found.channels["desktop"] = Blocks() if blocks else Hangs()
        return found

    monkeypatch.setattr(opening, "open_named", opened)
    monkeypatch.setattr(closing, "CLOSE_S", 0.05)
    monkeypatch.setattr(host, "LEAVE_S", 0.2 if blocks else 30.0)
    async with running(work=True) as (app, pilot):
        await until(pilot, lambda: app.main.facts.here.state == "working")
        async with asyncio.timeout(30):
            await app.host.stop()
        said = "the worker did not end" if blocks else "the channel desktop did not close"
        assert said in caplog.text
        go_on.set()
        deadline = time.monotonic() + 30
        while any(one.name == "later worker" for one in threading.enumerate()):
            assert time.monotonic() < deadline
            await asyncio.sleep(0.01)


async def test_a_mail_server_that_is_out_of_order_is_said_until_a_mail_goes(
    running: Open, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaks, "TOLD_AFTER_MS", 0)
    monkeypatch.setattr(delivery, "retry_at", lambda now, *_: now + 500)
    async with Post() as post:
        server = await post.real()
        server.box.refusals = ["451 4.3.0 out of order"] * 3
        way = {"to": ADA, "host": "127.0.0.1", "port": server.port, "security": "none"}
        mailing = replace(settings, channels=("email",), channel_options={"email": way})
        async with running(work=True, session=session(mailing)) as (app, pilot):
            await app.session.store.add(due_in(50, channels=("email",)))
            await until(pilot, lambda: "email fails: 451 4.3.0 out of order" in shown(app))
            await until(pilot, lambda: app.main.facts.here.failing == {})
            await until(pilot, lambda: "email fails" not in shown(app))
            assert len(server.box.mails) == 1
