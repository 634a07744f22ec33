from string import ascii_lowercase

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from later_tui.domain.nearness import EXACT, TRIES, nearness

LETTERS = st.text("abc ", max_size=60)


class Counted(str):
    """Counts the letters that are looked at."""

    looked_at = 0

    def find(self, letter: str, start: int = 0) -> int:  # type: ignore[override]
        found = super().find(letter, start)
        self.looked_at += (len(self) if found < 0 else found + 1) - start
        return found

    def rfind(self, letter: str, start: int, end: int) -> int:  # type: ignore[override]
        found = super().rfind(letter, start, end)
        self.looked_at += end - max(found, 0)
        return found

    def count(self, letter: str, start: int, end: int) -> int:  # type: ignore[override]
        self.looked_at += end - start
        return super().count(letter, start, end)


def in_order(wanted: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in wanted)


@given(st.text("abc", min_size=1, max_size=8), LETTERS)
def test_whatever_has_the_letters_in_order_is_found_and_nothing_else(
    wanted: str, text: str
) -> None:
    assert (nearness(wanted, text) > 0) is in_order(wanted, text)


@given(st.text("abc ", min_size=1, max_size=8), LETTERS, LETTERS, LETTERS)
def test_what_has_the_words_themselves_comes_before_what_only_nearly_has(
    wanted: str, before: str, behind: str, other: str
) -> None:
    assert nearness(wanted, before + wanted + behind) == EXACT > 1
    assert wanted in other or nearness(wanted, other) <= 1


@given(
    st.text("abc", min_size=1, max_size=8),
    st.text("abc ", max_size=40),
    st.integers(1, 60),
    st.text("abc ", max_size=9),
)
@example(ascii_lowercase, ascii_lowercase[::-1], 200, "")  # each place reaches far over the next
def test_the_work_grows_with_the_length_of_the_text_and_no_faster(
    wanted: str, text: str, times: int, end: str
) -> None:
    counted = Counted(text * times + end)
    nearness(wanted, counted)
    assert counted.looked_at <= 3 * TRIES * (len(counted) + len(wanted))


@pytest.mark.parametrize(
    ("wanted", "nearer", "farther"),
    [
        ("clmm", "call mum", "cold lamp from milan"),
        ("dntst", "book the dentist", "do not stay in that street"),
        ("wtl", "write to lena", "what about the lamp"),
        ("dntst", "and now that, so: see the dentist", "do not stay in that street"),
    ],
)
def test_letters_that_stand_together_are_nearer(wanted: str, nearer: str, farther: str) -> None:
    assert nearness(wanted, nearer) > nearness(wanted, farther) > 0
