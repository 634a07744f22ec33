"""The cursor stays on its row, or lets go of it, when the rows change below it."""

from later_tui.domain.clock import ManualClock
from later_tui.widgets.reminder_list import ReminderList
from later_tui.widgets.row import Row
from tests.widgets.showing import Showing
from tests.widgets.test_reminder_list import Listing, settle


async def test_the_cursor_stays_on_its_reminder_when_one_comes_above() -> None:
    app = Listing(500)
    async with app.run_test(size=(80, 20)) as pilot:
        await settle(pilot)
        await pilot.press("j", "j", "j")
        app.offset = -1  # every reminder stands one place further down now
        app.list.set_total(501)
        app.list.reload()
        await settle(pilot)
        assert app.list.cursor == 4
        assert app.list.selected is not None
        assert app.list.selected.key == "k3"


async def test_the_cursor_goes_to_the_next_one_when_its_reminder_is_gone() -> None:
    app = Listing(5)
    async with app.run_test(size=(80, 20)) as pilot:
        await settle(pilot)
        await pilot.press("G")
        app.list.set_total(4)
        app.list.reload()
        await settle(pilot)
        assert app.list.cursor == 3
        assert app.moved[-1] == "k3"


def keyed(*keys: str) -> list[Row]:
    return [Row(key=key, text=key) for key in keys]


async def test_on_the_last_row_the_cursor_stays_on_it_when_one_goes_above() -> None:
    listing = ReminderList()
    async with Showing(listing).run_test(size=(80, 20)) as pilot:
        listing.set_total(4)
        listing.set_rows(0, keyed("a", "b", "c", "d"))
        listing.action_last()
        listing.set_total(3)
        assert listing.selected is None  # where it stands now is not read yet
        listing.set_rows(0, keyed("b", "c", "d"))
        await settle(pilot)
        assert listing.selected is not None
        assert listing.selected.key == "d"


async def test_when_its_row_goes_away_nothing_is_selected_for_a_moment() -> None:
    clock = ManualClock()
    listing = ReminderList(clock=clock.monotonic)
    app = Showing(listing)

    async with app.run_test(size=(80, 20)) as pilot:
        listing.focus()
        listing.set_total(3)
        listing.set_rows(0, keyed("a", "b", "c"))
        await settle(pilot)
        assert listing.selected == keyed("a")[0]
        listing.set_total(2)
        listing.set_rows(0, keyed("b", "c"))
        assert (listing.selected, listing.loose) == (None, True)
        for _ in range(40):  # the key is held down
            clock.advance(30)
            await pilot.press("d")
            assert listing.loose
        clock.advance(400)
        assert listing.selected == keyed("b")[0]
        listing.set_total(1)
        listing.set_rows(0, keyed("c"))
        assert listing.selected is None
        await pilot.press("j")
        assert listing.selected == keyed("c")[0]


async def test_a_click_on_the_row_that_came_instead_means_it() -> None:
    app = Showing(ReminderList(clock=ManualClock().monotonic))
    async with app.run_test(size=(80, 20)) as pilot:
        listing = app.widget
        assert isinstance(listing, ReminderList)
        listing.set_total(3)
        listing.set_rows(0, keyed("a", "b", "c"))
        listing.set_total(2)
        listing.set_rows(0, keyed("b", "c"))
        await settle(pilot)
        assert listing.selected is None
        await pilot.click(ReminderList, offset=(10, 0))
        assert listing.selected == keyed("b")[0]


async def test_in_another_order_the_cursor_is_at_the_top() -> None:
    listing = ReminderList()
    async with Showing(listing).run_test(size=(80, 20)) as pilot:
        listing.set_total(3)
        listing.set_rows(0, keyed("a", "b", "c"))
        listing.start_over()
        listing.action_move(1)
        listing.set_rows(0, keyed("c", "b", "a"))
        await settle(pilot)
        assert listing.cursor == 1
        listing.start_over()
        listing.set_rows(0, keyed("a", "b", "c"))
        await settle(pilot)
        assert listing.selected == keyed("a")[0]


async def test_a_letter_of_jump_mode_goes_with_its_row() -> None:
    listing = ReminderList()
    async with Showing(listing).run_test(size=(80, 20)) as pilot:
        listing.set_total(3)
        listing.set_rows(0, keyed("a", "b", "c"))
        await settle(pilot)
        name = listing.jump_places()[1].name
        listing.set_total(4)
        listing.set_rows(0, keyed("new", "a", "b", "c"))
        listing.jump_to(name)
        assert listing.selected == keyed("b")[0]
        listing.set_total(3)
        listing.set_rows(0, keyed("new", "a", "c"))
        at = listing.cursor
        listing.jump_to(name)  # gone meanwhile
        assert listing.cursor == at
