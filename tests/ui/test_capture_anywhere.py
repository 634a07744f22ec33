"""One key leads into the box from everywhere, but from where words are being written."""

import pytest

from later_tui.store.asyncstore import Store
from later_tui.ui.screens.pasted import PastedScreen
from later_tui.ui.screens.snooze import SnoozeScreen
from later_tui.widgets.quick_add import QuickAdd
from tests.ui.conftest import Open
from tests.ui.stage import Thought, new, rest, until


@pytest.mark.parametrize(
    "keys",
    [("2",), ("4",), ("i",), ("L",), ("question_mark",), ("enter",), ("enter", "L"), ("4", "i")],
    ids=lambda keys: " ".join(keys),
)
async def test_the_key_for_a_thought_works_everywhere(
    running: Open, store: Store, keys: tuple[str, ...]
) -> None:
    await store.add(new(Thought(text="call mum")))
    async with running() as (app, pilot):
        await pilot.press(*keys)
        await rest(pilot)
        await pilot.press("a")
        await until(pilot, lambda: app.main.query_one(QuickAdd).editing)
        assert app.screen is app.main
        await pilot.press("h", "i")
        assert app.main.unkept == "hi"


async def test_what_is_being_written_is_not_left(running: Open, store: Store) -> None:
    await store.add(new(Thought(text="call mum")))
    async with running() as (app, pilot):
        await pilot.press("j", "s", "t", "a")
        await rest(pilot)
        assert isinstance(app.screen, SnoozeScreen)
        await app.action_add()
        assert isinstance(app.screen, SnoozeScreen)
        await pilot.press("escape", "escape")
        await pilot.press("a")
        app.main.query_one(QuickAdd).focus()
        app.push_screen(PastedScreen(app.session, ("one", "two")))
        await rest(pilot)
        await pilot.press("a")
        await rest(pilot)
        assert isinstance(app.screen, PastedScreen)
