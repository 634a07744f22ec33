"""What is typed into a search means one thing, and finds what it says."""

from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from later_tui.domain.duration import read_duration
from later_tui.domain.errors import GrammarError
from later_tui.domain.fold import fold
from later_tui.domain.moment import wall
from later_tui.domain.query import IS
from later_tui.domain.query_text import read_query
from later_tui.domain.reading import Reading
from later_tui.domain.reminder import Delivery, Origin, Reminder, State
from later_tui.domain.window import Window

ZONE = ZoneInfo("Europe/Zurich")
DAY = 86_400_000
NOW = 1_795_000_000_000  # Wed 18 Nov 2026, 9:06 in Zurich
READING = Reading(NOW, ZONE, read_duration("2w"), lambda *_: None)

MUM = Reminder(
    id="mum",
    username="ada",
    text="call  Mum in\nZürich about the tip",
    channels=("desktop", "email"),
    window=Window(NOW, NOW + 3 * DAY),
    due_at=NOW + DAY,
    tags=("family", "Garden"),
    origin=Origin("mill", "~/src/later", NOW - DAY),
)


def finds(text: str, reminder: Reminder = MUM) -> bool:
    return read_query(text, READING).matches(reminder)


@pytest.mark.parametrize(
    "text",
    [
        *("", "  ", "mum", "MUM call", "um", "zurich", "ZÜRICH", "zu\u0308rich", "garden fam"),
        *('"mum in zurich"', '"call mum', '"ut the t" call', "#family", "#GARDEN #family"),
        *("!email", "!EMAIL", "!desktop !email", "is:upcoming", "from:MILL", "in:src"),
        *("before:4d", "after:2d", "after:today", "before:2026-11-30", 'before:"2026-11-30 18:00"'),
        *("-dad", "-#work", "-!sms", "-is:past", '-"mum about"', "mum -dad #family !email"),
        *("is:done,upcoming", "-is:done,failed", "-from:other", "-before:1d"),
    ],
)
def test_it_finds_what_is_said(text: str) -> None:
    assert finds(text)


@pytest.mark.parametrize(
    "text",
    [
        *("dad", "mum dad", '"mum call"', '"mum  zurich"', "#fam", "#mum", "!sms", "!mail"),
        *("is:past", "is:done", "is:late", "is:unanswered", "before:2d", "after:4d", "before:-1w"),
        *("before:2026-11-18", "from:other", "in:dst", "-mum", "-#family", "-!email"),
        *("-is:upcoming", '-"mum in"', "mum -zurich", "is:done,failed", "-before:4d"),
    ],
)
def test_it_finds_nothing_else(text: str) -> None:
    assert not finds(text)


@pytest.mark.parametrize(
    ("state", "names"),
    [
        (State.SCHEDULED, {"upcoming"}),
        (State.CLAIMED, {"upcoming"}),
        (State.SENDING, {"upcoming"}),
        (State.DELIVERED, {"past", "unanswered", "delivered"}),
        (State.FAILED, {"past", "unanswered", "failed"}),
        (State.UNKNOWN, {"past", "unanswered", "unknown"}),
        (State.DONE, {"past", "done"}),
        (State.RELEASED, {"past", "let-go"}),
    ],
)
def test_is_knows_every_state(state: State, names: set[str]) -> None:
    reminder = MUM._replace(state=state, settled_at=NOW)
    assert {name for name in IS if finds(f"is:{name}", reminder)} == names
    assert finds("is:released", reminder) is finds("is:let-go", reminder)


def test_late_is_what_was_sent_over_a_minute_late() -> None:
    for late, found in ((59_000, False), (60_001, True)):
        sent = Delivery("desktop", State.DELIVERED, sent_at=MUM.due_at + late)
        reminder = MUM._replace(state=State.DONE, settled_at=NOW, deliveries=(sent,))
        assert finds("is:late", reminder) is found
        assert finds("-is:late", reminder) is not found


def test_a_past_one_is_listed_under_when_it_was_settled() -> None:
    past = MUM._replace(state=State.DONE, settled_at=wall_(2026, 11, 10))
    assert finds("after:2026-11-10 before:2026-11-11", past)
    assert not finds("before:2026-11-10", past)
    assert not finds("after:2026-11-11", past)
    assert finds("after:-2w before:-1w", past)


def wall_(year: int, month: int, day: int) -> int:
    from datetime import date

    return wall(date(year, month, day), 0, ZONE)


def test_an_upcoming_one_does_not_give_its_moment_away() -> None:
    early, late = MUM._replace(due_at=NOW + 1), MUM._replace(due_at=NOW + 3 * DAY - 1)
    for text in ("before:1d", "after:1d", "before:2d", "after:2d", "before:4d", "after:4d"):
        assert finds(text, early) is finds(text, late)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("is:dome", "is:done, perhaps"),
        ("is:", "one of upcoming"),
        ("is:done,x", "not something a reminder can be"),
        ("before:", "a day or a time is missing"),
        ("after:soon", "-2w for two weeks ago"),
        ("before:next", "-2w"),
        ('after:"last week"', "different days to different people"),
    ],
)
def test_what_cannot_be_read_says_what_would_work(text: str, words: str) -> None:
    with pytest.raises(GrammarError) as raised:
        read_query(text, READING)
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_word_that_is_no_clause_is_a_word() -> None:
    colon = MUM._replace(text="note: see http://x/#1 and #2! in: the C# book")
    for text in ("note:", "http://x/#1", "#2!", "in:", "c#", "-", "- note"):
        assert finds(text, colon) or text.startswith("-"), text


@given(st.text())
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    with suppress(GrammarError):
        query = read_query(text, READING)
        query.matches(MUM)
        assert query.empty or text.strip()


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(text.upper()) == fold(text.lower().upper())
    assert "\n" not in folded
    assert "\t" not in folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zürich", "ZURICH"),
        ("Straße", "STRASSE"),
        ("ﬁne １２", "fine 12"),
        ("İstanbul", "istanbul"),
        ("Ώρα", "ωρα"),
        ("a\u00a0b\u2003c", "a b c"),
        ("寿司", "寿司"),
    ],
)
def test_case_accents_and_widths_make_no_difference(one: str, other: str) -> None:
    assert fold(one) == fold(other)
