"""What a text costs, and what is sent of it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from later_tui.channels.sms.graphemes import graphemes
from later_tui.channels.sms.message import message, preview
from later_tui.channels.sms.segments import is_gsm7, segments

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "count", "encoding", "units"),
    [
        ("a", 1, "GSM-7", 1),
        ("a" * 160, 1, "GSM-7", 160),
        ("a" * 161, 2, "GSM-7", 161),
        ("a" * 306, 2, "GSM-7", 306),
        ("a" * 307, 3, "GSM-7", 307),
        ("€" * 80, 1, "GSM-7", 160),
        ("€" * 81, 2, "GSM-7", 162),
        ("@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà", 1, "GSM-7", 42),
        ("^{}\\[~]|€", 1, "GSM-7", 18),
        ("two\nlines", 1, "GSM-7", 9),
        ("я" * 70, 1, "UCS-2", 70),
        ("я" * 71, 2, "UCS-2", 71),
        ("я" * 134, 2, "UCS-2", 134),
        ("я" * 135, 3, "UCS-2", 135),
        ("😀" * 35, 1, "UCS-2", 70),
        ("😀" * 36, 2, "UCS-2", 72),
        ("ç", 1, "UCS-2", 1),
        ("a`b", 1, "UCS-2", 3),
        ("\t", 1, "UCS-2", 1),
    ],
)
def test_a_text_is_counted_as_the_network_counts_it(
    text: str, count: int, encoding: str, units: int
) -> None:
    found = segments(text)
    assert (found.count, found.encoding, found.units) == (count, encoding, units)
    assert str(found) == f"{count} SMS"


def test_an_escape_is_not_parted_from_its_character() -> None:
    # 153 septets a part: the sign that would need the 153rd and the 154th begins the next part.
    assert segments("a" * 152 + "€" + "a" * 152).count == 3
    assert segments("a" * 153 + "€" + "a" * 151).count == 2


def test_a_surrogate_pair_is_not_parted() -> None:
    assert segments("я" * 66 + "😀" + "я" * 66).count == 3
    assert segments("я" * 65 + "😀" + "я" * 67).count == 2


def test_curly_quotes_and_dashes_do_not_halve_the_room() -> None:
    assert message("“mum’s” – call…", 3) == '"mum\'s" - call...'
    assert segments(message("don’t " * 26, 3)).count == 1


def test_a_letter_and_its_accent_are_one_of_the_alphabet() -> None:
    assert message("cafe\u0301", 3) == "caf\u00e9"
    assert message("\u044f\u0301 cafe\u0301", 3) == "\u044f\u0301 cafe\u0301"


def test_a_text_that_needs_unicode_anyway_keeps_its_quotes() -> None:
    assert message("“привет” – …", 3) == "“привет” – …"


def test_a_long_text_is_cut_between_two_words_and_says_so() -> None:
    sent = message("water the plants " * 40, 2)
    assert sent.endswith((" the...", " plants...", " water..."))
    assert segments(sent).count == 2
    assert segments(sent).encoding == "GSM-7"


def test_a_long_word_is_cut_where_the_room_ends() -> None:
    assert message("x" * 500, 1) == "x" * 157 + "..."
    assert message("я" * 500, 1) == "я" * 69 + "…"


def test_a_joined_emoji_is_kept_whole_or_left_out() -> None:
    sent = message(FAMILY * 30, 1)
    assert sent == FAMILY * 6 + "…"
    assert segments(sent).count == 1


@pytest.mark.parametrize("one", [FAMILY, "🇨🇭", "👍🏽", "é", "❤️", "1️⃣", "각", "각", "नि", "\n", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"])
def test_what_a_reader_sees_as_one_is_one(one: str) -> None:
    assert list(graphemes(f"a{one}{one}b")) == ["a", one, one, "b"]


def test_hundreds_of_marks_on_one_letter_still_keep_to_the_limit() -> None:
    sent = message("z" + "\u0336" * 5000, 1)
    assert segments(sent).count == 1
    assert sent.endswith("…")


def test_a_letter_too_big_for_the_room_is_left_out_with_what_follows() -> None:
    assert message("ab" + "z" + "\u0336" * 300, 1) == "ab…"


def test_the_person_sees_the_cost_before_it_is_sent() -> None:
    assert preview("call mum", 3) == "1 SMS"
    assert preview("call mum’s " * 20, 3) == "2 SMS"
    assert preview("я" * 500, 3) == "3 SMS, its end is cut"
    assert preview("a" * 459, 3) == "3 SMS"
    assert preview("a" * 460, 3) == "3 SMS, its end is cut"


MARKED = "z" + "\u0336" * 60
PIECES = st.sampled_from(
    ["a", "b", " ", "word ", "€", "^", "я", "😀", "\n", "’", "…", "\u0301", "\u200d",
     FAMILY, "🇨🇭", MARKED, "x" * 70]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.characters(exclude_categories=["Cs"]), max_size=150).map("".join)


@given(TEXTS, st.integers(1, 5))
def test_what_is_sent_is_never_over_the_limit_and_never_cut_within_a_character(
    text: str, most: int
) -> None:
    sent = message(text, most)
    assert segments(sent).count <= most
    assert "".join(graphemes(text)) == text
    if segments(text).count <= most and not is_gsm7(sent):
        assert sent == text


@given(TEXTS)
def test_each_part_holds_what_it_may(text: str) -> None:
    found = segments(text)
    joined = 153 if found.encoding == "GSM-7" else 67
    alone = 160 if found.encoding == "GSM-7" else 70
    assert (found.count == 1) == (found.units <= alone)
    if found.count > 1:
        # A part loses one unit at most, to what does not fit whole.
        assert (found.count - 1) * (joined - 1) < found.units <= found.count * joined


def test_the_longest_thought_is_cut_in_no_time() -> None:
    began = time.monotonic()
    assert segments(message("я" * 8192, 10)).count == 10
    assert time.monotonic() - began < 15
