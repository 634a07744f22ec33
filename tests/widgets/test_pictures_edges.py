"""What is little beside what is much is drawn all the same, and equal sums are equally long."""

import pytest

from later_tui.widgets.density_map import BARS, DensityMap, DensityRow
from later_tui.widgets.share_bars import Share, ShareBars
from later_tui.widgets.stacked_columns import HEIGHT, SCALE, Column, StackedColumns
from tests.widgets.showing import Showing, lines
from tests.widgets.test_pictures import PARTS, cells


def colours(widget: StackedColumns, y: int) -> set[object]:
    """Return the inks and grounds of line `y`, but for the scale's."""
    drawn = [one.style for one in widget.render_line(y).crop(SCALE) if one.style]
    grounds = {one.bgcolor for one in drawn} - {widget.rich_style.bgcolor}
    return grounds | {one.color for one in drawn if one.color != widget.rich_style.color}


@pytest.mark.parametrize("top", [2, 256, 300, 99_999])
async def test_a_day_with_one_thought_is_no_empty_day(top: int) -> None:
    widget = StackedColumns(PARTS)
    app = Showing(widget)
    async with app.run_test(size=(40, 12)):
        widget.show([Column((top, 0, 0)), Column((0, 1, 0)), Column((0, 0, 0))])
        bottom = cells(widget, HEIGHT)[SCALE:]
        assert bottom[:3] == "███"
        assert bottom[4:7].strip()
        assert not bottom[8:11].strip()


@pytest.mark.parametrize("parts", [(3, 1, 100), (100, 1, 100), (2, 0, 60), (1, 3, 100)])
async def test_of_the_parts_that_meet_in_a_cell_the_two_largest_are_seen(
    parts: tuple[int, ...],
) -> None:
    widget = StackedColumns(PARTS)
    app = Showing(widget)
    async with app.run_test(size=(40, 12)):
        widget.show([Column(parts)])
        all_of_it = set().union(*(colours(widget, y) for y in range(1, HEIGHT + 1)))
        legend = [
            one.style.color for one in widget.render_line(0) if one.text == "■ " and one.style
        ]
        wanted = sorted(range(3), key=lambda at: -parts[at])[:2]
        assert {legend[at] for at in wanted} <= all_of_it


@pytest.mark.parametrize(
    ("count", "told"), [(9_999, "9,999"), (20_000, "20k"), (999_999, "999k"), (12_345_678, "12M")]
)
async def test_the_scale_is_never_cut(count: int, told: str) -> None:
    app = Showing(StackedColumns(PARTS))
    async with app.run_test(size=(40, 12)):
        app.widget.show([Column((count, 0, 0))])  # type: ignore[attr-defined]
        assert lines(app, app.widget)[1].split()[0] == told


@pytest.mark.parametrize("width", range(20, 70, 7))
async def test_equal_sums_are_equally_long(width: int) -> None:
    widget = ShareBars(PARTS)
    app = Showing(widget)
    async with app.run_test(size=(width, 6)):
        widget.show([Share("a", (5, 0, 0)), Share("b", (1, 1, 3)), Share("c", (2, 2, 1))])
        columns = widget._fitting(width)
        bars = [widget._bar(one, columns.bar) for one in widget._shares]
        assert {sum(len(part.text) for part in bar[:-1]) for bar in bars} == {columns.bar}


@pytest.mark.parametrize("width", range(26, 64))
async def test_an_hour_that_has_no_room_is_left_out_whole(width: int) -> None:
    app = Showing(DensityMap([DensityRow("today", (1.0,) * 48, "3")]))
    async with app.run_test(size=(width, 4)):
        words = lines(app, app.widget)[0].split()
        assert [word for word in words if word not in ("0", "6", "12", "18")] == ["24"]
        assert words == sorted(words, key=int)


async def test_a_sum_of_floats_is_no_step_above_what_it_should_be() -> None:
    assert (0.1 + 0.2) / 0.7 * len(BARS) > 3
    app = Showing(DensityMap([DensityRow("today", (0.7, 0.1 + 0.2) * 24)]))
    async with app.run_test(size=(63, 4)):
        assert lines(app, app.widget)[1].split()[1].endswith(BARS[-1] + BARS[2])
