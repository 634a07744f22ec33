"""The widgets of the page of pictures: what is drawn where, inert, in any width."""

import pytest
from textual.widget import Widget

from later_tui.widgets.density_map import DensityMap, DensityRow
from later_tui.widgets.share_bars import Share, ShareBars
from later_tui.widgets.stacked_columns import Column, StackedColumns
from tests.widgets.showing import BAD_TEXTS, IDS, Showing, active, lines, shown

HALF_DAYS = tuple(None if slot < 14 else 1.0 if slot < 30 else 0.5 for slot in range(48))


async def test_a_day_is_a_row_of_bars_whose_closed_hours_are_notched_out() -> None:
    app = Showing(DensityMap([DensityRow("today", HALF_DAYS, "≈ 3")]))
    async with app.run_test(size=(68, 4)):
        hours, day = lines(app, app.widget)
        assert day.split() == ["today", "╌" * 14 + "█" * 16 + "▅" * 18, "≈", "3"]
        bars = day.index("╌")
        assert [hours.index(word) - bars for word in (" 6", " 18")] == [11, 35]


async def test_half_hours_become_hours_where_there_is_no_room() -> None:
    app = Showing(DensityMap([DensityRow("today", HALF_DAYS)]))
    async with app.run_test(size=(44, 4)):
        assert "╌" * 7 + "█" * 8 + "▅" * 9 in shown(app)


async def test_where_there_is_room_bars_grow_to_two_cells_and_the_hours_with_them() -> None:
    app = Showing(DensityMap([DensityRow("today", HALF_DAYS, "≈ 3")]))
    async with app.run_test(size=(160, 4)):
        hours, day = lines(app, app.widget)
        assert day.split()[1] == "╌" * 28 + "█" * 32 + "▅" * 36
        assert hours.index("12") - day.index("╌") == 48
    app = Showing(DensityMap([DensityRow("today", HALF_DAYS, "≈ 3")]))
    async with app.run_test(size=(92, 4)):
        drawn = lines(app, app.widget)[1].split()[1]
        assert (len(drawn), drawn.count("╌"), drawn.count("█")) == (72, 21, 24)


async def test_all_days_have_one_scale() -> None:
    rows = [DensityRow(name, (value,) * 24) for name, value in (("a", 8.0), ("b", 1.0), ("c", 0))]
    app = Showing(DensityMap(rows))
    async with app.run_test(size=(44, 5)):
        _, a, b, c = lines(app, app.widget)
        assert ("█" * 24 in a, "▂" * 24 in b, c.strip()) == (True, True, "c")


async def test_one_exact_time_does_not_make_all_others_flat() -> None:
    values = (0.04,) * 47 + (1.0,)
    app = Showing(DensityMap([DensityRow("today", values)]))
    async with app.run_test(size=(68, 4)):
        assert "▂" * 47 + "█" in shown(app)


async def test_a_column_is_as_high_as_the_sum_of_its_parts() -> None:
    columns = StackedColumns(("done", "let go", "waiting"))
    app = Showing(columns)
    async with app.run_test(size=(12, 10)) as pilot:
        columns.show([Column((2, 2, 1)), Column((0, 0, 0)), Column((1, 0, 0))])
        await pilot.pause()
        drawn = [line[5:].rstrip() for line in lines(app, columns)[1:6]]
        assert drawn == ["█", "█", "█", "█", "█   █"]
        assert lines(app, columns)[1].split()[0] == "5"


async def test_columns_grow_thicker_where_there_is_room_and_keep_their_gap() -> None:
    columns = StackedColumns(("n",), "late")
    app = Showing(columns)
    async with app.run_test(size=(40, 10)) as pilot:
        columns.show([Column((1,), 1.0), Column((1,), 0.5)])
        await pilot.pause()
        assert lines(app, columns)[5][5:].rstrip() == "███ ███"
        assert lines(app, columns)[6][5:].rstrip() == "███ ▄▄▄"


async def test_the_last_columns_are_shown_where_not_all_fit() -> None:
    columns = StackedColumns(("n",))
    app = Showing(columns)
    async with app.run_test(size=(20, 10)) as pilot:
        columns.show([Column((9,)), *[Column((1,))] * 15])
        await pilot.pause()
        assert lines(app, columns)[1][5:].strip() == "█" * 15


async def test_the_foot_shows_shares_and_tells_none_from_not_any() -> None:
    columns = StackedColumns(("n",), "late")
    app = Showing(columns)
    async with app.run_test(size=(15, 10)) as pilot:
        columns.show([Column((1,), 1.0), Column((1,), 0.0), Column((0,), None), Column((1,), 0.5)])
        await pilot.pause()
        assert lines(app, columns)[6][5:].rstrip() == "█ ·   ▄"


async def test_labels_do_not_run_into_each_other() -> None:
    columns = StackedColumns(("n",))
    app = Showing(columns)
    async with app.run_test(size=(24, 10)) as pilot:
        columns.show([Column((1,), label=f"{day} Nov") for day in range(1, 8)])
        await pilot.pause()
        assert lines(app, columns)[6].split() == ["1", "Nov", "4", "Nov", "7", "Nov"]


async def test_the_longest_bar_fills_the_room_and_the_smallest_part_is_seen() -> None:
    bars = ShareBars()
    app = Showing(bars)
    async with app.run_test(size=(60, 4)) as pilot:
        bars.show([Share("#a", (999, 1), "1000"), Share("#b", (10, 0), "10")])
        await pilot.pause()
        first, second = lines(app, bars)
        assert first.rstrip().endswith("━  1000")
        assert (first.count("━"), second.count("━")) == (60 - 4 - 6, 1)


@pytest.mark.parametrize("width", [1, 8, 20, 200])
async def test_any_width_will_do(width: int) -> None:
    columns, bars = StackedColumns(("done", "let go"), "late"), ShareBars()
    for widget in (DensityMap([DensityRow("today", HALF_DAYS, "≈ 3")]), columns, bars):
        app = Showing(widget)
        async with app.run_test(size=(width, 10)) as pilot:
            columns.show([Column((1, 2), 0.5, "1 Nov")] * 30)
            bars.show([Share("#home", (1, 2), "3")])
            await pilot.pause()


@pytest.mark.parametrize("text", BAD_TEXTS, ids=IDS)
async def test_names_are_inert(text: str) -> None:
    columns, bars = StackedColumns((text, text), text), ShareBars()
    widgets: list[Widget] = [DensityMap([DensityRow(text, HALF_DAYS, text)]), columns, bars]
    for widget in widgets:
        app = Showing(widget)
        async with app.run_test(size=(80, 10)) as pilot:
            columns.show([Column((1, 2), 0.5, text)])
            bars.show([Share(text, (1, 2), text)])
            await pilot.pause()
            assert not active(app)
