"""The page of pictures stands beside the lists: its tab, its key, and the ways back."""

import asyncio

import pytest
from textual.containers import VerticalScroll

from later_tui.config.settings import Settings
from later_tui.domain.errors import StoreError
from later_tui.store import open_store
from later_tui.store.asyncstore import Store
from later_tui.ui.bridge import StoreLost, StoreOpened
from later_tui.ui.screens import pictures
from later_tui.ui.screens.health import HealthScreen
from later_tui.ui.screens.main import MainScreen
from later_tui.ui.screens.pictures import PicturesScreen
from later_tui.widgets.quick_add import QuickAdd
from later_tui.widgets.reminder_list import ReminderList
from later_tui.widgets.status_bar import StatusBar
from later_tui.widgets.view_tabs import ViewTabs
from tests.ui import stage
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
        assert "There is nothing to draw yet." in shown(app)


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
        assert "Nothing waits for you, and nothing is past." in shown(app)
        for title in ("when they may come back", "what became of them", "by tag", "tomorrow"):
            assert title not in shown(app)
        await pilot.press("escape")
        await store.add(new(Thought(text="call mum")))
        await pilot.press("4")
        await rest(pilot)
        assert "tomorrow" in shown(app)
        assert "There is nothing" not in shown(app)


async def test_a_picture_without_anything_is_a_line_in_its_frame(
    running: Open, store: Store
) -> None:
    await store.add(new(Thought(text="call mum")))
    async with running(size=(110, 40)) as (app, pilot):
        await pilot.press("4")
        await rest(pilot)
        text = shown(app).splitlines()
        at = next(at for at, line in enumerate(text) if "nothing is past yet" in line)
        assert "what became of them" in text[at - 1]
        assert text[at + 1].strip().strip("╰─╯") == ""
        assert "■ done" not in shown(app)
        assert "by tag" not in shown(app)


async def test_until_something_was_read_nothing_is_drawn(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.add(new(Thought(text="call mum", tags=("home",))))
    go_on, sample = asyncio.Event(), Store.sample_ahead

    async def slowly(store: Store, user: str) -> object:
        await go_on.wait()
        return await sample(store, user)

    async with running() as (app, pilot):
        monkeypatch.setattr(Store, "sample_ahead", slowly)
        await pilot.press("4")
        await until(pilot, lambda: "Reading…" in shown(app))
        assert not {"╭", "╰", "■"} & set(shown(app))
        go_on.set()
        await until(pilot, lambda: "tomorrow" in shown(app))
        assert "Reading…" not in shown(app)


class Away:
    """Makes reading fail while it is so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_so = False
        sample = Store.sample_ahead

        async def perhaps(store: Store, user: str) -> object:
            if self.is_so:
                raise StoreError("Redis at 10.0.0.7 does not answer")
            return await sample(store, user)

        monkeypatch.setattr(Store, "sample_ahead", perhaps)


async def test_while_redis_is_away_that_is_said_and_nothing_is_drawn_until_it_is_back(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "REFRESH_S", 1000.0)
    away = Away(monkeypatch)
    await store.add(new(Thought(text="call mum")))
    async with running() as (app, pilot):
        away.is_so = True
        app.main.on_store_lost(StoreLost("Redis at 10.0.0.7 does not answer"))
        await pilot.press("4")
        await until(pilot, lambda: "Redis is away." in shown(app))
        await rest(pilot)
        assert "Redis at 10.0.0.7 does not answer" in shown(app)
        assert not {"╭", "╰", "■"} & set(shown(app))
        away.is_so = False
        app.main.on_store_opened(StoreOpened(await app.session.store.server()))
        await until(pilot, lambda: "tomorrow" in shown(app))
        assert "Redis is away" not in shown(app)


async def test_what_was_drawn_before_redis_went_stays_and_is_called_so(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "REFRESH_S", 1000.0)
    away = Away(monkeypatch)
    await store.add(new(Thought(text="call mum")))
    async with running() as (app, pilot):
        await pilot.press("4")
        await until(pilot, lambda: "tomorrow" in shown(app))
        away.is_so = True
        app.main.on_store_lost(StoreLost("Redis at 10.0.0.7 does not answer"))
        await until(pilot, lambda: "Redis is away, and this is from before." in shown(app))
        assert "Redis at 10.0.0.7 does not answer" in shown(app)
        assert "tomorrow" in shown(app)
        away.is_so = False
        app.main.on_store_opened(StoreOpened(await app.session.store.server()))
        await until(pilot, lambda: "from before" not in shown(app))


async def test_a_page_that_opens_before_redis_does_is_drawn_as_soon_as_it_has(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "REFRESH_S", 1000.0)
    await store.add(new(Thought(text="call mum")))
    go_on = asyncio.Event()

    async def late(settings: Settings) -> Store:
        await go_on.wait()
        return await open_store(settings)

    async with running(opener=late, ready=False) as (app, pilot):
        await pilot.press("4")
        await until(pilot, lambda: "Reading…" in shown(app))
        await rest(pilot)
        assert "Redis is away" not in shown(app)
        go_on.set()
        await until(pilot, lambda: "tomorrow" in shown(app))


async def test_what_happens_meanwhile_is_counted_and_drawn(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "REFRESH_S", 1000.0)
    await store.add(new(Thought(text="call mum")))
    async with running() as (app, pilot):
        await pilot.press("4")
        await until(pilot, lambda: "of 1, by" in shown(app))
        await stage.deliver(store, Thought(text="book the dentist"))
        await until(pilot, lambda: "Unanswered 1" in shown(app))
        await until(pilot, lambda: "1 unanswered" in shown(app))


@pytest.mark.parametrize(("width", "beside"), [(160, False), (200, True), (300, True)])
async def test_the_frames_stand_side_by_side_where_there_is_room_and_use_it(
    running: Open, store: Store, width: int, *, beside: bool
) -> None:
    await store.add(new(Thought(text="call mum")))
    await stage.deliver(store, Thought(text="book the dentist"))
    async with running(size=(width, 60)) as (app, pilot):
        await pilot.press("4")
        await rest(pilot)
        ahead, behind, tags = (
            app.screen.query_one(one).region for one in (".ahead", ".behind", ".tags")
        )
        assert (behind.y == ahead.y) == beside
        assert (tags.x, tags.right) == (behind.x, behind.right)
        assert ahead.x == 1
        assert behind.right == width - 1


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36)])
async def test_the_lines_at_the_top_stand_apart_as_they_do_at_home(
    running: Open, size: tuple[int, int]
) -> None:
    async with running(size=size) as (app, pilot):
        box = app.main.query_one(QuickAdd)
        home = [one.region for one in (app.main.query_one(StatusBar), box)]
        listed = app.main.query_one(ViewTabs).region, app.main.query(ReminderList).first().region
        await pilot.press("4")
        await rest(pilot)
        status, bar = (app.screen.query_one(one).region for one in (StatusBar, ViewTabs))
        below = app.screen.query_one(VerticalScroll).region
        assert status == home[0]
        assert bar.y - status.bottom == home[1].y - home[0].bottom
        assert below.y - bar.bottom == listed[1].y - listed[0].bottom


async def test_it_may_be_closed_while_it_opens(running: Open) -> None:
    async with running() as (app, pilot):
        for _ in range(5):
            app.main.show_pictures()
            app.make_way()
        await rest(pilot)
        assert isinstance(app.screen, MainScreen)
        assert "0 kept for you" in shown(app)


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
