"""The page of pictures stands beside the lists: its tab, its key, and the ways back."""

import pytest

from later_tui.store.asyncstore import Store
from later_tui.ui.bridge import StoreLost
from later_tui.ui.screens.health import HealthScreen
from later_tui.ui.screens.main import MainScreen
from later_tui.ui.screens.pictures import PicturesScreen
from later_tui.widgets.status_bar import StatusBar
from later_tui.widgets.view_tabs import ViewTabs
from tests.ui.conftest import Open
from tests.ui.stage import Thought, new, rest, until
from tests.widgets.showing import shown


@pytest.mark.parametrize("keys", [("4",), ("shift+tab",), ("tab", "tab", "tab"), ("3", "l")])
async def test_it_is_a_key_away_and_the_next_of_the_lists(
    running: Open, keys: tuple[str, ...]
) -> None:
    async with running() as (app, pilot):
        await pilot.press(*keys)
        await rest(pilot)
        assert isinstance(app.screen, PicturesScreen)
        assert "when they may come back" in shown(app)


async def test_its_tab_can_be_clicked_and_so_can_the_others_from_there(running: Open) -> None:
    async with running() as (app, pilot):
        at = [spot.at for spot in app.main.query_one(ViewTabs).jump_places()]
        await pilot.click(ViewTabs, offset=(at[3].x + 1, 0))
        await rest(pilot)
        assert isinstance(app.screen, PicturesScreen)
        await pilot.click(ViewTabs, offset=(at[1].x + 1, 0))
        await rest(pilot)
        assert isinstance(app.screen, MainScreen)
        assert app.main.query_one(ViewTabs).active == "past"


@pytest.mark.parametrize(
    ("key", "view"),
    [
        ("1", "upcoming"),
        ("3", "unanswered"),
        ("tab", "upcoming"),
        ("h", "unanswered"),
        ("4", "past"),
    ],
)
async def test_the_keys_of_the_lists_lead_back(running: Open, key: str, view: str) -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "4", key)
        await rest(pilot)
        assert isinstance(app.screen, MainScreen)
        assert app.main.query_one(ViewTabs).active == view


async def test_without_anything_it_says_so_and_draws_nothing(running: Open, store: Store) -> None:
    async with running() as (app, pilot):
        await pilot.press("4")
        await rest(pilot)
        assert "nothing waits for you" in shown(app)
        assert "nothing is past yet" in shown(app)
        assert "tomorrow" not in shown(app)
        await pilot.press("escape")
        await store.add(new(Thought(text="call mum")))
        await pilot.press("4")
        await rest(pilot)
        assert "tomorrow" in shown(app)


async def test_how_things_stand_is_said_there_too_and_followed(running: Open, store: Store) -> None:
    async with running() as (app, pilot):
        await pilot.press("4")
        await rest(pilot)
        assert "0 kept for you" in shown(app)
        await store.add(new(Thought(text="call mum")))
        await until(pilot, lambda: "1 kept for you" in shown(app))
        app.main.on_store_lost(StoreLost("Redis is away"))
        await until(pilot, lambda: "no Redis: trying again…" in shown(app))
        await pilot.click(StatusBar)
        await rest(pilot)
        assert isinstance(app.screen, HealthScreen)
        await pilot.press("escape", "escape")
        await rest(pilot)
        assert isinstance(app.screen, MainScreen)
        app.main.on_store_lost(StoreLost("Redis is away"))
