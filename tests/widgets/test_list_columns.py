"""Which column of a list gets how many cells: the thought first, and nothing beside empty ones."""

import pytest
from rich.style import Style

from later_tui.widgets.list_columns import Columns, Extent
from later_tui.widgets.list_drawing import Inks, draw
from later_tui.widgets.row import Row

INKS = Inks(*[Style()] * 6)
DINNER = "ask the neighbours whether they would come to dinner on the first of May"


def drawn(width: int, *rows: Row) -> list[str]:
    """Return the rows as a list of `width` cells draws them that has seen no others."""
    columns = Columns.of(width, Extent(lead=16).over(rows))
    return [draw(row, columns, INKS, bar=" ", lead=row.lead).text for row in rows]


def row(text: str, **changes: str) -> Row:
    return Row(key=text, text=text, lead="before Thu 18:40", **changes)  # type: ignore[arg-type]


def test_narrow_lists_leave_the_channels_out_and_then_the_tags() -> None:
    there = row("x" * 60, note="#family #home", end="desktop, email")
    wide, middle, narrow = (drawn(width, there)[0] for width in (120, 72, 60))
    assert ("#family #home" in wide, "desktop, email" in wide) == (True, True)
    assert ("#family #home" in middle, "desktop, email" in middle) == (True, False)
    assert ("#family" in narrow, "desktop" in narrow) == (False, False)
    assert narrow.count("x") == 60 - 4 - 18 - 1


def test_a_thought_is_not_cut_beside_empty_cells() -> None:
    tagged = row("call mum", note="#work #reading")
    alone, short = row("y" * 56), row("x" * 45, note="#sea")
    lines = drawn(80, tagged, alone, short)
    assert "y" * 56 in lines[1]
    assert "x" * 45 in lines[2]
    assert lines[2].rstrip().endswith("#sea")
    assert len({len(line) for line in lines}) == 1


def test_what_stands_to_the_right_leaves_its_last_cell_to_the_thought() -> None:
    tagged = row("call mum", note="#sea #sun", end="desktop")
    for there, cells in (({"end": "desktop"}, 65), ({}, 74)):
        line = drawn(96, tagged, row("z" * 80, **there))[1]
        assert line.count("z") == cells - 1
        assert "z…" in line


def test_a_note_keeps_its_place_where_its_thought_is_cut_all_the_same() -> None:
    rows = [row("x" * 90, note="#family #home"), row("x" * 90, note="#kitchen #bik")]
    first, second = drawn(80, *rows)
    assert first.index("#") == second.index("#")
    cut = drawn(80, rows[0], row("x" * 90, note="#garden #sea"))
    assert {line.index("#") for line in cut} == {first.index("#")}


def test_a_row_without_channels_gives_its_thought_their_cells() -> None:
    late = row("call mum", note="kept 3 days ago", end="2 h late")
    line = drawn(100, late, row(DINNER[:60], note="kept 9 days ago"))[1]
    assert DINNER[:60] in line
    assert "kept 9 days ago" in line


@pytest.mark.parametrize("width", [120, 200, 300])
def test_where_there_is_room_nothing_is_cut(width: int) -> None:
    first = row("call mum", note="#family #home #friends #kitchen", end="desktop → email")
    lines = drawn(width, first, row("x" * (width - 90), end="desktop"))
    assert "#family #home #friends #kitchen" in lines[0]
    assert lines[0].rstrip().endswith("desktop → email")
    assert "x" * (width - 90) in lines[1]


def test_channels_that_are_longer_than_the_others_are_cut_before_all_are_left_out() -> None:
    long = row("x" * 60, note="#family", end="desktop → email → sms, webhook, terminal")
    line = drawn(100, long)[0]
    assert "desktop → email" in line
    assert "…" in line


def test_tags_are_left_out_whole_and_it_is_said() -> None:
    line = drawn(80, row("x" * 60, note="#family #home #friends #kitchen"))[0]
    assert "#family #home …" in line


def test_a_folder_is_left_out_where_it_has_no_room() -> None:
    kept = row("x" * 40, note="kept 19 days ago", more=", ~/src/foo")
    assert "kept 19 days ago, ~/src/foo" in drawn(100, kept)[0]
    narrow = drawn(80, kept)[0]
    assert "kept 19 days ago " in narrow
    assert "~" not in narrow


def test_words_from_right_to_left_do_not_move_what_stands_beside_them() -> None:
    line = drawn(80, row("שלום עולם", note="#family"))[0]
    assert line.index("\u2066") < line.index("שלום") < line.index("\u2069") < line.index("#family")
    assert "\u2066" not in drawn(80, row("hello world", note="#family"))[0]


def test_more_in_the_first_column_is_taken_from_the_text_of_its_row() -> None:
    columns = Columns(12, 13, 40, 20, 10)
    assert columns.widened(10, 8) == columns
    assert columns.widened(12, 8) == Columns(14, 11, 40, 20, 10)
    assert columns.widened(16, 8) == Columns(18, 10, 37, 20, 10)


@pytest.mark.parametrize("lead", range(40))
def test_columns_that_make_room_are_as_wide_as_before_and_none_is_a_gap_alone(lead: int) -> None:
    columns = Columns(12, 13, 40, 20, 10)
    for mark in (0, 8):
        made = columns.widened(lead, mark)
        assert sum(made) == sum(columns)
        assert made.mark == 0 or made.mark > 2
