import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from later_tui.domain.errors import BadInputError
from later_tui.domain.inert import MAX_TEXT_BYTES, check_text, inert, one_line

ANY_TEXT = st.text(alphabet=st.characters(codec=None, categories=None))
NASTY = st.text(
    alphabet="ab \t\r\n\x00\x07\x1b\x7f\x85\x9b\u200d\u200f\u2028\u2029\u202e\u2066\ufe0f"
    "\ufeff\ufff9\ud83d\ude00\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e007f\U000e0001🏽👍\u0301א"
)
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"

HARMLESS = [
    "call mum",
    "[/]",
    "buy [milk]",
    "[@click=app.quit]x[/]",
    "--help",
    "-w",
    "don't",
    "a & b < c",
    '<a href="https://example.org">x</a>',
    "<img src=file:///etc/passwd>",
    "$(id)",
    "%s",
    "=cmd()",
    "日本語のテキスト",
    "שלום, עולם",
    "مرحبا بالعالم",
    "a\u200fb\u200ec\u061c",
    "e\u0301 n\u0303 क्षि ก็",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "👩\u200d👩\u200d👧\u200d👦 🏳\ufe0f\u200d🌈 ❤\ufe0f ☎\ufe0e 👍🏽 🇸🇪 1\ufe0f\u20e3",
    ENGLAND,
    "two\nlines",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_people_write_stays_letter_for_letter(text):
    assert inert(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a\x00b", "ab"),
        ("\x1b]0;title\x07x", "]0;titlex"),
        ("\x1b]52;c;aGk=\x07", "]52;c;aGk="),
        ("\x1b[2Jx", "[2Jx"),
        ("\x9b2Jx\x9c", "2Jx"),
        ("a\x7fb", "ab"),
        ("a\tb", "a b"),
        ("x\r\nBcc: y", "x\nBcc: y"),
        ("x\ry", "x\ny"),
        ("x\n\ry", "x\n\ny"),
        ("a\x85b\u2028c\u2029d", "a\nb\nc\nd"),
        ("a\x0b\x0c\x1c\x1d\x1eb", "ab"),
        ("cod\u202egpj.exe", "codgpj.exe"),
        ("a\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069b", "ab"),
        ("a\u206a\u206fb", "ab"),
        ("a\ud83db\udc00", "ab"),
        ("a\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffffb", "ab"),
        ("\ufeffa", "a"),
        ("a\ufff9b\ufffac\ufffbd", "abcd"),
        ("hi\U000e0001\U000e0068\U000e0069", "hi"),
        ("\U0001f3f4\U000e0067\U000e0062", "\U0001f3f4"),
        (ENGLAND + "\U000e0068\U000e007f", ENGLAND),
        ("x\U000e0067\U000e0062\U000e0065\U000e007f", "x"),
    ],
)
def test_what_acts_or_deceives_goes(text, left):
    assert inert(text) == left


@given(ANY_TEXT | NASTY)
def test_inert_text_has_nothing_left_that_acts(text):
    left = inert(text)
    assert all(
        char == "\n" or unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp") for char in left
    )
    assert not {unicodedata.bidirectional(char) for char in left} & {
        *("LRE", "RLE", "LRO", "RLO", "PDF"),
        *("LRI", "RLI", "FSI", "PDI"),
    }
    left.encode()
    assert left.split("\n") == left.splitlines() + ([""] if left == "" or left[-1] == "\n" else [])


@given(ANY_TEXT | NASTY)
def test_inert_text_stays_as_it_is(text):
    assert inert(inert(text)) == inert(text)
    assert one_line(one_line(text)) == one_line(text)
    assert one_line(inert(text)) == one_line(text)


@given(ANY_TEXT | NASTY)
def test_one_line_has_one_line(text):
    assert "\n" not in one_line(text)
    assert one_line(text).split() == inert(text).split()


def test_line_breaks_become_one_space():
    assert one_line("a \r\n\r\n\u2028  b\n") == "a b"
    assert one_line("a  b ") == "a  b "


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\t \r\n",
        "\x00\x1b",
        "\u200b\u200d",
        "\u200f",
        "\u3000\xa0",
        "\u3164",
        "\ufe0f",
        "\u2800",
    ],
)
def test_a_thought_that_shows_nothing_is_refused(text):
    with pytest.raises(BadInputError, match="empty"):
        check_text(text)


def test_the_longest_thought_is_kept_and_one_byte_more_is_refused_with_the_limit():
    assert check_text("é" * (MAX_TEXT_BYTES // 2)) == "é" * (MAX_TEXT_BYTES // 2)
    for text in ("é" * (MAX_TEXT_BYTES // 2) + "a", "x" * 1_000_000, "\u200b" * 1_000_000):
        with pytest.raises(BadInputError, match="16,384"):
            check_text(text)


@given(ANY_TEXT | NASTY)
def test_what_is_kept_is_kept_the_same_a_second_time(text):
    try:
        kept = check_text(text)
    except BadInputError:
        return
    assert check_text(kept) == kept
