"""The footer offers what does something now, and never more than fits."""

import asyncio

from later_tui.store.asyncstore import Store
from later_tui.widgets.key_footer import KeyFooter
from tests.ui.conftest import Open
from tests.ui.stage import Thought, new, rest, until
from tests.widgets.showing import letters, shown


def footer(app: object) -> str:
    return shown(app, app.main.query_one(KeyFooter))  # type: ignore[attr-defined,arg-type]


async def test_an_empty_list_offers_no_answer(running: Open) -> None:
    async with running() as (app, pilot):
        await rest(pilot)
        assert "done" not in footer(app)
        assert "a add" in footer(app)
        assert footer(app).strip().endswith("? help")
        await pilot.press("a", *letters("call mum"), "enter", "escape")
        await until(pilot, lambda: "d done" in footer(app))


async def test_the_box_says_that_words_stay_where_there_are_any(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("a")
        await rest(pilot)
        assert "esc back" in footer(app)
        assert "words stay" not in footer(app)
        await pilot.press("x")
        await rest(pilot)
        assert "esc back, words stay" in footer(app)
        assert "ctrl+p palette" in footer(app)


async def test_tab_is_offered_only_while_there_is_a_completion(running: Open, store: Store) -> None:
    await store.add(new(Thought(text="call mum", tags=("family",))))
    async with running() as (app, pilot):
        await pilot.press("a", *letters("fig #fa"))
        await until(pilot, lambda: "tab complete" in footer(app))
        await pilot.press("tab")
        await until(pilot, lambda: "tab complete" not in footer(app))
        assert app.main.unkept == "fig #family"


async def test_marks_are_counted_and_taken_away_by_escape(running: Open, store: Store) -> None:
    for text in ("one", "another"):
        await store.add(new(Thought(text=text)))
    async with running() as (app, pilot):
        await pilot.press("space", "space")
        await rest(pilot)
        assert "2 marked" in footer(app)
        assert "esc unmark" in footer(app)
        await pilot.press("escape")
        await rest(pilot)
        assert "marked" not in footer(app)


async def test_a_narrow_terminal_keeps_help(running: Open, store: Store) -> None:
    await store.add(new(Thought(text="call mum")))
    async with running(size=(60, 16)) as (app, pilot):
        await rest(pilot)
        for keys in ((), ("2",), ("1", "space"), ("escape", "slash", *letters("mum"), "enter")):
            await pilot.press(*keys)
            await rest(pilot)
            await asyncio.sleep(0)
            assert footer(app).strip().endswith("? help")
