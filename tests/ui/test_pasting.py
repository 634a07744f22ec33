"""A pasted list makes many thoughts after one look at them, or one, or none."""

from textual import events

from later_tui.store.asyncstore import Store
from later_tui.store.records import View
from later_tui.ui.app import LaterApp
from later_tui.ui.screens.pasted import PastedScreen
from later_tui.widgets.quick_add import QuickAdd
from later_tui.widgets.thought_area import ThoughtArea
from tests.ui.conftest import Open
from tests.ui.stage import rest, until
from tests.widgets.showing import shown

LIST = "- call mum within 3d\n- [x] done already\n- [ ] water the fig #home\n"


def paste(app: LaterApp, text: str) -> None:
    app.main.query_one(ThoughtArea).post_message(events.Paste(text))


async def texts(store: Store) -> list[str]:
    return sorted(one.text for one in (await store.page("ada", View.UPCOMING, 0, 50)).reminders)


async def test_each_line_is_shown_as_it_is_read_and_one_key_keeps_them_all(
    running: Open, store: Store
) -> None:
    async with running() as (app, pilot):
        await pilot.press("a")
        paste(app, LIST)
        await rest(pilot)
        assert isinstance(app.screen, PastedScreen)
        assert "2 thoughts?" in shown(app)
        assert "before Sat" in shown(app)
        assert "done already" not in shown(app)
        assert "1 ticked off is left out" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.main.upcoming == 2)
        await rest(pilot)
        assert "kept: 2 thoughts" in shown(app)
        assert await texts(store) == ["call mum", "water the fig"]


async def test_a_line_that_cannot_be_read_stays_in_the_box_and_says_why(
    running: Open, store: Store
) -> None:
    async with running() as (app, pilot):
        await pilot.press("a")
        paste(app, "one\nbad within 3 dasy\ntwo")
        await rest(pilot)
        assert "dasy" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.main.upcoming == 2)
        await rest(pilot)
        assert app.main.unkept == "bad within 3 dasy"
        assert "dasy" in app.main.query_one(QuickAdd).said.problem
        assert await texts(store) == ["one", "two"]


async def test_the_panel_says_how_many_are_kept_and_where_the_others_go(
    running: Open, store: Store
) -> None:
    async with running() as (app, pilot):
        await pilot.press("a")
        paste(app, "one\nbad within 3 dasy\nrenew it, within 2mo #papers\ntwo x3\n[x] a\n[x] b")
        await rest(pilot)
        assert isinstance(app.screen, PastedScreen)
        text = shown(app)
        assert "3 thoughts? 1 is not read" in text
        assert "enter keep 3  o as one thought" in text
        assert "what is not read goes into the box, 2 ticked off are left out" in text
        assert "renew it · #papers" in text
        await pilot.press("enter")
        await until(pilot, lambda: app.main.upcoming == 5)
        await until(pilot, lambda: "kept: 3 thoughts; the other is here: " in shown(app))
        assert "renew it," in await texts(store)


async def test_in_a_small_terminal_all_the_panels_keys_are_there(
    running: Open, store: Store
) -> None:
    async with running(size=(60, 16)) as (app, pilot):
        await pilot.press("a")
        paste(app, "\n".join(f"thought number {number}" for number in range(20)))
        await rest(pilot)
        assert "enter keep all  o as one  j k scroll  esc leave it" in shown(app)
        await pilot.press("escape")
        paste(app, "\n".join(f"thought number {number} within 3 dasy" for number in range(20)))
        await rest(pilot)
        for key in ("enter put into the box", "o as one", "j k scroll", "esc leave it"):
            assert key in shown(app)
        assert "20 are not read" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: "nothing is kept; they are here: " in shown(app))


async def test_what_cannot_be_read_is_counted_beyond_what_is_shown(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("a")
        paste(app, "one\n" * 450 + "x within 3 dasy\n" * 3)
        await until(pilot, lambda: "enter keep 450" in shown(app))
        assert "450 thoughts? 3 are not read" in shown(app)


async def test_all_lines_may_be_one_thought_and_escape_keeps_nothing(
    running: Open, store: Store
) -> None:
    async with running() as (app, pilot):
        await pilot.press("a")
        paste(app, "a poem\nof two lines")
        await rest(pilot)
        await pilot.press("escape")
        await rest(pilot)
        assert app.main.unkept == ""
        paste(app, "a poem\nof two lines")
        await rest(pilot)
        await pilot.press("o")
        await rest(pilot)
        assert app.main.unkept == "a poem\nof two lines"
        await pilot.press("enter")
        await until(pilot, lambda: app.main.upcoming == 1)
        assert await texts(store) == ["a poem\nof two lines"]
