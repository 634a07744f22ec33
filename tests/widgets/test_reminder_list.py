"""The list asks for the rows that it shows, moves through them, and says why there are none."""

import pytest
from textual.pilot import Pilot

from later_tui.widgets.reminder_list import ReminderList
from later_tui.widgets.row import Row
from tests.widgets.showing import Showing, lines, shown


def row(index: int, **changes: str) -> Row:
    return Row(key=f"k{index}", text=f"thought {index}", lead="before Thu", **changes)  # type: ignore[arg-type]


class Listing(Showing):
    """Hands over the rows that are asked for, and counts the questions."""

    def __init__(self, total: int, shown: ReminderList | None = None) -> None:
        super().__init__(shown or ReminderList(empty=("Nothing here.", "Add one.")))
        self.total = total
        self.asked: list[range] = []
        self.moved: list[str | None] = []
        self.opened: list[str] = []
        self.offset = 0

    @property
    def list(self) -> ReminderList:
        assert isinstance(self.widget, ReminderList)
        return self.widget

    def on_mount(self) -> None:
        self.list.focus()
        self.list.set_total(self.total)

    def on_virtual_list_rows_needed(self, message: ReminderList.RowsNeeded) -> None:
        self.asked.append(message.rows)
        found = [row(index + self.offset) for index in message.rows]
        message.list.set_rows(message.rows.start, found)

    def on_virtual_list_moved(self, message: ReminderList.Moved) -> None:
        self.moved.append(message.row.key if message.row else None)

    def on_virtual_list_opened(self, message: ReminderList.Opened) -> None:
        self.opened.append(message.row.key)


async def settle(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.pause()


async def test_a_million_rows_cost_what_the_screen_holds() -> None:
    app = Listing(1_000_000)
    async with app.run_test(size=(80, 20)) as pilot:
        await settle(pilot)
        await pilot.press("G")
        await settle(pilot)
        assert app.list.cursor == 999_999
        assert "thought 999999" in shown(app)
        for _ in range(30):
            await pilot.press("g", "ctrl+d", "ctrl+d", *["pagedown"] * 12)
            await settle(pilot)
            assert app.list.held <= 20 * 7
        assert max(len(asked) for asked in app.asked) <= 20 * 3


@pytest.mark.parametrize(
    ("keys", "at"),
    [
        (["j", "j", "down"], 3),
        (["j", "j", "k", "up"], 0),
        (["k"], 0),
        (["G"], 499),
        (["end", "j"], 499),
        (["G", "g"], 0),
        (["end", "home"], 0),
        (["ctrl+d"], 10),
        (["ctrl+d", "ctrl+u"], 0),
        (["pagedown"], 20),
        (["ctrl+f", "ctrl+b"], 0),
    ],
)
async def test_vim_and_arrow_and_page_keys_move_the_cursor(keys: list[str], at: int) -> None:
    app = Listing(500)
    async with app.run_test(size=(80, 20)) as pilot:
        await settle(pilot)
        await pilot.press(*keys)
        await settle(pilot)
        assert app.list.cursor == at
        assert app.moved[-1] == f"k{at}"
        assert f"thought {at}" in shown(app)


async def test_enter_opens_and_so_does_a_double_click() -> None:
    app = Listing(50)
    async with app.run_test(size=(80, 20)) as pilot:
        await settle(pilot)
        await pilot.press("j", "enter")
        await pilot.click(ReminderList, offset=(10, 4))
        assert app.list.cursor == 4
        assert app.opened == ["k1"]
        await pilot.double_click(ReminderList, offset=(10, 7))
        assert app.opened == ["k1", "k7"]


async def test_the_wheel_takes_the_cursor_along_so_that_it_stays_in_sight() -> None:
    app = Listing(500)
    async with app.run_test(size=(80, 20)) as pilot:
        await settle(pilot)
        await pilot.press("j", "j", "j")
        app.list.scroll_relative(y=2, animate=False)
        await settle(pilot)
        assert app.list.cursor == 3
        app.list.scroll_relative(y=58, animate=False)
        await settle(pilot)
        assert "thought 60" in shown(app)
        assert (app.list.cursor, app.moved[-1]) == (60, "k60")
        app.list.scroll_relative(y=-30, animate=False)
        await settle(pilot)
        assert (app.list.cursor, app.moved[-1]) == (49, "k49")


async def test_many_keys_at_once_are_not_held_back_by_the_view() -> None:
    app = Listing(500)
    async with app.run_test(size=(80, 20)) as pilot:
        await settle(pilot)
        for _ in range(45):
            app.list.action_move(1)
        await settle(pilot)
        assert app.list.cursor == 45
        assert "thought 45" in shown(app)


async def test_without_rows_it_says_so_and_before_it_is_known_it_does_not() -> None:
    app = Listing(0)
    async with app.run_test(size=(80, 20)) as pilot:
        await settle(pilot)
        assert "Nothing here." in shown(app)
        assert app.asked == []
        await pilot.press("j", "k", "G", "enter", "pagedown")
        assert app.opened == []
    waiting = ReminderList(empty=("Nothing here.",))
    async with Showing(waiting).run_test() as pilot:
        assert "Nothing here." not in shown(pilot.app)
        waiting.set_notice(("Redis is away.",))
        await settle(pilot)
        assert "Redis is away." in shown(pilot.app)


async def test_rows_that_cannot_be_read_say_why() -> None:
    listing = ReminderList()
    async with Showing(listing).run_test(size=(60, 8)) as pilot:
        listing.set_total(20)
        await settle(pilot)
        assert not listing.blank
        listing.set_notice(("Redis is away.", "Trying again…"))
        await settle(pilot)
        assert listing.blank
        assert "·" not in shown(pilot.app)
        assert "Trying again…" in shown(pilot.app)
        listing.set_rows(0, [Row(key=f"{i}", text="read before") for i in range(3)])
        await settle(pilot)
        assert not listing.blank
        there = [line[:50].strip(" ▌") for line in lines(pilot.app)]
        assert there[2:5] == ["read before", "· Redis is away.", "·"]
        listing.set_notice(())
        await settle(pilot)
        assert "Redis" not in shown(pilot.app)
