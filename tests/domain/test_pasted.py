"""A pasted list is read as people write lists."""

import pytest

from later_tui.domain.pasted import thoughts, ticked_off


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("call mum\n\nwater the fig", ("call mum", "water the fig")),
        ("- one\n* two\n+ three\n• four", ("one", "two", "three", "four")),
        ("1. one\n 2) two\n10. ten", ("one", "two", "ten")),
        ("- [ ] open\n- [x] done\n[X] done too\n[ ] open too", ("open", "open too")),
        ("---\n***\n- \n[ ]", ()),
        ("-5 degrees outside\n2026 was good\n[milk] buy", None),
        ("  spaces kept  inside ", ("spaces kept  inside",)),
        ("one\r\ntwo\r\n", ("one", "two")),
        ("日本の切手\n- 👩‍👩‍👧 visit", ("日本の切手", "👩‍👩‍👧 visit")),
    ],
)
def test_each_line_is_a_thought_without_its_mark(
    text: str, expected: tuple[str, ...] | None
) -> None:
    assert thoughts(text) == (tuple(text.splitlines()) if expected is None else expected)


def test_what_is_ticked_off_is_counted() -> None:
    assert ticked_off("- [ ] open\n- [x] done\n[X] done too\n[x] \nopen") == 2
