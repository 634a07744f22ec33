"""A tag that is in use is completed in the box."""

from later_tui.store.asyncstore import Store
from later_tui.store.records import View
from tests.ui.conftest import Open
from tests.ui.stage import rest, until
from tests.widgets.showing import letters, shown


async def test_a_tag_in_use_is_completed(running: Open, store: Store) -> None:
    async with running() as (app, pilot):
        await pilot.press("a", *letters("call mum #family"), "enter")
        await until(pilot, lambda: app.main.upcoming == 1)
        await rest(pilot)
        await pilot.press(*letters("write to dad #f"))
        await rest(pilot)
        assert "write to dad #family" in shown(app)
        await pilot.press("tab", "enter")
        await until(pilot, lambda: app.main.upcoming == 2)
        page = await store.page("ada", View.UPCOMING, 0, 5)
        assert {one.tags for one in page.reminders} == {("family",)}
