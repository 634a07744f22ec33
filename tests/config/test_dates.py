"""Calendar dates in words: dateparser's answers, checked."""

import subprocess
import sys
import warnings
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from later_tui.config.dates import calendar

BERLIN = ZoneInfo("Europe/Berlin")


def ms(*parts: int, zone: ZoneInfo = BERLIN) -> int:
    return round(datetime(*parts, tzinfo=zone).timestamp() * 1000)


NOW = ms(2026, 6, 10, 12)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24 dec", (2026, 12, 24)),
        ("Dec 24", (2026, 12, 24)),
        ("24. dec.", (2026, 12, 24)),
        ("24th of December", (2026, 12, 24)),
        ("the 3rd of march", (2027, 3, 3)),
        ("December 24th, 2030", (2030, 12, 24)),
        ("24 dec 2026", (2026, 12, 24)),
        ("2026 dec 24", (2026, 12, 24)),
        ("1 sept", (2026, 9, 1)),
        ("1 may", (2027, 5, 1)),
        ("9 jun", (2027, 6, 9)),
        ("10 jun", (2026, 6, 10)),
        ("29 feb", (2028, 2, 29)),
        ("3 march 1999", (1999, 3, 3)),
    ],
)
def test_a_day_and_a_month_are_the_next_such_day(text, day):
    assert calendar(text, NOW, BERLIN, False) == ms(*day)


def test_the_end_of_a_day_is_its_last_millisecond():
    assert calendar("24 dec", NOW, BERLIN, True) == ms(2026, 12, 25) - 1


def test_a_day_of_a_clock_change_has_23_hours():
    start, end = (calendar("28 march 2027", NOW, BERLIN, end) for end in (False, True))
    assert start is not None
    assert end is not None
    assert end + 1 - start == 23 * 3_600_000


def test_a_day_that_begins_at_one_begins_there():
    cairo = ZoneInfo("Africa/Cairo")  # clocks go from 0:00 to 1:00 on 25 April 2025
    assert calendar("25 apr 2025", NOW, cairo, False) == ms(2025, 4, 25, 1, zone=cairo)


def test_today_is_the_zone_s_today():
    late = ms(2026, 6, 10, 23)
    tokyo = ZoneInfo("Asia/Tokyo")  # already the 11th
    assert calendar("10 jun", late, BERLIN, False) == ms(2026, 6, 10)
    assert calendar("10 jun", late, tokyo, False) == ms(2027, 6, 10, zone=tokyo)


@pytest.mark.parametrize(
    "text",
    [
        "31 feb",
        "31st of february",
        "30 feb 2028",
        "29 feb 2027",
        "0 dec",
        "32 dec",
        "dec",
        "dec 2026",
        "24",
        "24 12 dec",
        "24 dec jan",
        "24 dec 2026 2027",
        "24 dec 26 26",
        "-3d",
        "3d",
        "3 days",
        "in 3 days",
        "tomorrow",
        "now",
        "5",
        "2026",
        "3/4",
        "24 dez",
        "24 dec at noon",
        "may the 4th be with you",
        "24 dec 0000",
        "24 dec 9999999",
        "",
        "   ",
        "²4 dec",
        "٢٤ dec",
    ],
)
def test_what_is_not_clearly_a_date_is_none(text):
    assert calendar(text, NOW, BERLIN, False) is None


@settings(max_examples=60, deadline=None)
@given(
    st.dates(date(2026, 6, 10), date(2036, 6, 10)),
    st.sampled_from(["%d %b %Y", "%B %d, %Y", "%d %B %Y", "%Y %b %d"]),
)
def test_every_day_of_ten_years_is_read_back(day, form):
    found = calendar(day.strftime(form), NOW, BERLIN, False)
    assert found == ms(day.year, day.month, day.day)


@settings(max_examples=100, deadline=None)
@given(st.text() | st.text("0123456789 ,.-thdecmay", max_size=14))
def test_any_text_is_a_moment_or_none(text):
    assert isinstance(calendar(text, NOW, BERLIN, True), int | None)


def test_no_warning_of_dateparser_leaks():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert calendar("25 dec", NOW, BERLIN, False) is not None


def test_a_text_that_cannot_be_a_date_does_not_load_dateparser():
    code = (
        "import sys; from zoneinfo import ZoneInfo; from later_tui.config.dates import calendar\n"
        "for text in ('orwell', '-3d', '24', 'dec', '24 dec later'):\n"
        "    assert calendar(text, 0, ZoneInfo('UTC'), False) is None\n"
        "assert 'dateparser' not in sys.modules\n"
        "assert calendar('24 dec', 0, ZoneInfo('UTC'), False)\n"
        "assert 'dateparser' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
