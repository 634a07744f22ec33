"""The widgets of the page of pictures: what is drawn where, inert, in any width."""

import pytest
from textual.widget import Widget

from later_tui.widgets.density_map import DensityMap, DensityRow
from later_tui.widgets.share_bars import Share, ShareBars
from later_tui.widgets.stacked_columns import Column, StackedColumns
from tests.widgets.showing import BAD_TEXTS, IDS, Showing, active, lines, shown

HALF_DAYS = tuple(None if slot < 14 else 1.0 if slot < 30 else 0.5 for slot in range(48))
PARTS = ("done", "let go", "unanswered")


def cells(widget: Widget, y: int) -> str:
    """Return line `y` of a widget, cells that are full of a colour as blocks."""
    ground = widget.rich_style.bgcolor
    return "".join(
        "█" * len(one.text)
        if one.text.isspace() and one.style and one.style.bgcolor not in (None, ground)
        else one.text
        for one in widget.render_line(y)
    )


def inks(widget: Widget, y: int) -> set[object]:
    """Return the colours of line `y` of a widget where anything is drawn."""
    return {one.style.color for one in widget.render_line(y) if one.text.strip() and one.style}


async def test_a_day_is_a_row_of_bars_whose_closed_hours_are_notched_out() -> None:
    app = Showing(DensityMap([DensityRow("today", HALF_DAYS, "3")]))
    async with app.run_test(size=(63, 4)):
        hours, day = lines(app, app.widget)
        assert day.split() == ["today", "╌" * 14 + "▇" * 16 + "▄" * 18, "3"]
        bars = day.index("╌")
        assert [hours.index(word) - bars for word in (" 6", " 18")] == [11, 35]


async def test_half_hours_become_hours_where_there_is_no_room() -> None:
    app = Showing(DensityMap([DensityRow("today", HALF_DAYS)]))
    async with app.run_test(size=(38, 4)):
        assert "╌" * 7 + "▇" * 8 + "▄" * 9 in shown(app)


async def test_where_there_is_room_bars_grow_to_three_cells_and_the_hours_with_them() -> None:
    app = Showing(DensityMap([DensityRow("today", HALF_DAYS, "3")]))
    async with app.run_test(size=(200, 4)):
        hours, day = lines(app, app.widget)
        assert day.split()[1] == "╌" * 42 + "▇" * 48 + "▄" * 54
        assert hours.index("12") - day.index("╌") == 72
    app = Showing(DensityMap([DensityRow("today", HALF_DAYS, "3")]))
    async with app.run_test(size=(87, 4)):
        drawn = lines(app, app.widget)[1].split()[1]
        assert (len(drawn), drawn.count("╌"), drawn.count("▇")) == (72, 21, 24)


async def test_a_heading_says_what_the_totals_are_of() -> None:
    rows = [DensityRow("today", HALF_DAYS, "16  "), DensityRow("tomorrow", HALF_DAYS, "2.1")]
    app = Showing(DensityMap(rows, "thoughts"))
    async with app.run_test(size=(80, 4)):
        head, today, tomorrow = (line.rstrip() for line in lines(app, app.widget)[:3])
        assert head.endswith("24  thoughts")
        assert (len(head), len(tomorrow)) == (80, 80)
        assert today.index("16") + 1 == tomorrow.index("2.1")


async def test_however_high_a_day_is_it_has_one_ink_and_stands_apart_from_the_next() -> None:
    rows = [DensityRow("", (value,) * 24) for value in (8.0, 4.0, 0.5)]
    density = DensityMap(rows)
    app = Showing(density)
    async with app.run_test(size=(40, 5)):
        drawn = [cells(density, y) for y in (1, 2, 3)]
        assert len(set().union(*(inks(density, y) for y in (1, 2, 3)))) == 1
        assert "█" not in "".join(drawn)


async def test_all_days_have_one_scale() -> None:
    rows = [DensityRow(name, (value,) * 24) for name, value in (("a", 8.0), ("b", 1.0), ("c", 0))]
    app = Showing(DensityMap(rows))
    async with app.run_test(size=(44, 5)):
        _, a, b, c = lines(app, app.widget)
        assert ("▇" * 24 in a, "▁" * 24 in b, c.strip()) == (True, True, "c")


async def test_one_exact_time_does_not_make_all_others_flat() -> None:
    values = (0.04,) * 47 + (1.0,)
    app = Showing(DensityMap([DensityRow("today", values)]))
    async with app.run_test(size=(68, 4)):
        assert "▂" * 47 + "▇" in shown(app)


async def test_a_column_is_as_high_as_the_sum_of_its_parts() -> None:
    columns = StackedColumns(PARTS)
    app = Showing(columns)
    async with app.run_test(size=(18, 12)) as pilot:
        columns.show([Column((4, 3, 1)), Column((0, 0, 0)), Column((2, 0, 0))])
        await pilot.pause()
        drawn = [cells(columns, y)[6:].rstrip() for y in range(1, 9)]
        assert drawn == ["███"] * 6 + ["███     ███"] * 2
        assert lines(app, columns)[1].split()[0] == "8"


async def test_a_full_cell_is_a_ground_so_that_no_font_leaves_a_seam_in_a_column() -> None:
    columns = StackedColumns(PARTS)
    app = Showing(columns)
    async with app.run_test(size=(24, 12)) as pilot:
        # Borders and heights that fall between cells: of 27, a cell is a little more than 3.
        columns.show([Column((15, 5, 7)), Column((4, 1, 0)), Column((2, 0, 0))])
        await pilot.pause()
        written = "".join(one.text for y in range(1, 8) for one in columns.render_line(y))
        assert set(written) <= set(" 27▀▔")
        assert cells(columns, 8)[6:].rstrip() == "███ ███ ▅▅▅"


async def test_the_smallest_part_of_a_column_is_seen() -> None:
    columns = StackedColumns(PARTS)
    app = Showing(columns)
    async with app.run_test(size=(12, 12)) as pilot:
        columns.show([Column((1000, 0, 0)), Column((500, 0, 10))])
        await pilot.pause()
        third = columns.get_component_rich_style("stacked-columns--third").color
        drawn = [one.style for y in range(1, 9) for one in columns.render_line(y) if one.style]
        assert any(third in (style.bgcolor, style.color) for style in drawn)


async def test_columns_grow_thicker_where_there_is_room_and_keep_their_gap() -> None:
    columns = StackedColumns(("n",), "late")
    app = Showing(columns)
    async with app.run_test(size=(40, 12)) as pilot:
        columns.show([Column((1,), 1.0), Column((1,), 0.5)])
        await pilot.pause()
        assert cells(columns, 8)[6:].rstrip() == "███ ███"
        assert cells(columns, 9)[6:].rstrip() == "▆▆▆ ▃▃▃"


@pytest.mark.parametrize(
    ("width", "thick", "shown_columns"), [(126, 3, 30), (112, 2, 35), (96, 2, 30), (70, 1, 32)]
)
async def test_columns_fill_the_room_with_as_many_as_it_takes(
    width: int, thick: int, shown_columns: int
) -> None:
    columns = StackedColumns(("n",))
    app = Showing(columns)
    async with app.run_test(size=(width, 12)) as pilot:
        columns.show([Column((1,))] * 60)
        await pilot.pause()
        drawn = cells(columns, 8)[6:]
        assert drawn.split() == ["█" * thick] * shown_columns
        assert width - 6 - len(drawn.rstrip()) <= thick + 1


async def test_the_last_columns_are_shown_where_not_all_fit() -> None:
    columns = StackedColumns(("n",))
    app = Showing(columns)
    async with app.run_test(size=(21, 12)) as pilot:
        columns.show([Column((9,)), *[Column((1,))] * 15])
        await pilot.pause()
        assert cells(columns, 1)[6:].strip() == "█" * 15


async def test_the_foot_shows_shares_and_tells_none_from_not_any() -> None:
    columns = StackedColumns(("n",), "late")
    app = Showing(columns)
    async with app.run_test(size=(16, 12)) as pilot:
        columns.show([Column((1,), 1.0), Column((1,), 0.0), Column((0,), None), Column((1,), 0.5)])
        await pilot.pause()
        assert lines(app, columns)[9][6:].rstrip() == "▆ ·   ▃"


@pytest.mark.parametrize(("width", "gap"), [(51, 2), (80, 3)])
async def test_the_legend_moves_together_before_it_is_cut(width: int, gap: int) -> None:
    columns = StackedColumns(PARTS, "sent late")
    app = Showing(columns)
    async with app.run_test(size=(width, 12)):
        words = lines(app, columns)[0].strip().split(" " * gap)
        assert words == ["■ done", "■ let go", "■ unanswered", "▂ sent late"]


async def test_the_last_label_stands_whole() -> None:
    app = Showing(StackedColumns(PARTS))
    async with app.run_test(size=(40, 12)) as pilot:
        columns = app.query_one(StackedColumns)
        columns.show([Column((1,), label="23 Nov" if day == 30 else "") for day in range(1, 31)])
        await pilot.pause()
        assert lines(app, columns)[-1].rstrip().endswith("23 Nov")


async def test_labels_do_not_run_into_each_other() -> None:
    columns = StackedColumns(("n",))
    app = Showing(columns)
    async with app.run_test(size=(24, 12)) as pilot:
        columns.show([Column((1,), label=f"{day} Nov") for day in range(1, 8)])
        await pilot.pause()
        assert lines(app, columns)[9].split() == ["1", "Nov", "4", "Nov", "7", "Nov"]


async def test_the_longest_bar_fills_the_room_and_the_smallest_part_is_seen() -> None:
    bars = ShareBars(("n", "m"))
    app = Showing(bars)
    async with app.run_test(size=(60, 4)) as pilot:
        bars.show([Share("#a", (999, 1)), Share("#b", (10, 0))])
        await pilot.pause()
        head, first, second = lines(app, bars)
        assert head.split() == ["━", "n", "━", "m"]
        assert first.split() == ["#a", "━" * (60 - 4 - 10), "999", "1"]
        assert second.split() == ["#b", "━", "10", "·"]
        assert len({one.style for one in bars.render_line(1) if "━" in one.text}) == 2


async def test_every_part_of_a_bar_is_said_in_numbers_under_its_name() -> None:
    bars = ShareBars(PARTS)
    app = Showing(bars)
    async with app.run_test(size=(71, 4)) as pilot:
        bars.show([Share("#home", (4, 1, 1)), Share("#work", (0, 1234, 0))])
        await pilot.pause()
        head, home, work = (line.rstrip() for line in lines(app, bars))
        assert home.split()[-3:] == ["4", "1", "1"]
        assert work.split()[-3:] == ["·", "1,234", "·"]
        assert len(head) == len(home) == len(work) == 71
        assert work.index("1,234") + 5 == head.index("let go") + 6


@pytest.mark.parametrize(("width", "name"), [(44, "#a-rather-l…"), (51, "#a-rather-l…")])
async def test_a_cut_name_does_not_touch_its_bar(width: int, name: str) -> None:
    bars = ShareBars(PARTS)
    app = Showing(bars)
    async with app.run_test(size=(width, 4)) as pilot:
        bars.show([Share("#a-rather-long-tag-name", (4, 1, 1))])
        await pilot.pause()
        assert lines(app, bars)[1].startswith(f"{name}  ━")


async def test_a_long_name_is_not_cut_where_there_is_room() -> None:
    bars = ShareBars(PARTS)
    app = Showing(bars)
    async with app.run_test(size=(90, 4)) as pilot:
        bars.show([Share("#a-rather-long-tag-name", (4, 1, 1))])
        await pilot.pause()
        assert lines(app, bars)[1].startswith("#a-rather-long-tag-name  ━")


@pytest.mark.parametrize("width", [1, 8, 20, 200])
async def test_any_width_will_do(width: int) -> None:
    columns, bars = StackedColumns(("done", "let go"), "late"), ShareBars(("done", "let go"))
    for widget in (DensityMap([DensityRow("today", HALF_DAYS, "3")]), columns, bars):
        app = Showing(widget)
        async with app.run_test(size=(width, 10)) as pilot:
            columns.show([Column((1, 2), 0.5, "1 Nov")] * 30)
            bars.show([Share("#home", (1, 2))])
            await pilot.pause()


@pytest.mark.parametrize("text", BAD_TEXTS, ids=IDS)
async def test_names_are_inert(text: str) -> None:
    columns, bars = StackedColumns((text, text), text), ShareBars((text, text))
    widgets: list[Widget] = [DensityMap([DensityRow(text, HALF_DAYS, text)], text), columns, bars]
    for widget in widgets:
        app = Showing(widget)
        async with app.run_test(size=(80, 10)) as pilot:
            columns.show([Column((1, 2), 0.5, text)])
            bars.show([Share(text, (1, 2))])
            await pilot.pause()
            assert not active(app)
