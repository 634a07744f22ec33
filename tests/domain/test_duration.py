"""Lengths of time: every unit of the grammar, and a sentence for all else."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from later_tui.domain.duration import DAY, HOUR, MAX_MS, MINUTE, WEEK, Duration, read_duration
from later_tui.domain.errors import GrammarError

BERLIN = ZoneInfo("Europe/Berlin")


def ms(*parts: int, zone: ZoneInfo | None = None) -> int:
    return round(datetime(*parts, tzinfo=zone or UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20s", Duration(ms=20_000)),
        ("0.5s", Duration(ms=500)),
        ("20m", Duration(ms=20 * MINUTE)),
        ("3h", Duration(ms=3 * HOUR)),
        ("3d", Duration(ms=3 * DAY)),
        ("2w", Duration(ms=2 * WEEK)),
        ("1mo", Duration(months=1)),
        ("10y", Duration(months=120)),
        ("1.5y", Duration(months=18)),
        ("1h30m", Duration(ms=90 * MINUTE)),
        ("1h 30m", Duration(ms=90 * MINUTE)),
        ("1 hour and 30 minutes", Duration(ms=90 * MINUTE)),
        ("1.5h", Duration(ms=90 * MINUTE)),
        ("90 min", Duration(ms=90 * MINUTE)),
        ("2 Weeks", Duration(ms=2 * WEEK)),
        ("two days", Duration(ms=2 * DAY)),
        ("Two Days", Duration(ms=2 * DAY)),
        ("a week", Duration(ms=WEEK)),
        ("an hour", Duration(ms=HOUR)),
        ("half an hour", Duration(ms=30 * MINUTE)),
        ("half a day", Duration(ms=12 * HOUR)),
        ("one month", Duration(months=1)),
        ("1y2mo3d", Duration(months=14, ms=3 * DAY)),
        ("PT36H", Duration(ms=36 * HOUR)),
        ("P1W", Duration(ms=WEEK)),
        ("P1Y2M3DT4H5M6S", Duration(14, 3 * DAY + 4 * HOUR + 5 * MINUTE + 6000)),
        ("PT0.5H", Duration(ms=30 * MINUTE)),
        ("  3d ", Duration(ms=3 * DAY)),
        ("0003d", Duration(ms=3 * DAY)),
        ("3653d", Duration(ms=MAX_MS)),
    ],
)
def test_every_way_to_write_a_length_is_read(text, expected):
    assert read_duration(text) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "missing"),
        (" \t\u00a0", "missing"),
        ("0", "no time at all"),
        ("0.0", "no time at all"),
        ("0d", "no time at all"),
        ("0h0m", "no time at all"),
        ("0.0001s", "no time at all"),
        ("PT0S", "no time at all"),
        ("-1h", "past"),
        ("\u22121h", "past"),
        ("-", "past"),
        ("+1h", "not a length"),
        ("1e309", "plain number"),
        ("1e309s", "plain number"),
        ("1e3d", "plain number"),
        ("nan", "plain number"),
        ("NaN", "plain number"),
        ("inf", "plain number"),
        ("-inf", "plain number"),
        ("Infinity", "plain number"),
        ("10000y", "over 10 years"),
        ("11y", "over 10 years"),
        ("121mo", "over 10 years"),
        ("3654d", "over 10 years"),
        ("10y1s", "over 10 years"),
        ("9223372036854775808s", "over 10 years"),
        ("9" * 5000 + "s", "over 10 years"),
        ("P99999999999Y", "over 10 years"),
        ("1h1h", "twice"),
        ("30m1h", "small one first"),
        ("1.5.2h", "not a length"),
        ("1,5h", "not a length"),
        (".5h", "not a length"),
        ("1ms", '"ms"'),
        ("3 dasy", '"dasy"'),
        ("3D", '"D"'),
        ("1M", '"M"'),
        ("20", "20m, 20h or 20d"),
        ("1h30", "30m, 30h or 30d"),
        ("1.5mo", "45d"),
        ("P", "not a length"),
        ("PT", "not a length"),
        ("P1DT", "not a length"),
        ("PT1.2.3H", "not a length"),
        ("fri", "not a length"),
        ("two", "not a length"),
        ("zero days", "not a length"),
        ("d3", "not a length"),
        ("٣d", "not a length"),
        ("0x10d", '"x"'),
    ],
)
def test_a_bad_length_is_refused_with_what_would_work(text, says):
    with pytest.raises(GrammarError) as caught:
        read_duration(text)
    sentence = str(caught.value)
    assert says in sentence
    assert "write" in sentence
    assert len(sentence) < 200
    assert "\n" not in sentence


def durations():
    months = st.integers(0, 119)
    return st.builds(Duration, months, st.integers(0, MAX_MS // 120)).filter(
        lambda duration: duration != Duration()
    )


@given(durations())
def test_what_is_written_is_read_back(duration):
    assert read_duration(str(duration)) == duration


@given(st.integers(1, MAX_MS))
def test_every_number_of_milliseconds_is_read_back(length):
    assert read_duration(str(Duration(ms=length))) == Duration(ms=length)


@pytest.mark.parametrize(
    ("duration", "written"),
    [
        (Duration(ms=3 * DAY), "3d"),
        (Duration(ms=9 * DAY), "9d"),
        (Duration(ms=14 * DAY), "2w"),
        (Duration(ms=90 * MINUTE), "1h30m"),
        (Duration(months=1), "1mo"),
        (Duration(months=14), "1y2mo"),
        (Duration(ms=20_000), "20s"),
        (Duration(ms=1_050), "1.05s"),
        (Duration(), "0s"),
    ],
)
def test_the_written_form_is_the_short_one(duration, written):
    assert str(duration) == written


@given(st.text() | st.text("0123456789.-+eEPTYMWDHSadhmosnify ", max_size=12))
def test_any_text_is_a_length_or_a_grammar_error(text):
    try:
        duration = read_duration(text)
    except GrammarError:
        return
    assert 0 < duration.months * MAX_MS + duration.ms * 120 <= 120 * MAX_MS


def test_a_negative_length_cannot_be_made():
    with pytest.raises(ValueError):
        Duration(ms=-1)
    with pytest.raises(ValueError):
        Duration(months=-1)


def test_months_keep_the_wall_clock_across_daylight_saving():
    assert Duration(months=1).after(ms(2026, 3, 15, 12, zone=BERLIN), BERLIN) == ms(
        2026, 4, 15, 12, zone=BERLIN
    )


def test_days_are_24_hours_across_daylight_saving():
    assert Duration(ms=DAY).after(ms(2026, 3, 28, 12, zone=BERLIN), BERLIN) == ms(
        2026, 3, 29, 13, zone=BERLIN
    )


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ((2026, 1, 31, 8), 1, (2026, 2, 28, 8)),
        ((2028, 1, 31, 8), 1, (2028, 2, 29, 8)),
        ((2028, 2, 29, 8), 12, (2029, 2, 28, 8)),
        ((2026, 12, 31, 8), 2, (2027, 2, 28, 8)),
        ((2026, 11, 30, 8), 1, (2026, 12, 30, 8)),
        ((2026, 12, 1, 8), 120, (2036, 12, 1, 8)),
    ],
)
def test_a_month_ends_on_the_last_day_of_a_shorter_one(start, months, end):
    begin = ms(*start, zone=BERLIN) + 7
    assert Duration(months).after(begin, BERLIN) == ms(*end, zone=BERLIN) + 7


def test_a_wall_time_that_is_skipped_moves_forward():
    # 2:30 on 29 March 2026 does not exist in Berlin: the clocks go from 2:00 to 3:00.
    start = ms(2026, 1, 29, 2, 30, zone=BERLIN)
    assert Duration(months=2).after(start, BERLIN) == ms(2026, 3, 29, 3, 30, zone=BERLIN)


@given(durations(), st.integers(ms(1990, 1, 1), ms(2090, 1, 1)))
def test_a_length_from_now_is_always_later(duration, now):
    assert duration.after(now, BERLIN) > now
