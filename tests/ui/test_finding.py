"""Finding while one types: at once among what is loaded, exactly among all."""

import asyncio

import pytest
from textual.pilot import Pilot

from later_tui.config.settings import Settings
from later_tui.domain.query_text import read_query
from later_tui.store import open_store
from later_tui.store.asyncstore import Store
from later_tui.ui import finder
from later_tui.ui.app import LaterApp
from later_tui.ui.finder import progress
from later_tui.widgets.find_bar import FindBar
from tests.ui import stage
from tests.ui.conftest import Open
from tests.ui.stage import NOW, Thought, new, rest, until
from tests.widgets.showing import letters, shown


def rows(app: LaterApp) -> list[str]:
    """The texts of the list that is shown."""
    listed = app.main._shelf.shown
    found = [listed.row_at(index) for index in range(listed.total or 0)]
    return [row.text for row in found if row]


async def looked(app: LaterApp, pilot: Pilot[None]) -> None:
    await rest(pilot)
    await until(pilot, lambda: "looked at" not in shown(app, app.main.query_one(FindBar)))


async def test_what_is_typed_is_found_wherever_it_is_listed(
    running: Open, store: Store, settings: Settings
) -> None:
    await stage.fill(store, settings)
    async with running() as (app, pilot):
        await pilot.press("slash", *letters("the"))
        await looked(app, pilot)
        kept = (*stage.UPCOMING, *stage.DONE, *stage.LET_GO, *stage.UNANSWERED)
        exact = {thought.text for thought in kept if "the" in thought.text}
        assert set(rows(app)[: len(exact)]) == exact
        assert f"  {len(exact)} found" in shown(app)
        await pilot.press(*letters(" #home"))
        await looked(app, pilot)
        assert sorted(rows(app)) == [
            "is the bicycle light charged?",
            "thank the neighbours for the quince jam",
            "water the fig tree",
            "write to the landlord about the window",
        ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("is:done", {"water the fig tree", "back up the old laptop"}),
        ("is:unanswered", {"book the dentist"}),
        ("#stamps", {"日本の切手を見る"}),
        ("!email", {"what was that book about tides?"}),
        ("SOURDOUGH", {"try the sourdough again, wetter this time"}),
        ('"half of the"', {"read the second half of the Lamport paper"}),
    ],
)
async def test_it_is_found_by_state_tag_channel_and_phrase(
    running: Open, store: Store, settings: Settings, query: str, expected: set[str]
) -> None:
    await stage.fill(store, settings)
    async with running() as (app, pilot):
        app.main.action_find()
        app.main.query_one(FindBar)._input.text = query
        await looked(app, pilot)
        assert expected <= set(rows(app))
        assert "call mum" not in rows(app)


async def test_what_is_looked_for_while_redis_is_being_opened_is_looked_for_then(
    running: Open, store: Store
) -> None:
    await store.add(new(Thought(text="call mum")))
    opened = asyncio.Event()

    async def open_later(settings: Settings) -> Store:
        await opened.wait()
        return await open_store(settings)

    async with running(opener=open_later, ready=False) as (app, pilot):
        await pilot.press("slash", *letters("mum"))
        await until(pilot, lambda: "Redis is still being opened." in shown(app))
        assert "cannot be looked for" not in shown(app)
        assert "try again" not in shown(app)
        opened.set()
        await until(pilot, lambda: rows(app) == ["call mum"])
        await looked(app, pilot)
        assert "1 found" in shown(app)


def test_without_anything_found_it_says_what_would_find_more(settings: Settings) -> None:
    reading = settings.reading(NOW)
    told = {
        query: finder.nothing_found(read_query(query, reading))[1:]
        for query in ("zebra", '"to the tip"', "zebra crossing", "#zebra", "#zebra is:done")
    }
    fewer, part = ("Fewer words find more.",), ("A part of a word is enough.",)
    assert list(told.values()) == [part, fewer, fewer, (), fewer]


async def test_the_examples_are_said_once(running: Open, store: Store) -> None:
    async with running() as (app, pilot):
        await pilot.press("slash")
        await rest(pilot)
        assert "What do you look for?" in shown(app)
        for example in ("#tag", "!channel", "is:done", "before:fri", "-not-this"):
            assert shown(app).count(example) == 1


async def test_a_query_that_cannot_be_read_says_what_would_work(
    running: Open, store: Store
) -> None:
    async with running(size=(140, 30)) as (app, pilot):
        await pilot.press("slash", *letters("is:gone"))
        await looked(app, pilot)
        assert "That cannot be looked for." in shown(app)
        assert "gone" in shown(app, app.main._shelf.shown)
        assert "is:done, perhaps" in shown(app, app.main._shelf.shown)


def test_a_search_says_how_far_it_is() -> None:
    assert progress(3, 2000, 1_000_000, done=False) == "3 found, 2,000 of 1,000,000 looked at"
    assert progress(3, 10, 10, done=True) == "3 found"
    assert progress(0, 10, 10, done=True, near=1) == "0 found, 1 nearly"
    assert progress(3, 10, 1000, done=False, near=2) == "3 found, 10 of 1,000 looked at"
    assert progress(500, 10, 1000, done=True) == "the first 500 found"
