"""Finding while one types: at once and nearly among what is loaded, exactly among all."""

import pytest
from textual.pilot import Pilot

from later_tui.config.settings import Settings
from later_tui.domain.query_text import read_query
from later_tui.domain.reminder import State
from later_tui.store.asyncstore import Store
from later_tui.ui.app import LaterApp
from later_tui.ui.finder import nearly, progress
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


async def test_only_words_match_nearly(settings: Settings, store: Store) -> None:
    kept = await store.get((await store.add(new(Thought(text="call mum")))).reminder_id)
    reading = settings.reading(NOW)
    assert nearly(read_query("clmm", reading), [kept]) == [kept]
    assert nearly(read_query("clmm is:done", reading), [kept]) == []
    assert nearly(read_query("xyz", reading), [kept]) == []


def test_a_search_says_how_far_it_is() -> None:
    assert progress(3, 2000, 1_000_000, done=False) == "3 found, 2,000 of 1,000,000 looked at"
    assert progress(3, 10, 10, done=True) == "3 found"
    assert progress(500, 10, 1000, done=True) == "the first 500 found"
