"""One key puts a list, or what was found, in another order."""

from later_tui.store.asyncstore import Store
from tests.ui import stage
from tests.ui.conftest import Open
from tests.ui.stage import Thought, new, rest
from tests.ui.test_finding import looked, rows
from tests.widgets.showing import shown


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
