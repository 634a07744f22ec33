from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from later_tui.widgets.wrapping import wrapped


def test_lines_are_filled_and_what_fits_is_one() -> None:
    assert wrapped("", 20) == wrapped("  ", 20) == ()
    assert wrapped("call mum", 8) == ("call mum",)
    assert wrapped("call mum and dad", 8) == ("call mum", "and dad")


def test_no_word_is_left_alone_on_the_last_line_if_that_can_be() -> None:
    assert wrapped("to keep it just as it is", 21) == ("to keep it just as", "it is")
    assert wrapped("unbreakable words", 12) == ("unbreakable", "words")


def test_what_is_cut_off_is_said() -> None:
    assert wrapped("one two three four five six", 9, 2) == ("one two", "three fo…")
    assert wrapped("one two", 9, 2) == ("one two",)


def test_a_word_that_is_too_long_is_broken_and_a_wide_letter_is_not() -> None:
    assert wrapped("x" * 25, 10) == ("x" * 10, "x" * 10, "x" * 5)
    assert wrapped("日本語日本語", 5) == ("日本", "語日", "本語")
    assert wrapped("日本", 1) == ("日", "本")


@given(st.text(max_size=200), st.integers(2, 60))
def test_every_line_fits_and_no_word_is_lost(text: str, room: int) -> None:
    lines = wrapped(text, room)
    assert all(cell_len(line) <= room for line in lines)
    limited = wrapped(text, room, 2)
    assert len(limited) == min(len(lines), 2)
    assert all(cell_len(line) <= room for line in limited)
