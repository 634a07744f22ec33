"""Chips stand in rows that they fit into, and those without room are counted."""

from hypothesis import given
from hypothesis import strategies as st

from later_tui.widgets.chip_rows import MORE, Placed, rows, width

chips = st.lists(st.builds(Placed, st.just("tag"), st.text("ab 日", min_size=1, max_size=12)))


@given(
    chips.filter(bool),
    st.integers(16, 60),
    st.integers(1, 3),
    st.integers(0, 20),
    st.integers(0, 9),
)
def test_no_row_is_longer_than_its_room_and_no_chip_is_lost(
    long: list[Placed], room: int, most: int, beside: int, least: int
) -> None:
    short = [chip._replace(words=chip.words[:3]) for chip in long]
    made = rows(long, short, beside=beside, least=least, room=room, most=most)
    assert 1 <= len(made) <= most
    assert all(width(row) <= room for row in made)
    told = [chip for row in made for chip in row]
    left = int(told[-1].words.removeprefix("+")) if told[-1].kind == MORE else 0
    assert len(told) - bool(left) + left == len(long)
    assert not any(chip.kind == MORE for chip in told[:-1])


def test_what_stands_beside_makes_them_short() -> None:
    long, short = [Placed("tag", "within 3 days, before Fri")], [Placed("tag", "before Fri")]
    assert rows(long, short, beside=10, least=0, room=40, most=1) == [long]
    assert rows(long, short, beside=20, least=0, room=40, most=1) == [short]


def test_what_stands_beside_is_worth_another_row_where_there_may_be_one() -> None:
    long = [Placed("window", "within 3 days, before Fri"), Placed("tag", "#papers")]
    short = [Placed("window", "before Fri"), Placed("tag", "#papers")]
    assert rows(long, short, beside=20, least=10, room=40, most=2) == [short]
    assert rows(long, short, beside=30, least=20, room=36, most=2) == [long[:1], long[1:]]
    assert rows(long, short, beside=30, least=20, room=36, most=1) == [short]
