"""Words for times are true: a window is never said to end before it does."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from later_tui.domain.daytime import read_clock
from later_tui.domain.times import H24, TimeFormat
from later_tui.domain.window import Window
from later_tui.domain.wording import ago, before, lateness, moment, span_text, when

BERLIN = ZoneInfo("Europe/Berlin")


def at(*parts: int) -> int:
    return round(datetime(*parts, tzinfo=BERLIN).timestamp() * 1000)  # type: ignore[arg-type]


NOW = at(2026, 11, 24, 8, 10)


@pytest.mark.parametrize(
    ("end", "short", "full"),
    [
        (at(2026, 11, 24, 8, 10, 20), "before 08:10:20", "some time before Tue 24 Nov 08:10:20"),
        (at(2026, 11, 24, 18, 40), "before 18:40", "some time before Tue 24 Nov 18:40"),
        (at(2026, 11, 25), "today", "some time by Tue 24 Nov"),
        (at(2026, 11, 25, 18, 40), "before Wed 18:40", "some time before Wed 25 Nov 18:40"),
        (at(2026, 11, 26), "by Wed", "some time by Wed 25 Nov"),
        (at(2026, 11, 26, 18, 40), "before Fri", "some time before Thu 26 Nov 18:40"),
        (at(2026, 11, 27) - 1, "by Thu", "some time by Thu 26 Nov"),
        (at(2026, 12, 1), "this month", "some time by Mon 30 Nov"),
        (at(2026, 12, 8, 9), "before 9 Dec", "some time before Tue 8 Dec 09:00"),
        (at(2026, 12, 5), "by 4 Dec", "some time by Fri 4 Dec"),
        (at(2027, 3, 1), "by 28 Feb", "some time by Sun 28 Feb 2027"),
        (at(2027, 9, 19), "by 18 Sep", "some time by Sat 18 Sep 2027"),
        (at(2027, 9, 20), "by 19 Sep", "some time by Sun 19 Sep 2027"),
        (at(2027, 9, 21), "by 20 Sep 2027", "some time by Mon 20 Sep 2027"),
        (NOW - 1, "overdue", "some time before Tue 24 Nov 08:10"),
    ],
)
def test_a_window_is_worded_by_its_end(end: int, short: str, full: str) -> None:
    window = Window(min(NOW, end) - 1, end)
    assert before(window, NOW, BERLIN) == short
    assert when(window, NOW, BERLIN) == full


def test_an_exact_time_is_said_exactly() -> None:
    exact = Window(at(2026, 11, 26, 18), at(2026, 11, 26, 18))
    assert before(exact, NOW, BERLIN) == "at Thu 18:00"
    assert when(exact, NOW, BERLIN) == "at Thu 26 Nov 18:00"
    over = Window(NOW - 61_000, NOW - 61_000)
    assert before(over, NOW, BERLIN) == "overdue"
    soon = Window(NOW + 20_000, NOW + 20_000)
    assert before(soon, NOW, BERLIN) == "at 08:10:20"


def test_a_window_that_has_not_begun_says_when_it_does() -> None:
    window = Window(at(2026, 11, 26), at(2026, 11, 28))
    assert when(window, NOW, BERLIN) == "some time after Thu 26 Nov 00:00, by Fri 27 Nov"


@given(st.integers(-(10**18), 10**18), st.integers(0, 10**18), st.integers(-(10**15), 10**15))
def test_any_number_has_words(start: int, length: int, now: int) -> None:
    window = Window(start, start + length)
    for words in (before(window, now, BERLIN), when(window, now, BERLIN)):
        assert words.isprintable()
    assert moment(start, now, BERLIN)


@pytest.mark.parametrize(
    ("ms", "length", "since", "late"),
    [
        (0, "a moment", "just now", "on time"),
        (3_000, "3 seconds", "just now", "3 s late"),
        (90_000, "1 minute 30 seconds", "1 min ago", "1 min late"),
        (5_400_000, "1 hour 30 minutes", "1 h ago", "1 h late"),
        (86_400_000, "1 day", "1 day ago", "1 day late"),
        (19 * 86_400_000, "19 days", "19 days ago", "19 days late"),
        (14 * 86_400_000, "2 weeks", "14 days ago", "14 days late"),
        (365 * 86_400_000, "365 days", "12 months ago", "12 months late"),
    ],
)
def test_lengths_have_words(ms: int, length: str, since: str, late: str) -> None:
    assert (span_text(ms), ago(ms), lateness(ms)) == (length, since, late)


def test_a_delivery_before_its_time_would_be_called_early() -> None:
    assert lateness(-3_000) == "3 s early"


def test_a_clock_of_twelve_hours_is_said_as_people_say_it() -> None:
    form = TimeFormat(twelve=True)
    said = [form.clock(hour, 5) for hour in (0, 1, 11, 12, 13, 23)]
    assert said == ["12:05am", "1:05am", "11:05am", "12:05pm", "1:05pm", "11:05pm"]
    assert form.clock(18, 40, 9) == "6:40:09pm"
    assert [H24.clock(0, 5), H24.clock(18, 40), H24.clock(18, 40, 9)] == [
        *("00:05", "18:40", "18:40:09"),
    ]


@pytest.mark.parametrize(
    ("end", "short", "full"),
    [
        (at(2026, 11, 24, 8, 10, 20), "before 8:10:20am", "some time before Tue 24 Nov 8:10:20am"),
        (at(2026, 11, 25, 18, 40), "before Wed 6:40pm", "some time before Wed 25 Nov 6:40pm"),
        (at(2026, 11, 26), "by Wed", "some time by Wed 25 Nov"),
    ],
)
def test_a_window_is_worded_in_twelve_hours(end: int, short: str, full: str) -> None:
    form, window = TimeFormat(twelve=True), Window(NOW - 1, end)
    assert before(window, NOW, BERLIN, form) == short
    assert when(window, NOW, BERLIN, form) == full
    exact = Window(end, end)
    assert moment(end, NOW, BERLIN, form) in when(exact, NOW, BERLIN, form)


@given(st.integers(0, 23), st.integers(0, 59), st.booleans())
def test_the_grammar_reads_a_clock_as_it_is_written(hour: int, minute: int, twelve: bool) -> None:
    assert read_clock(TimeFormat(twelve).clock(hour, minute)) == hour * 60 + minute
