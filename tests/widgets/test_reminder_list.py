import pytest
from textual.pilot import Pilot

from later_tui.domain.clock import ManualClock
from later_tui.widgets.reminder_list import ReminderList
from later_tui.widgets.row import Row, RowTone
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


def colour(listing: ReminderList, y: int, words: str) -> str:
    """Return the colour in which the line at `y` writes `words`."""
    found = [one.style for one in listing.render_line(y) if words in one.text]
    return str(found[0].color) if found and found[0] else ""


@pytest.mark.parametrize("width", [60, 80, 200])
async def test_an_unsealed_moment_is_seen_whole_and_nothing_else_changes_its_colour_or_place(
    width: int,
) -> None:
    listing = ReminderList(lead=10, mark=11)
    async with Showing(listing).run_test(size=(width, 6)) as pilot:
        listing.set_total(3)
        ends = (("✗ failed", RowTone.BAD), ("● delivered", RowTone.PLAIN), ("✓ done", RowTone.GOOD))
        rows = [
            Row(key=f"k{at}", text=f"call mum {at}", lead="today", mark=end, tone=tone, note="kept")
            for at, (end, tone) in enumerate(ends)
        ]
        listing.set_rows(0, rows)
        await settle(pilot)
        before, mark = lines(pilot.app), colour(listing, 0, "✗ failed")
        listing.unseal("k0", "Sat 28 Nov 2027 12:34pm")
        await settle(pilot)
        line = lines(pilot.app)[0]
        assert "Sat 28 Nov 2027 12:34pm  ✗ failed  call mum 0" in line
        assert line.index("kept") == before[0].index("kept")
        assert lines(pilot.app)[1:] == before[1:]
        assert colour(listing, 0, "✗ failed") == mark
        assert colour(listing, 0, "28 Nov") not in (mark, colour(listing, 1, "today"))


async def test_a_thought_that_would_be_cut_for_its_moment_is_rather_without_its_note() -> None:
    listing = ReminderList(lead=10, mark=11)
    async with Showing(listing).run_test(size=(80, 6)) as pilot:
        listing.set_total(1)
        text = "write to Ida about the summer"
        unsure = Row(key="a", text=text, lead="today", mark="? unsure", note="kept 13 days ago")
        listing.set_rows(0, [unsure])
        listing.unseal("a", "Sat 28 Nov 22:02:26")
        await settle(pilot)
        assert f"Sat 28 Nov 22:02:26  ? unsure  {text}" in lines(pilot.app)[0]
        listing.seal()
        await settle(pilot)
        assert "kept 13 days ago" in lines(pilot.app)[0]


async def test_columns_stay_where_they_are_until_something_wider_comes() -> None:
    listing = ReminderList()
    async with Showing(listing).run_test(size=(100, 6)) as pilot:
        listing.set_total(300)
        listing.set_rows(0, [Row(key=f"a{i}", text="x" * 90, note="#home #sea") for i in range(6)])
        await settle(pilot)
        at = lines(pilot.app)[0].index("#home")
        listing.set_rows(6, [Row(key=f"b{i}", text="y", note="#sea") for i in range(50)])
        listing.scroll_to(y=20, animate=False)
        await settle(pilot)
        assert lines(pilot.app)[0].index("#sea") == at
        listing.set_rows(56, [Row(key="c", text="z", note="#photographs #bicycle")])
        await settle(pilot)
        assert lines(pilot.app)[0].index("#sea") < at
        listing.start_over()
        long, short = Row(key="d", text="x" * 90, note="#sea"), Row(key="e", text="y", note="#sea")
        listing.set_rows(0, [long, short])
        await settle(pilot)
        assert lines(pilot.app)[1].index("#sea") > at


async def test_what_only_nearly_matches_is_told_from_what_does() -> None:
    listing = ReminderList()
    async with Showing(listing).run_test(size=(60, 6)) as pilot:
        listing.set_total(2)
        exact = Row(key="a", text="call mum", lead="by Fri")
        listing.set_rows(0, [exact, exact._replace(key="b", near=True)])
        await settle(pilot)
        exact_line, near_line = lines(pilot.app)[:2]
        assert "~" not in exact_line
        assert near_line.startswith("~ by Fri")
        assert colour(listing, 1, "call mum") != colour(listing, 0, "call mum")


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


@pytest.mark.parametrize("width", [1, 5, 20, 60, 300])
async def test_every_line_is_as_wide_as_the_list_whatever_the_text(width: int) -> None:
    listing = ReminderList(mark=9)
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
