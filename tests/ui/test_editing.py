"""Changing a reminder while other words wait, are written, or are being kept: none are lost."""

import asyncio
import threading
from collections.abc import Sequence
from typing import Any

import pytest

from later_tui.domain import editing
from later_tui.domain.errors import StoreError
from later_tui.domain.reminder import NewReminder, Reminder, State
from later_tui.store.asyncstore import Store
from later_tui.store.records import Kept, View
from later_tui.ui.app import LaterApp
from later_tui.widgets.find_bar import FindBar
from later_tui.widgets.quick_add import QuickAdd
from tests.ui.conftest import Open
from tests.ui.stage import DAY, Dice, Thought, new, rest, until
from tests.widgets.showing import letters, shown


async def keep(store: Store, *texts: str) -> list[str]:
    news = [
        new(Thought(text=text, ends=(at + 2) * DAY), dice=Dice(1_000 + at))
        for at, text in enumerate(texts)
    ]
    return [(await store.add(one)).reminder_id for one in news]


async def texts(store: Store) -> list[str]:
    return sorted(one.text for one in (await store.page("ada", View.UPCOMING, 0, 50)).reminders)


def hold_edits(app: LaterApp, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Make changes wait, as on a slow line, until the event is set."""
    go_on, edit = asyncio.Event(), app.session.store.edit

    async def slowly(reminder_id: str, changed: NewReminder) -> Reminder:
        await go_on.wait()
        return await edit(reminder_id, changed)

    monkeypatch.setattr(app.session.store, "edit", slowly)
    return go_on


def hold_adds(app: LaterApp, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    go_on, add_many = asyncio.Event(), app.session.store.add_many

    async def slowly(news: Sequence[NewReminder]) -> list[Kept]:
        await go_on.wait()
        return await add_many(news)

    monkeypatch.setattr(app.session.store, "add_many", slowly)
    return go_on


def refuse_edits(app: LaterApp, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: Any) -> Reminder:
        raise StoreError("Redis is away")

    monkeypatch.setattr(app.session.store, "edit", away)


def box(app: LaterApp) -> QuickAdd:
    return app.main.query_one(QuickAdd)


async def test_who_writes_on_after_a_change_gives_no_commands(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = await keep(store, "one", "two")
    async with running() as (app, pilot):
        go_on = hold_edits(app, monkeypatch)
        await pilot.press("e", "!", "enter", *letters("buy a bo"))
        go_on.set()
        await until(pilot, lambda: box(app).text == "buy a bo")
        await pilot.press(*letters("x of tea"))
        await rest(pilot)
        assert box(app).text == "buy a box of tea"
        assert [(await store.get(one)).state for one in ids] == [State.SCHEDULED] * 2


async def test_a_thought_kept_behind_a_change_leaves_the_keys_in_the_box(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(store, "one")
    async with running() as (app, pilot):
        go_on = hold_edits(app, monkeypatch)
        await pilot.press("e", "!", "enter", *letters("two"), "enter", *letters("three"), "enter")
        go_on.set()
        await until(pilot, lambda: app.main.upcoming == 3)
        await rest(pilot)
        assert await texts(store) == ["one!", "three", "two"]
        assert box(app).text == ""
        assert box(app).editing


async def test_a_kept_change_takes_the_keys_from_nothing_but_the_box(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(store, "one")
    async with running() as (app, pilot):
        go_on = hold_edits(app, monkeypatch)
        await pilot.press("e", "!", "enter", "tab", "slash", *letters("on"))
        go_on.set()
        await until(pilot, lambda: not box(app).text)
        await pilot.press("e")
        assert app.main.query_one(FindBar).text == "one"


async def test_a_change_begun_while_an_add_is_under_way_stays_open(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(store, "one")
    async with running() as (app, pilot):
        go_on = hold_adds(app, monkeypatch)
        await pilot.press("a", *letters("new"), "enter", "escape", "e", *letters(" changed"))
        go_on.set()
        await until(pilot, lambda: app.main.upcoming == 2)
        await rest(pilot)
        assert box(app).text == "one changed"
        assert "change it, or esc" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: not box(app).text)
        assert await texts(store) == ["new", "one changed"]


async def test_an_enter_at_a_change_while_an_add_is_under_way_is_not_lost(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(store, "one")
    async with running() as (app, pilot):
        go_on = hold_adds(app, monkeypatch)
        await pilot.press("a", *letters("new"), "enter", "escape", "e", "!", "enter")
        go_on.set()
        await until(pilot, lambda: app.main.upcoming == 2 and not box(app).text)
        assert await texts(store) == ["new", "one!"]


async def test_a_second_change_begun_while_the_first_is_kept(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(store, "one", "two")
    async with running() as (app, pilot):
        go_on = hold_edits(app, monkeypatch)
        await pilot.press("e", *letters(" A"), "enter", "tab", "j", "e", *letters(" B"))
        go_on.set()
        await until(pilot, lambda: "changed; it comes back" in shown(app))
        await rest(pilot)
        assert box(app).text == "two B"
        await pilot.press("enter")
        await until(pilot, lambda: not box(app).text)
        assert await texts(store) == ["one A", "two B"]


async def test_a_change_that_fails_below_another_one_comes_back(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(store, "one", "two")
    async with running() as (app, pilot):
        go_on = hold_edits(app, monkeypatch)
        slowly = app.session.store.edit

        async def away(reminder_id: str, changed: NewReminder) -> Reminder:
            await slowly(reminder_id, changed)
            raise StoreError("Redis is away")

        monkeypatch.setattr(app.session.store, "edit", away)
        await pilot.press("e", *letters(" A"), "enter", "tab", "j", "e")
        go_on.set()
        await until(pilot, lambda: "come back here after this change" in box(app).said.problem)
        assert box(app).text == "two"
        await pilot.press("escape")
        assert box(app).text == "one A"


async def test_the_same_reminder_is_not_changed_twice_at_once(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(store, "one")
    async with running() as (app, pilot):
        go_on = hold_edits(app, monkeypatch)
        await pilot.press("e", "!", "enter", "tab", "e")
        assert "just being changed" in box(app).said.hint
        go_on.set()
        await until(pilot, lambda: not box(app).text)
        assert await texts(store) == ["one!"]


async def test_a_change_that_is_changed_on_while_it_is_kept_stays_one(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(store, "one")
    async with running() as (app, pilot):
        go_on = hold_edits(app, monkeypatch)
        await pilot.press("e", "!", "enter", "home", *letters("the "), "enter")
        go_on.set()
        await until(pilot, lambda: not box(app).text)
        assert await texts(store) == ["the one!"]


async def test_words_typed_while_a_change_is_kept_stand_behind_those_put_by(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(store, "one")
    async with running() as (app, pilot):
        await pilot.press("a", *letters("draft"), "escape")
        go_on = hold_edits(app, monkeypatch)
        await pilot.press("e", "!", "enter", *letters("next"))
        go_on.set()
        await until(pilot, lambda: box(app).text == "draft\nnext")
        await pilot.press("s")
        assert box(app).text == "draft\nnexts"


async def test_a_change_given_up_by_another_edit_comes_back(running: Open, store: Store) -> None:
    await keep(store, "one", "two")
    async with running() as (app, pilot):
        await pilot.press("a", *letters("draft"), "escape")
        await pilot.press("e", *letters(" A"), "tab", "j", "e")
        assert box(app).text == "two"
        assert "another change waits" in shown(app)
        assert app.main.unkept == "draft\none A"
        await pilot.press("!", "enter")
        await until(pilot, lambda: box(app).text == "one A")
        await pilot.press("enter")
        await until(pilot, lambda: box(app).text == "draft")
        assert await texts(store) == ["one A", "two!"]


async def test_the_open_one_is_gone_on_with(running: Open, store: Store) -> None:
    await keep(store, "one")
    async with running() as (app, pilot):
        await pilot.press("e", "!", "tab", "e")
        assert box(app).text == "one!"
        await pilot.press("escape")
        assert app.main.unkept == ""


async def test_a_change_that_could_not_be_kept_is_given_back_on_leaving(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(store, "one")
    async with running() as (app, pilot):
        refuse_edits(app, monkeypatch)
        await pilot.press("e")
        assert app.main.unkept == ""
        await pilot.press(*letters(" and more"), "enter")
        await until(pilot, lambda: "Your words stay here" in box(app).said.problem)
        await app.ending.begin()
        assert app.main.unkept == "one and more"


async def test_a_change_begun_while_a_list_is_kept_holds_its_own_words(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(store, "one")
    async with running() as (app, pilot):
        go_on = hold_adds(app, monkeypatch)
        app.main._do(app.main._keep_many(("two", "bad within 3 dasy")))
        await pilot.press("e", "!")
        go_on.set()
        await until(
            pilot, lambda: "the other comes here after this change" in box(app).said.problem
        )
        assert box(app).text == "one!"
        await pilot.press("escape")
        assert box(app).text == "bad within 3 dasy"


async def test_the_words_of_a_reminder_are_read_beside_the_keys(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(store, "see the fair by 24 dec")
    threads = list[threading.Thread]()
    edit_line = editing.edit_line

    def noted(*args: Any) -> str:
        threads.append(threading.current_thread())
        return edit_line(*args)

    monkeypatch.setattr(editing, "edit_line", noted)
    async with running() as (app, pilot):
        await pilot.press("e", "!", "escape")
        assert box(app).text == ""
        await pilot.press("enter", "e")
        await until(pilot, lambda: box(app).text == "see the fair by 24 dec --")
        assert len(threads) == 2
        assert threading.main_thread() not in threads
