"""The quick-add grammar: what holds for any text whatever."""

from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from later_tui.domain.daybefore import day_before
from later_tui.domain.duration import DAY, WEEK, Duration
from later_tui.domain.errors import GrammarError
from later_tui.domain.grammar import Reading, quote, read
from later_tui.domain.window import Window
from later_tui.domain.words import KEYWORDS
from tests.domain.lines import BERLIN, CHANNELS, NOW, OWN, ms

PIECES = [*KEYWORDS, "x3", "x0", "#a", "!sms", "--", "\\#a", "3d", "-1h", "nan", "18:00", "6", "pm"]
PIECES += [
    "fri",
    "24",
    "dec",
    "feb",
    "31",
    "9-18",
    "and",
    "the",
    "next",
    "week",
    "a",
    "half",
    "P1D",
]
PIECES += ["mum", "—", "é", "2026-12-24", "9999-12-31", "0001-01-01T00:00+14:00", ",", "\u2028"]


def words():
    return st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=12).map(" ".join)


def some_calendar(text: str, now: int, zone: ZoneInfo, end_of_day: bool) -> int | None:
    return None if "31" in text else now + (len(text) - 6) * DAY + end_of_day


QUICK = Reading(NOW, BERLIN, Duration(ms=2 * WEEK), some_calendar, CHANNELS)


@given(st.text() | words())
@example("x" * 20_000)
@example("#a " * 300)
def test_any_line_is_a_draft_or_a_grammar_error(line):
    try:
        draft = read(line, QUICK)
    except GrammarError:
        return
    assert draft.text
    assert draft.text == draft.text.strip()
    assert draft.window.not_after >= NOW
    stop = 0
    for clause in draft.clauses:
        assert stop <= clause.start < clause.stop <= len(line)
        assert line[clause.start : clause.stop] == clause.source
        stop = clause.stop
    if "\\" not in line:
        assert draft.text in line


@given(st.text())
def test_any_text_without_keywords_is_kept_letter_for_letter(text):
    plain = not any(word.lower() in KEYWORDS or word[0] in "#!x-\\" for word in text.split())
    if plain and text.strip():
        draft = read(text, OWN)
        assert (draft.text, draft.clauses) == (text.strip(), ())


def ends_with_a_day(text: str) -> bool:
    try:
        return day_before(text.split(), "18:00").taken > 0
    except GrammarError:
        return True


@given(st.text() | words())
def test_clauses_after_a_quoted_text_leave_it_alone(text):
    if text.strip() and not ends_with_a_day(text):  # it goes with the time
        draft = read(quote(text, QUICK) + " at 18:00 #x", QUICK)
        assert (draft.text, draft.tags) == (text.strip(), ("x",))
        assert draft.window == Window(ms(2026, 6, 10, 18), ms(2026, 6, 10, 18))


@given(st.text() | words())
@example("be there in 5")
@example("a --")
@example("say \\#hello")
def test_a_quoted_text_is_read_as_itself(text):
    if text.strip():
        draft = read(quote(text, QUICK), QUICK)
        assert (draft.text, draft.clauses) == (text.strip(), ())
