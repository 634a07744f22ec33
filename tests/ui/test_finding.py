"""Finding while one types: at once and nearly among what is loaded, exactly among all."""

import asyncio

import pytest
from textual.pilot import Pilot

from later_tui.config.settings import Settings
from later_tui.domain.nearness import nearness
from later_tui.domain.query_text import read_query
from later_tui.domain.reminder import State
from later_tui.store import open_store
from later_tui.store.asyncstore import Store
from later_tui.ui import finder
from later_tui.ui.app import LaterApp
from later_tui.ui.finder import near_enough, progress, words_alone
from later_tui.widgets.find_bar import FindBar
from tests.ui import stage
from tests.ui.conftest import Open
from tests.ui.stage import DAY, HOUR, NOW, Thought, new, rest, until
from tests.widgets.showing import letters, shown

LONG = 2 * (
    "The meeting with the landlady about the window in the kitchen was moved to the second week; "
    "she said that the carpenter can only come in the morning, and that we should take the table "
    "and the lamps away before. "
)


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


async def test_what_only_nearly_matches_stands_below_what_does(running: Open, store: Store) -> None:
    for text in ("call mum", "calm down, much", "read"):
        await store.add(new(Thought(text=text), dice=stage.Dice(len(text))))
    async with running() as (app, pilot):
        await pilot.press("slash", *letters("call mum"))
        await looked(app, pilot)
        assert rows(app) == ["call mum"]
        await pilot.press(*["backspace"] * 8, *letters("clmm"))
        await looked(app, pilot)
        assert set(rows(app)) == {"call mum", "calm down, much"}
        assert "0 found, 2 nearly" in shown(app)


async def test_what_nearly_matches_is_set_apart_and_stays_last_in_each_order(
    running: Open, store: Store
) -> None:
    for at, text in enumerate(("read a book", "bread", "a rXead day, before all")):
        await store.add(new(Thought(text=text, ends=(9 - at) * DAY), dice=stage.Dice(at)))
    async with running() as (app, pilot):
        await pilot.press("slash", *letters("read"))
        await looked(app, pilot)
        assert "2 found, 1 nearly" in shown(app)
        for _ in finder.ORDERS:
            listed = [app.main._shelf.shown.row_at(at) for at in range(3)]
            assert [row.near for row in listed if row] == [False, False, True]
            assert rows(app)[-1] == "a rXead day, before all"
            app.main.action_order()
            await rest(pilot)
        app.main._shelf.fill_found(range(1, 3))
        assert [row.near for at in range(3) if (row := app.main._shelf.shown.row_at(at))] == [
            False,
            False,
            True,
        ]


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


async def test_escape_goes_back_to_the_list_that_was_shown(
    running: Open, store: Store, settings: Settings
) -> None:
    await stage.fill(store, settings)
    async with running() as (app, pilot):
        await pilot.press("2", "slash", *letters("tide"))
        await looked(app, pilot)
        assert rows(app) == ["what was that book about tides?"]
        await pilot.press("enter")
        await rest(pilot)
        assert app.main._shelf.shown.has_focus
        await pilot.press("escape")
        await rest(pilot)
        assert app.main._shelf.view == "past"
        assert len(rows(app)) == 7
        await pilot.press("slash")
        await rest(pilot)
        assert rows(app) == []


async def test_what_was_found_is_answered_and_stays_found_as_it_is_then(
    running: Open, store: Store
) -> None:
    mum = new(Thought(text="call mum"))
    await store.add(mum)
    async with running() as (app, pilot):
        await pilot.press("slash", *letters("mum"), "enter")
        await looked(app, pilot)
        await pilot.press("d")
        await until(pilot, lambda: "✓ done" in shown(app))
        assert (await store.get(mum.id)).state is State.DONE
        assert rows(app) == ["call mum"]


async def test_what_is_found_is_put_in_another_order(running: Open, store: Store) -> None:
    for text, ends, kept in (("x b", 3, 5), ("x a", 9, 9), ("x c", 5, 1)):
        thought = Thought(text=text, ends=ends * stage.DAY, kept=kept * stage.DAY)
        await store.add(new(thought, dice=stage.Dice(ends)))
    async with running() as (app, pilot):
        await pilot.press("slash", "x", "enter")
        await looked(app, pilot)
        orders = [rows(app)]
        for _ in range(3):
            await pilot.press("o")
            await rest(pilot)
            orders.append(rows(app))
        assert orders == [
            ["x b", "x c", "x a"],
            ["x c", "x b", "x a"],
            ["x a", "x b", "x c"],
            ["x b", "x c", "x a"],
        ]


async def test_a_view_is_turned_round_and_read_from_its_other_end(
    running: Open, store: Store
) -> None:
    for day in range(60):
        thought = Thought(text=f"day {day}", ends=(day + 1) * stage.DAY)
        await store.add(new(thought, dice=stage.Dice(day)))
    async with running(size=(100, 24)) as (app, pilot):
        await pilot.press("o")
        await rest(pilot)
        assert app.main._shelf.shown.row_at(0).text == "day 59"  # type: ignore[union-attr]
        await pilot.press("G")
        await rest(pilot)
        assert app.main._shelf.selected.text == "day 0"  # type: ignore[union-attr]
        assert "day 1 " in shown(app)
        await pilot.press("o")
        await rest(pilot)
        assert app.main._shelf.selected.text == "day 0"  # type: ignore[union-attr]
        assert app.main._shelf.shown.cursor == 0


def test_only_a_few_words_alone_match_nearly(settings: Settings) -> None:
    reading = settings.reading(NOW)
    assert words_alone(read_query("call mum", reading)) == "call mum"
    for query in ("clmm is:done", "#tag", "-mum", "clmm -mum", "x" * 1000):
        assert words_alone(read_query(query, reading)) == ""


def test_near_enough_is_what_stands_together() -> None:
    assert near_enough("clmm", "Call Mum") > 0
    assert near_enough("xyz", "call mum") == 0
    assert near_enough("dentist", LONG) == 0
    assert near_enough("mum", " ".join([LONG, "call mum"])) == 0  # far behind its beginning


async def test_a_long_thought_does_not_hold_the_letters_up(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.add(new(Thought(text=LONG)))
    looked_at: list[str] = []

    def counted(wanted: str, text: str) -> float:
        looked_at.append(text)
        return nearness(wanted, text)

    monkeypatch.setattr(finder, "nearness", counted)
    async with running() as (app, pilot):
        await pilot.press("slash", *letters("dentist"))
        await looked(app, pilot)
        assert rows(app) == []
        assert looked_at
        assert max(map(len, looked_at)) <= finder.LONGEST


async def test_all_that_was_found_can_be_seen_and_answered(running: Open, store: Store) -> None:
    many = [
        new(Thought(text=f"tide {at:03}", ends=(at + 3) * HOUR), dice=stage.Dice(1000 + at))
        for at in range(300)
    ]
    await store.add_many(many)
    async with running() as (app, pilot):
        await pilot.press("slash", *letters("tide"), "enter")
        await looked(app, pilot)
        await pilot.press("G")
        await rest(pilot)
        assert "tide 299" in shown(app)
        assert app.main._shelf.selected.text == "tide 299"  # type: ignore[union-attr]
        await pilot.press("g")
        await rest(pilot)
        assert app.main._shelf.selected.text == "tide 000"  # type: ignore[union-attr]


async def test_a_short_list_that_is_turned_round_is_looked_at_from_its_top(
    running: Open, store: Store
) -> None:
    for day in range(3):
        thought = Thought(text=f"day {day}", ends=(day + 1) * stage.DAY)
        await store.add(new(thought, dice=stage.Dice(day)))
    async with running() as (app, pilot):
        await pilot.press("o")
        await rest(pilot)
        assert app.main._shelf.shown.cursor == 0
        assert app.main._shelf.selected.text == "day 2"  # type: ignore[union-attr]


def test_a_search_says_how_far_it_is() -> None:
    assert progress(3, 2000, 1_000_000, done=False) == "3 found, 2,000 of 1,000,000 looked at"
    assert progress(3, 10, 10, done=True) == "3 found"
    assert progress(0, 10, 10, done=True, near=1) == "0 found, 1 nearly"
    assert progress(3, 10, 1000, done=False, near=2) == "3 found, 10 of 1,000 looked at"
    assert progress(500, 10, 1000, done=True) == "the first 500 found"


async def test_what_is_found_by_other_words_is_looked_at_from_its_top(
    running: Open, store: Store
) -> None:
    for at in range(6):
        thought = Thought(text=f"thought {at}" + " mum" * (at == 5), ends=(at + 1) * DAY)
        await store.add(new(thought, dice=stage.Dice(at)))
    async with running() as (app, pilot):
        await pilot.press("slash", *"mum")
        await until(pilot, lambda: app.main._shelf.shown.total == 1)
        await pilot.press("ctrl+u", *"thought")
        await until(pilot, lambda: app.main._shelf.shown.total == 6)
        await pilot.press("enter")
        await rest(pilot)
        assert app.main._shelf.selected is not None
        assert app.main._shelf.selected.text == "thought 0"
