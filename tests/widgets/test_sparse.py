from later_tui.widgets.row import Row
from later_tui.widgets.sparse import SparseRows


def rows(*keys: str) -> list[Row]:
    return [Row(key=key, text=key) for key in keys]


def test_rows_are_asked_for_once_until_they_come() -> None:
    known = SparseRows()
    assert known.wanting(range(3), range(9)) == range(9)
    assert known.wanting(range(3), range(9)) is None
    known.put(0, rows("a", "b", "c"), 3)
    assert known.wanting(range(3), range(9)) is None
    assert known.wanting(range(2, 5), range(9)) == range(9)


def test_stale_rows_stay_until_new_ones_come() -> None:
    known = SparseRows()
    known.put(0, rows("a", "b"), 2)
    known.age()
    assert known.get(0) is not None
    assert known.wanting(range(2), range(2)) == range(2)
    known.put(0, rows("c", "b"), 2)
    assert known.wanting(range(2), range(2)) is None


def test_a_place_without_a_row_is_not_asked_for_again_and_again() -> None:
    known = SparseRows()
    known.put(0, rows("a"), 3)
    assert known.wanting(range(3), range(3)) is None
    known.age()
    assert known.wanting(range(3), range(3)) == range(3)


def test_what_is_far_away_is_forgotten() -> None:
    known = SparseRows()
    known.put(0, rows(*map(str, range(100))), 100)
    known.keep(range(40, 60))
    assert len(known) == 20
    assert known.get(39) is None
    assert known.keys() == {str(index) for index in range(40, 60)}
    known.cut(50)
    assert len(known) == 10


def test_a_row_is_found_by_its_key_wherever_it_stands() -> None:
    known = SparseRows()
    known.put(0, rows("a", "b"), 2)
    known.put(700, rows("c"), 1)
    assert (known.find("b"), known.find("c"), known.find("d")) == (1, 700, None)


def test_after_all_is_forgotten_all_is_asked_for() -> None:
    known = SparseRows()
    known.put(0, rows("a", "b"), 2)
    known.clear()
    assert (len(known), known.get(0)) == (0, None)
    assert known.wanting(range(2), range(4)) == range(4)
