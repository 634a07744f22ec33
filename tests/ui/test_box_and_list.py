"""Between the box and the list: no key surprises whoever has left the one for the other."""

from textual import events

from later_tui.store.asyncstore import Store
from later_tui.widgets.arrival import Arrival, Arrived
from later_tui.widgets.quick_add import QuickAdd
from tests.ui import stage
from tests.ui.conftest import Open
from tests.ui.stage import DAY, Thought, new, rest, until
from tests.widgets.showing import letters, shown


async def mum(store: Store) -> str:
    kept = await store.add(new(Thought(text="call mum", ends=3 * DAY), dice=stage.Dice(1)))
    return kept.reminder_id


async def test_escape_in_the_list_ends_a_change_that_was_left_by_tab(
    running: Open, store: Store
) -> None:
    await mum(store)
    async with running() as (app, pilot):
        await pilot.press("e", "tab")
        await rest(pilot)
        assert "change it" in shown(app)
        await pilot.press("escape")
        await rest(pilot)
        assert "what's on your mind?" in shown(app)


async def test_a_new_thought_does_not_overwrite_the_one_that_was_being_changed(
    running: Open, store: Store
) -> None:
    kept = await mum(store)
    async with running() as (app, pilot):
        await pilot.press("e", "tab", "a", *letters("buy milk"), "enter")
        await until(pilot, lambda: app.main.upcoming == 2)
        assert (await store.get(kept)).text == "call mum"


async def test_what_is_pasted_onto_the_list_goes_into_the_box(running: Open, store: Store) -> None:
    await mum(store)
    async with running() as (app, pilot):
        app.post_message(events.Paste("buy milk within 3d"))
        await rest(pilot)
        assert app.main.query_one(QuickAdd).text == "buy milk within 3d"
        assert app.main.query_one(QuickAdd).editing


async def test_the_panel_says_which_key_leads_to_its_own_while_one_writes(
    running: Open, store: Store
) -> None:
    async with running() as (app, pilot):
        app.main.query_one(Arrival).add(Arrived("x", 0, "call mum"))
        await rest(pilot)
        assert "it came back ─" in shown(app)
        await pilot.press("a")
        await rest(pilot)
        assert "it came back · esc, then a key" in shown(app)
        await pilot.press("escape")
        await rest(pilot)
        assert "it came back ─" in shown(app)
