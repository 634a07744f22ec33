"""While a pasted list is being kept, none of it is lost, and none of it is kept twice."""

import asyncio
from collections.abc import Sequence

import pytest

from later_tui.domain.reminder import NewReminder
from later_tui.store.asyncstore import Store
from later_tui.store.outbox import Outbox, OutboxError
from later_tui.store.records import Kept, View
from later_tui.ui import keeping, lists
from later_tui.widgets.quick_add import QuickAdd
from tests.ui.conftest import Open
from tests.ui.stage import rest, until
from tests.ui.test_pasting import paste, texts
from tests.widgets.showing import letters, shown


async def test_a_list_pasted_while_redis_is_away_is_kept_on_this_machine(
    running: Open, store: Store
) -> None:
    async with running() as (app, pilot):
        session = app.session
        opened, session.opened = session.opened, None
        await pilot.press("a")
        paste(app, "one\ntwo")
        await rest(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: len(session.outbox) == 2)
        session.opened = opened


async def test_a_long_list_says_how_far_it_is_and_escape_stops_it(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "STEP", 2)
    go_on = asyncio.Event()
    async with running() as (app, pilot):
        add_many, calls = app.session.store.add_many, 0

        async def slowly(news: Sequence[NewReminder]) -> list[Kept]:
            nonlocal calls
            calls += 1
            if calls > 1:
                await go_on.wait()
            return await add_many(news)

        monkeypatch.setattr(app.session.store, "add_many", slowly)
        await pilot.press("a")
        paste(app, "one\ntwo\nthree\nfour\nfive\nsix")
        await rest(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "2 of 6 kept; esc stops" in shown(app))
        await pilot.press("escape")
        go_on.set()
        await until(pilot, lambda: "4 thoughts; the others are here" in shown(app))
        assert app.main.unkept == "five\nsix"
        assert sorted(await texts(store)) == ["four", "one", "three", "two"]


async def test_what_is_written_while_a_list_is_kept_is_not_lost(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = asyncio.Event()
    async with running() as (app, pilot):
        add_many = app.session.store.add_many

        async def slowly(news: Sequence[NewReminder]) -> list[Kept]:
            await go_on.wait()
            return await add_many(news)

        monkeypatch.setattr(app.session.store, "add_many", slowly)
        await pilot.press("a")
        paste(app, "one\nbad within 3 dasy")
        await rest(pilot)
        await pilot.press("enter", *letters("more"))
        go_on.set()
        await until(pilot, lambda: app.main.unkept == "more\nbad within 3 dasy")
        assert await texts(store) == ["one"]


async def test_a_list_is_kept_once_when_the_disk_fills(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running() as (app, pilot):
        room, keep = 3, Outbox.keep

        def full(outbox: Outbox, new: NewReminder) -> None:
            nonlocal room
            room -= 1
            if room < 0:
                raise OutboxError("the disk is full: it is not saved")
            keep(outbox, new)

        monkeypatch.setattr(Outbox, "keep", full)
        app.session.opened, opened = None, app.session.opened
        await pilot.press("a")
        paste(app, "one\nbad within 3 dasy\ntwo x3\nthree")
        await rest(pilot)
        await pilot.press("enter")
        await rest(pilot)
        # Of the second there was room for two draws of three.
        assert [new.text for new in app.session.outbox.waiting()] == ["one"]
        assert app.main.unkept == "bad within 3 dasy\ntwo x3\nthree"
        assert app.main.query_one(QuickAdd).said.problem == (
            "kept on this machine until Redis is back: 1 thought; the others are here: "
            "the disk is full: it is not saved"
        )
        app.session.opened = opened


async def test_what_redis_has_taken_is_kept_though_the_disk_takes_no_copy(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running() as (app, pilot):
        add_many = app.session.store.add_many

        async def lonely(news: Sequence[NewReminder]) -> list[Kept]:
            return [kept._replace(alone=True) for kept in await add_many(news)]

        def full(outbox: Outbox, new: NewReminder) -> None:
            raise OutboxError("the disk is full: it is not saved")

        monkeypatch.setattr(app.session.store, "add_many", lonely)
        monkeypatch.setattr(Outbox, "keep", full)
        await pilot.press("a", *letters("one"), "enter")
        await until(pilot, lambda: app.main.upcoming == 1)
        await until(pilot, lambda: app.main.unkept == "")


async def test_a_list_that_is_being_kept_is_kept_here_on_leaving(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "HURRY_S", 0.1)
    begun, never = asyncio.Event(), asyncio.Event()
    async with running() as (app, pilot):

        async def hanging(news: Sequence[NewReminder]) -> list[Kept]:
            begun.set()
            await never.wait()
            return []

        monkeypatch.setattr(app.session.store, "add_many", hanging)
        await pilot.press("a")
        paste(app, "one\ntwo")
        await rest(pilot)
        await pilot.press("enter")
        await begun.wait()
        await app.ending.begin()
        # Whether Redis has them is not known: they are kept here. It is handed them at once, each
        # to be taken once, which may have begun: what is here no more is there.
        assert app.main.unkept == ""
        assert not app.ending.unsure
        here = {one.id: one.text for one in app.session.outbox.waiting()}
        page = await store.page("ada", View.UPCOMING, 0, 9)
        kept = here | {one.id: one.text for one in page.reminders}
        assert sorted(kept.values()) == ["one", "two"]
