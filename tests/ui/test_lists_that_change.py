"""What a key means when the list changes under the hand."""

import asyncio

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.reminder import Answer, State
from later_tui.store.asyncstore import Store
from later_tui.store.records import Page, View
from later_tui.ui.screens.main_lists import CHANGED
from later_tui.widgets import aim
from tests.ui import stage
from tests.ui.conftest import Open
from tests.ui.stage import DAY, NOW, Thought, new, rest, until
from tests.widgets.showing import shown


async def keep(store: Store, *texts: str) -> list[str]:
    """Keep thoughts that stand in this order; return their ids."""
    kept = [
        new(Thought(text=text, ends=(at + 2) * DAY), dice=stage.Dice(at))
        for at, text in enumerate(texts)
    ]
    return [(await store.add(one)).reminder_id for one in kept]


async def states(store: Store, ids: list[str]) -> list[State]:
    return [(await store.get(one)).state for one in ids]


async def test_a_key_that_was_on_its_way_when_the_row_went_answers_no_other(
    running: Open, store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aim, "LOOSE_S", 60)
    ids = await keep(store, "one", "two", "three")
    async with running() as (app, pilot):
        await store.answer(settings, ids[0], Answer.DONE, now=NOW)
        await until(pilot, lambda: app.main._shelf.shown.row_at(0).text == "two")  # type: ignore[union-attr]
        await pilot.press("x", "space")
        await rest(pilot)
        assert await states(store, ids) == [State.DONE, State.SCHEDULED, State.SCHEDULED]
        assert not app.main._shelf.marks
        assert CHANGED in shown(app)
        await pilot.press("j", "x")
        await until(pilot, lambda: app.main.upcoming == 1)
        assert await states(store, ids) == [State.DONE, State.SCHEDULED, State.RELEASED]


async def test_a_key_that_is_held_down_does_not_answer_the_list(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aim, "LOOSE_S", 60)
    ids = await keep(store, *(f"thought {at}" for at in range(8)))
    async with running() as (app, pilot):
        for _ in range(8):
            await pilot.press("d")
            await pilot.pause(0.03)
        await until(pilot, lambda: app.main.upcoming == 7)
        await pilot.press(*"dddd")
        await rest(pilot)
        assert (await states(store, ids)).count(State.DONE) == 1


async def test_one_after_the_other_is_answered_by_the_same_key(running: Open, store: Store) -> None:
    ids = await keep(store, *(f"thought {at}" for at in range(4)))
    async with running() as (app, pilot):
        for left in (3, 2, 1, 0):
            await until(pilot, lambda: app.main._shelf.selected)
            await pilot.press("d")
            await until(pilot, lambda left=left: app.main.upcoming == left)  # type: ignore[misc]
            await rest(pilot)
        assert set(await states(store, ids)) == {State.DONE}


async def test_on_the_last_row_the_cursor_stays_when_one_above_is_answered_elsewhere(
    running: Open, store: Store, settings: Settings
) -> None:
    ids = await keep(store, "one", "two", "three")
    async with running() as (app, pilot):
        await pilot.press("G")
        await store.answer(settings, ids[0], Answer.DONE, now=NOW)
        await until(pilot, lambda: app.main.upcoming == 2)
        await rest(pilot)
        assert app.main._shelf.selected.text == "three"  # type: ignore[union-attr]


async def test_keys_act_on_a_row_that_is_in_sight_after_the_wheel(
    running: Open, store: Store
) -> None:
    await keep(store, *(f"thought {at:02}" for at in range(60)))
    async with running() as (app, pilot):
        listing = app.main._shelf.shown
        listing.scroll_relative(y=30, animate=False)
        await rest(pilot)
        selected = app.main._shelf.selected
        assert selected is not None
        assert selected.text in shown(app, listing)


async def test_rows_that_come_late_do_not_hide_newer_ones(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = await keep(store, "one", "two")
    gate, pages = asyncio.Event(), []
    async with running() as (app, pilot):
        opened = type(app.session.opened)
        read = opened.page

        async def page(self: Store, user: str, view: View, start: int, count: int) -> Page:
            pages.append(view)
            first = len(pages) == 1
            found = await read(self, user, view, start, count)
            if first:
                await gate.wait()
            return found

        monkeypatch.setattr(opened, "page", page)
        app.main._refresher.now()
        await until(pilot, lambda: pages)
        await store.edit(ids[0], new(Thought(text="one, changed", ends=2 * DAY)))
        await until(pilot, lambda: "one, changed" in shown(app))
        gate.set()
        await rest(pilot)
        assert "one, changed" in shown(app)


async def test_rows_of_the_old_order_are_not_shown_in_the_new_one(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(store, "one", "two", "three")
    async with running() as (app, pilot):
        shelf, read = app.main._shelf, app.session.store.page
        gates = [asyncio.Event(), asyncio.Event()]
        asked = 0

        async def page(user: str, view: View, start: int, count: int) -> Page:
            nonlocal asked
            gate, asked = gates[min(asked, 1)], asked + 1
            found = await read(user, view, start, count)
            await gate.wait()
            return found

        monkeypatch.setattr(app.session.store, "page", page)
        late = asyncio.create_task(shelf.fill(View.UPCOMING, range(3)))
        await until(pilot, lambda: asked == 1)
        await pilot.press("o")
        await until(pilot, lambda: asked == 2)
        gates[0].set()
        await late
        assert shelf.shown.row_at(0) is None
        gates[1].set()
        await rest(pilot)
        assert shelf.shown.row_at(0).text == "three"  # type: ignore[union-attr]
