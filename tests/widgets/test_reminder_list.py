import pytest
from rich.style import Style
from textual.pilot import Pilot

from later_tui.domain.clock import ManualClock
from later_tui.widgets.reminder_list import ReminderList
from later_tui.widgets.row import Columns, Inks, Row, RowTone, draw
from tests.widgets.showing import BAD_TEXTS, Showing, active, lines, shown


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


async def test_an_unsealed_row_shows_what_it_was_given_until_it_is_sealed() -> None:
    app = Listing(5)
    async with app.run_test(size=(80, 20)) as pilot:
        await settle(pilot)
        app.list.unseal("k1", "Thu 14:22")
        await settle(pilot)
        assert "Thu 14:22" in lines(app)[1]
        assert "before Thu" in lines(app)[0]
        app.list.seal()
        await settle(pilot)
        assert "Thu 14:22" not in shown(app)


async def test_a_day_is_written_where_it_begins_and_on_the_first_visible_row() -> None:
    listing = ReminderList(grouped=True)
    async with Showing(listing).run_test(size=(60, 4)) as pilot:
        days = ["today", "today", "today", "today", "today", "yesterday", "yesterday"]
        listing.set_total(len(days))
        listing.set_rows(0, [Row(key=str(i), text=f"t{i}", lead=day) for i, day in enumerate(days)])
        await settle(pilot)
        first = [line.strip(" ▌").split()[0] for line in lines(pilot.app)]
        assert first == ["today", "t1", "t2", "t3"]
        listing.scroll_to(y=3, animate=False)
        await settle(pilot)
        first = [line.strip(" ▌").split()[0] for line in lines(pilot.app)]
        assert first == ["today", "t4", "yesterday", "t6"]


def test_narrow_lists_fold_the_tags_away_and_then_the_channels() -> None:
    wide, middle, narrow = (Columns.of(width, 20, 0, 26, 18) for width in (120, 70, 60))
    assert wide.note > 0
    assert wide.end > 0
    assert (middle.note, middle.end) == (0, 18)
    assert (narrow.note, narrow.end) == (0, 0)
    assert narrow.text >= 34
    assert Columns.of(300, 20, 0, 26, 18).text <= 100
    for columns in (wide, middle, narrow):
        assert min(columns.lead, columns.text) > 0


def test_a_folder_that_would_be_cut_is_left_out_of_the_note() -> None:
    inks = Inks(*[Style()] * 6)
    kept = row(0, note="kept 19 days ago, ~/src/foo")
    notes = {
        cells: draw(kept, Columns(0, 0, 20, cells, 0), inks, bar=" ", lead="").text[24:].strip()
        for cells in (29, 28, 18, 17)
    }
    assert notes == {
        29: "kept 19 days ago, ~/src/foo",
        28: "kept 19 days ago",
        18: "kept 19 days ago",
        17: "kept 19 days a…",
    }


@pytest.mark.parametrize("width", [1, 5, 20, 60, 300])
async def test_every_line_is_as_wide_as_the_list_whatever_the_text(width: int) -> None:
    listing = ReminderList(mark=11)
    app = Showing(listing)
    async with app.run_test(size=(width, len(BAD_TEXTS) + 1)) as pilot:
        listing.set_total(len(BAD_TEXTS))
        rows = [
            Row(key=f"{at}", text=text, lead=text, mark=text, note=text, end=text, tone=RowTone.BAD)
            for at, text in enumerate(BAD_TEXTS)
        ]
        listing.set_rows(0, rows)
        await settle(pilot)
        assert not active(app)
        for y in range(len(BAD_TEXTS)):
            assert listing.render_line(y).cell_length == listing.size.width
