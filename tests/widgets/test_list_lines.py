"""What a line of the list shows: its columns, its day, its unsealed moment, and how near it is."""

import pytest

from later_tui.widgets.reminder_list import ReminderList
from later_tui.widgets.row import Row, RowTone
from tests.widgets.showing import BAD_TEXTS, Showing, active, lines, shown
from tests.widgets.test_reminder_list import Listing, settle


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
