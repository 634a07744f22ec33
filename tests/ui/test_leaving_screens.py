"""What lies over another screen is left once, however often it is asked for in one go."""

import asyncio
import threading

import pytest

from later_tui.domain.reminder import State
from later_tui.store.asyncstore import Store
from later_tui.ui.screens import snooze
from later_tui.ui.screens.help import HelpScreen
from later_tui.ui.screens.pasted import PastedScreen
from later_tui.ui.screens.pictures import PicturesScreen
from later_tui.ui.screens.snooze import SnoozeScreen
from later_tui.widgets.hints import Hints
from later_tui.widgets.view_tabs import ViewTabs
from tests.ui.conftest import Open
from tests.ui.stage import Thought, new, rest

KEYS = {
    "i": "health.close",
    "L": "log.close",
    "question_mark": "help.close",
    "enter": "detail.close",
}


@pytest.mark.parametrize(("opens", "closes"), KEYS.items())
async def test_two_clicks_on_a_panels_key_close_the_panel_alone(
    running: Open, store: Store, opens: str, closes: str
) -> None:
    await store.add(new(Thought(text="call mum")))
    async with running() as (app, pilot):
        await pilot.press(opens)
        await rest(pilot)
        hints = app.screen.query_one(Hints)
        for _ in range(2):
            hints.post_message(Hints.Pressed(hints, closes))
        await rest(pilot)
        assert app.screen is app.main


@pytest.mark.parametrize("opens", ["health", "log", "help", "pictures", "main.detail"])
async def test_it_may_be_left_while_it_opens(running: Open, store: Store, opens: str) -> None:
    await store.add(new(Thought(text="call mum")))
    async with running() as (app, pilot):
        for _ in range(5):
            target = app.main if opens.startswith("main.") else app
            getattr(target, f"action_{opens.removeprefix('main.')}")()
            app.make_way()
        await rest(pilot)
        assert app.screen is app.main
        assert app.crash is None


@pytest.mark.parametrize("action", ["answer.done", "thought.edit"])
async def test_two_clicks_in_the_detail_are_one_choice(
    running: Open, store: Store, action: str
) -> None:
    ids = [new(Thought(text=text)) for text in ("call mum", "book the dentist at last")]
    await store.add_many(ids)
    async with running() as (app, pilot):
        await pilot.press("enter")
        await rest(pilot)
        hints = app.screen.query_one(Hints)
        for _ in range(2):
            hints.post_message(Hints.Pressed(hints, action))
        await rest(pilot)
        assert app.screen is app.main
        states = [(await store.get(one.id)).state for one in ids]
        assert states.count(State.DONE) == (action == "answer.done")


async def test_two_clicks_below_a_pasted_list_close_it_alone(running: Open) -> None:
    async with running() as (app, pilot):
        screen = PastedScreen(app.session, ("one", "two"))
        chosen: list[str | None] = []
        app.push_screen(screen, chosen.append)
        await rest(pilot)
        screen.action_choose("many")
        screen.action_choose("one")
        await rest(pilot)
        assert chosen == ["many"]
        assert app.screen is app.main


async def test_two_clicks_on_a_tab_of_the_pictures_lead_to_its_list(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("4")
        await rest(pilot)
        assert isinstance(app.screen, PicturesScreen)
        tabs = app.screen.query_one(ViewTabs)
        for name in ("past", "unanswered"):
            tabs.post_message(ViewTabs.Chosen(tabs, name))
        await rest(pilot)
        assert app.screen is app.main
        assert app.main.query_one(ViewTabs).active == "past"


async def test_a_screen_that_something_covers_stays(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("4")
        await rest(pilot)
        pictures = app.screen
        assert isinstance(pictures, PicturesScreen)
        await pilot.press("question_mark")
        await rest(pilot)
        pictures.action_close()
        await rest(pilot)
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await rest(pilot)
        assert app.screen is pictures


async def test_a_time_that_is_read_while_the_prompt_closes_is_for_nobody(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = new(Thought(text="call mum"))
    await store.add(kept)
    read, go_on = snooze.read_until, threading.Event()
    async with running() as (app, pilot):
        await pilot.press("s")
        await rest(pilot)
        screen = app.screen
        assert isinstance(screen, SnoozeScreen)

        def slowly(*args: object) -> int:
            go_on.wait(30)
            return read(*args)  # type: ignore[arg-type]

        monkeypatch.setattr(snooze, "read_until", slowly)
        # By itself, since the prompt's own readings end with it, if only in a moment.
        reading = asyncio.create_task(screen._read("2h"))
        await pilot.press("escape")
        await rest(pilot)
        go_on.set()
        assert await reading is None
        assert app.screen is app.main
        assert (await store.get(kept.id)).state is State.SCHEDULED


async def test_the_prompt_is_left_once(running: Open, store: Store) -> None:
    await store.add(new(Thought(text="call mum")))
    async with running() as (app, pilot):
        await pilot.press("s")
        await rest(pilot)
        screen = app.screen
        assert isinstance(screen, SnoozeScreen)
        screen.action_preset(1)
        screen.action_close()
        screen.action_close()
        await rest(pilot)
        assert app.screen is app.main
