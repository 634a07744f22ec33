from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from later_tui.domain.reminder import Origin
from later_tui.domain.times import TimeFormat
from later_tui.domain.window import Span, Window
from later_tui.domain.wording import before, when
from later_tui.ui import wording
from tests.ui.stage import DAY, HOUR, MINUTE, NOW, ZONE


def test_a_window_is_read_back_with_its_length_and_its_end() -> None:
    chip = wording.window_chip(Window(NOW, NOW + 3 * DAY), NOW, ZONE)
    assert chip == "within 3 days, before Fri 27 Nov 09:10"
    exact = NOW + 20 * MINUTE
    assert wording.window_chip(Window(exact, exact), NOW, ZONE) == "at Tue 24 Nov 09:30"
    later = wording.window_chip(Window(NOW + DAY, NOW + 3 * DAY), NOW, ZONE)
    assert later == "after Wed 25 Nov 09:10, before Fri 27 Nov 09:10"


def test_a_window_until_the_end_of_a_day_is_by_that_day_wherever_it_is_said() -> None:
    end = int(datetime(2026, 11, 28, tzinfo=ZONE).timestamp() * 1000)
    for to in (end, end - 1):
        window = Window(NOW, to)
        assert wording.window_chip(window, NOW, ZONE).endswith(", by Fri 27 Nov")
        assert when(window, NOW, ZONE) == "some time by Fri 27 Nov"
        assert before(window, NOW, ZONE) == "by Fri"


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (20_000, ""),
        (10 * MINUTE, "10 % within a minute"),
        (30 * MINUTE, "33 % within 10 minutes"),
        (8 * HOUR, "12 % within the hour"),
        (3 * DAY, "54 % by tomorrow"),
        (14 * DAY, "54 % within a week"),
        (60 * DAY, "51 % within a month"),
        (365 * DAY, "25 % within 3 months"),
    ],
)
def test_the_odds_that_are_told_are_those_that_tell_something(length: int, words: str) -> None:
    line = wording.odds_line((Span(NOW, NOW + length),), NOW, ZONE)
    assert line == words


def test_the_odds_never_say_never_or_always() -> None:
    for minutes in range(1, 3000, 7):
        line = wording.odds_line((Span(NOW, NOW + minutes * MINUTE),), NOW, ZONE)
        if line:
            assert 5 <= int(line.split()[0]) <= 95


def test_days_are_today_yesterday_and_then_dates() -> None:
    days = [wording.day(NOW - back * DAY, NOW, ZONE) for back in (0, 1, 2, 299, 400)]
    assert days == ["today", "yesterday", "Sun 22 Nov", "Thu 29 Jan", "20 Oct 2025"]


def test_a_day_in_short_is_today_or_a_date() -> None:
    days = [wording.short_day(NOW - back * DAY, NOW, ZONE) for back in (0, 1, 400)]
    assert days == ["today", "23 Nov", "20 Oct 2025"]


def test_midnight_is_that_of_the_zone() -> None:
    late = int(datetime(2026, 11, 23, 23, 30, tzinfo=ZONE).timestamp() * 1000)
    assert wording.day(late, NOW, ZONE) == "yesterday"
    assert wording.day(late, NOW, ZoneInfo("Asia/Tokyo")) == "today"


def test_a_postmark_says_when_and_where_and_names_another_host() -> None:
    origin = Origin("mill", "~/src/foo", NOW - 19 * DAY)
    assert wording.postmark(origin, NOW, "mill") == "from you, 19 days ago, in ~/src/foo"
    assert wording.postmark(origin, NOW, "x").endswith("in ~/src/foo on mill")
    assert wording.postmark(Origin("", "", NOW + DAY), NOW, "mill") == "from you, just now"
    assert wording.kept_text(origin, NOW) == "kept 19 days ago"
    assert wording.folder_text(origin) == "~/src/foo"


@pytest.mark.parametrize(
    ("every", "words"),
    [
        ("1w", "every week"),
        ("3d", "every 3 days"),
        ("1mo", "every month"),
        ("2mo", "every 2mo"),
        ("?", "every ?"),
    ],
)
def test_a_period_is_said_in_words(every: str, words: str) -> None:
    assert wording.every_text(every) == words


def test_a_week_ends_as_it_does_where_the_person_lives() -> None:
    """NOW is a Tuesday."""
    span = Span(NOW, NOW + 9 * DAY)
    assert wording.odds_line((span,), NOW, ZONE) == "62 % by Sunday"
    assert wording.odds_line((span,), NOW, ZONE, TimeFormat(week_starts=6)) == "51 % by Saturday"
    assert wording.odds_line((span,), NOW, ZONE, TimeFormat(week_starts=5)) == "40 % by Friday"


def test_a_window_is_read_back_in_twelve_hours() -> None:
    chip = wording.window_chip(Window(NOW, NOW + 3 * DAY), NOW, ZONE, TimeFormat(twelve=True))
    assert chip == "within 3 days, before Fri 27 Nov 9:10am"


def test_a_day_that_no_date_can_be_is_the_nearest_that_can() -> None:
    assert wording.day(10**17, NOW, ZONE).endswith("9999")
    assert wording.day(-(10**17), NOW, ZONE).endswith("1970")
