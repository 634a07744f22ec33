"""Pictures of every screen: wide, narrow and light. `--snapshot-update` after a wanted change."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from later_tui.config.settings import Settings
from later_tui.store import open_store
from later_tui.store.asyncstore import Store
from later_tui.ui.app import LaterApp
from later_tui.ui.bridge import StoreLost
from later_tui.ui.status import Here
from later_tui.widgets.arrival import Arrival
from screenshots.stages import still
from tests.ui import stage
from tests.ui.stage import QUIET, UNANSWERED, rest, session, until
from tests.widgets.showing import letters

Compare = Callable[..., bool]
SIZES = {"wide": (120, 36), "narrow": (60, 16), "light": (100, 30)}
CASES = pytest.mark.parametrize("look", SIZES)
HERE = Here("working", slots=50)


class Closing(LaterApp):
    """Closes its store in its own loop, which is over when the picture is taken."""

    async def on_unmount(self) -> None:
        await self.aclose()


@pytest.fixture
def filled(settings: Settings) -> Settings:
    """Settings on a store with a believable week in it."""
    settings = replace(settings, quiet=QUIET)

    async def fill() -> None:
        store = await open_store(settings)
        await stage.fill(store, settings)
        await store.aclose()

    asyncio.run(fill())
    return settings


def picture(
    compare: Compare, settings: Settings, look: str, *keys: str, deliver: bool = False
) -> bool:
    theme = "later-light" if look == "light" else "later-dark"
    app = Closing(session(replace(settings, theme=theme)), open_store, work=False)

    async def before(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: app.main.upcoming is not None)
        app.main.here(HERE)
        await rest(pilot)
        if deliver:
            await arrive(app, pilot, app.session.store)
        for key in keys:
            await pilot.press(key)
            still(app)
        await rest(pilot)

    return compare(app, terminal_size=SIZES[look], run_before=before)


async def arrive(app: LaterApp, pilot: Pilot[None], store: Store) -> None:
    panel = app.main.query_one(Arrival)
    for at, thought in enumerate(UNANSWERED):
        again = replace(thought, text=f"{thought.text} (this time really)")
        await stage.deliver(store, again, dice=stage.Dice(9000 + 100 * at))
        await until(pilot, lambda count=at + 1: len(panel.waiting) == count)  # type: ignore[misc]
        await rest(pilot)
    await rest(pilot)


@CASES
def test_home(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look)


@CASES
def test_home_without_anything(snap_compare: Compare, settings: Settings, look: str) -> None:
    assert picture(snap_compare, settings, look)


@CASES
def test_home_with_one(snap_compare: Compare, settings: Settings, look: str) -> None:
    async def keep() -> None:
        store = await open_store(settings)
        await store.add(stage.new(stage.UPCOMING[1]))
        await store.aclose()

    asyncio.run(keep())
    assert picture(snap_compare, settings, look)


@CASES
def test_writing(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "a", *letters("call mum within 3d #family"))


@CASES
def test_writing_what_cannot_be_read(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "a", *letters("call mum within 3 dasy"))


@CASES
def test_editing(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "j", "e")


@CASES
def test_peeking(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "j", "p")


@CASES
def test_past(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "2")


@CASES
def test_unanswered(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "3")


@CASES
def test_arrival(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, deliver=True)


@CASES
def test_detail(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "j", "j", "j", "enter")


@CASES
def test_detail_of_what_came_back(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "3", "enter")


@CASES
def test_snooze(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "s")


@CASES
def test_snooze_typed(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "s", "t", *letters("2h"))


@CASES
def test_finding(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "slash", *letters("#home"))


@CASES
def test_marked(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "space", "j", "space")


@CASES
def test_help(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "?")


@CASES
def test_pictures(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "4")


@CASES
def test_pictures_of_nothing(snap_compare: Compare, settings: Settings, look: str) -> None:
    assert picture(snap_compare, settings, look, "4")


@CASES
def test_palette(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "ctrl+p", *letters("done"))


@CASES
def test_redis_away(snap_compare: Compare, settings: Settings, look: str) -> None:
    theme = "later-light" if look == "light" else "later-dark"
    never = asyncio.Event()

    async def open_never(settings: Settings) -> Store:
        await never.wait()
        raise AssertionError

    app = LaterApp(session(replace(settings, theme=theme)), open_never, work=False)

    async def before(pilot: Pilot[None]) -> None:
        reason = "Redis at 10.0.0.7:6379 cannot be reached (Connection refused)"
        app.main.post_message(StoreLost(reason))
        await rest(pilot)

    assert snap_compare(app, terminal_size=SIZES[look], run_before=before)
