import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from later_tui.widgets.cells import apart, cells, clean, clean_lines, fit, isolated, shorten
from tests.widgets.showing import ACTIVE, BAD_TEXTS

TEXTS = st.one_of(st.text(), st.sampled_from(BAD_TEXTS))


@given(TEXTS)
def test_nothing_that_a_terminal_obeys_is_left_of_any_text(text: str) -> None:
    assert not set(clean(text)) & ACTIVE
    assert "\n" not in clean(text)


@given(TEXTS)
def test_lines_stay_lines(text: str) -> None:
    assert not set(clean_lines(text)) & (ACTIVE - {"\n"})
    assert len(clean_lines(text).split("\n")) == max(len(text.splitlines()), 1)


@given(TEXTS, st.integers(0, 40), st.booleans())
def test_a_fitted_text_takes_exactly_its_cells(text: str, width: int, right: bool) -> None:
    assert cell_len(fit(clean(text), width, right=right)) == width


@given(TEXTS, st.integers(0, 40))
def test_a_shortened_text_never_takes_more_than_its_cells(text: str, width: int) -> None:
    assert cell_len(shorten(clean(text), width)) <= width


@given(TEXTS)
def test_what_a_text_takes_is_what_it_is_fitted_into(text: str) -> None:
    assert fit(clean(text), cells(text) + 3).endswith("   ")
    assert shorten(clean(text), cells(text)) == apart(clean(text))


def test_a_wide_character_is_never_cut_in_half() -> None:
    assert shorten("日本語", 4) == "日…"
    assert fit("日本語", 4) == "日… "
    assert fit("ab", 4, right=True) == "  ab"


def test_joined_emoji_and_what_looks_like_markup_stay() -> None:
    for text in ("👩‍👩‍👧‍👦", "[/]", "buy [milk]", "don't & <b>"):
        assert clean(text) == text


def test_right_to_left_words_are_kept_to_their_column() -> None:
    fitted = fit("שלום 12", 12)
    alone = isolated(fitted)
    assert alone == f"\u2066{fitted}\u2069"
    assert cell_len(alone) == 12
    for text in ("call mum", "日本の切手", "👩\u200d👩\u200d👧", "ΑΒΓ", "Ещё раз"):
        assert isolated(text) == text
    for text in ("سلام", "ܫܠܡܐ", "ﷲ"):
        assert isolated(text) != text


@pytest.mark.parametrize(
    ("text", "shown", "cells"),
    [
        ("👩‍👩‍👧‍👦 x", "👩👩👧👦 x", 10),
        ("❤️ x", "❤ x", 3),
        ("👍🏽 x", "👍 x", 4),
        ("👩🏽‍⚕️ x", "👩⚕ x", 5),
        ("1️⃣ x", "1⃣ x", 3),
        ("🇨🇭 x", "🇨🇭 x", 4),
        ("می‌خواهم", "می‌خواهم", None),
        ("क्‍ष", "क्‍ष", None),
        ("\u200d", "", 0),
        ("x\u200d", "x", 1),
        ("🏽 alone", " alone", 6),
    ],
)
def test_joined_emoji_take_the_cells_of_their_parts(
    text: str, shown: str, cells: int | None
) -> None:
    assert apart(text) == shown
    assert apart(apart(text)) == shown
    if cells is not None:
        assert cell_len(fit(text, 20).rstrip()) == cells
