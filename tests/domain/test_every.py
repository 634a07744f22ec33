"""The next period of a series begins where the one before ended, and is never wholly past."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from later_tui.domain.duration import read_duration
from later_tui.domain.errors import WindowError
from later_tui.domain.hours import Hours
from later_tui.domain.plan import next_period, next_repeat
from later_tui.domain.window import Span, Window
from tests.domain.test_again import reminder
from tests.domain.test_plan import BERLIN, DAY, HOUR, NIGHTS, NOW, WEEKENDS, at


def test_a_period_begins_where_the_one_before_ended():
    weekly = reminder(Window(NOW - 7 * DAY, NOW + DAY), every="1w")
    assert next_period(weekly, NOW, BERLIN) == Window(NOW + DAY, NOW + 8 * DAY)


def test_of_a_period_that_has_begun_the_rest_is_left():
    weekly = reminder(Window(NOW - 9 * DAY, NOW - 2 * DAY), every="1w")
    assert next_period(weekly, NOW, BERLIN) == Window(NOW, NOW + 5 * DAY)


def test_a_period_that_ends_now_is_past():
    for weeks in range(20):
        end = NOW - weeks * 7 * DAY
        weekly = reminder(Window(end - 7 * DAY, end), every="1w")
        assert next_period(weekly, NOW, BERLIN) == Window(NOW, NOW + 7 * DAY)


def test_months_are_the_calendar_s_also_after_years_of_absence():
    monthly = reminder(Window(at("2020-01-03T12:00"), at("2020-02-10T18:00")), every="1mo")
    assert next_period(monthly, NOW, BERLIN) == Window(NOW, at("2027-06-10T18:00"))


def test_a_year_of_absence_from_a_minute_s_period_is_caught_up_at_once():
    busy = reminder(Window(NOW - 365 * DAY - 60_000, NOW - 365 * DAY), every="1m")
    assert next_period(busy, NOW + 1000, BERLIN) == Window(NOW + 1000, NOW + 60_000)


def test_the_period_after_one_that_was_put_off_is_a_whole_one():
    weekly = reminder(Window(NOW, NOW), every="1w")
    assert next_period(weekly, NOW, BERLIN) == Window(NOW, NOW + 7 * DAY)


@given(
    st.sampled_from(["1m", "90m", "1d", "1w", "1mo", "1y"]),
    st.integers(0, 2 * 10**12),
    st.integers(0, 10**11),
)
def test_the_next_period_is_the_first_that_is_not_wholly_past(every, end, absence):
    now = end + absence
    window = next_period(reminder(Window(end, end), every=every), now, BERLIN)
    length = read_duration(every)
    assert now <= window.not_before < window.not_after
    assert window.not_after <= length.after(now, BERLIN) + 3 * DAY
    assert window.length <= length.after(window.not_before, BERLIN) - window.not_before + 3 * DAY
    if every in ("1m", "90m", "1d", "1w"):
        assert (window.not_after - end) % length.ms == 0
        assert window.not_after - length.ms <= now


def test_a_period_that_is_all_quiet_is_passed_over():
    daily = reminder(Window(at("2027-06-04T00:00"), at("2027-06-05T00:00")), every="1d")
    window, spans, _ = next_repeat(daily, at("2027-06-04T12:00"), WEEKENDS)
    assert window == Window(at("2027-06-07T07:00"), at("2027-06-08T00:00"))
    assert spans == (Span(at("2027-06-07T07:00"), at("2027-06-07T22:00")),)


def test_a_repeat_is_drawn_from_the_hours_that_are_left():
    daily = reminder(Window(NOW - DAY, NOW), every="1d", between=Hours(480, 540))
    window, spans, _ = next_repeat(daily, NOW - HOUR, NIGHTS)
    assert window == Window(NOW, NOW + DAY)
    assert spans == (Span(at("2027-06-04T08:00"), at("2027-06-04T09:00")),)


def test_a_repeat_is_refused_only_where_no_hour_is_left():
    daily = reminder(Window(NOW - DAY, NOW), every="1d", between=Hours(1380, 120))
    with pytest.raises(WindowError, match="never outside the quiet hours"):
        next_repeat(daily, NOW, NIGHTS)
