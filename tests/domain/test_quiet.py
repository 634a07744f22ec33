from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from later_tui.domain.errors import WindowError
from later_tui.domain.hours import Hours
from later_tui.domain.quiet import Quiet, allowed
from later_tui.domain.window import Span, Window

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def utc(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1000


def changes(zone, first_year, last_year):
    """The days, ms UTC, in which the zone's distance from UTC changes."""
    day, last = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year, 1, 1, tzinfo=UTC)
    found = []
    while day < last:
        following = day + timedelta(days=1)
        if day.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            found.append(int(day.timestamp()) * 1000)
        day = following
    return found


def is_quiet(minute, quiet, between):
    """Ask the wall clock: the definition that `allowed` is held to."""
    wall = datetime.fromtimestamp(minute // 1000, quiet.zone)

    def inside(hours):
        now = wall.hour * 60 + wall.minute
        if hours.start < hours.stop:
            return hours.start <= now < hours.stop
        return now >= hours.start or now < hours.stop

    return (
        wall.weekday() in quiet.days
        or any(map(inside, quiet.hours))
        or (between is not None and not inside(between))
    )


def walk(window, quiet, between):
    """Every allowed minute of the window, found by looking at each."""
    spans = []
    for minute in range(window.not_before, window.not_after, MINUTE):
        if is_quiet(minute, quiet, between):
            continue
        if spans and spans[-1].stop == minute:
            spans[-1] = Span(spans[-1].start, minute + MINUTE)
        else:
            spans.append(Span(minute, minute + MINUTE))
    return tuple(spans)


NAMED = [
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Niue",
    "Pacific/Chatham",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Africa/Casablanca",
    "America/Havana",
    "America/Caracas",
    "Antarctica/Troll",
    "Asia/Pyongyang",
    "UTC",
]
ZONES = st.sampled_from(NAMED) | st.sampled_from(sorted(available_timezones()))
HOURS = (
    st.tuples(st.integers(0, 1440), st.integers(0, 1440))
    .filter(lambda ends: ends[0] != ends[1] and ends != (1440, 0))
    .map(lambda ends: Hours(*ends))
)
NIGHT_HOURS = (
    st.tuples(st.integers(0, 10), st.integers(0, 10))
    .filter(lambda ends: ends[0] != ends[1])
    .map(lambda ends: Hours(ends[0] * 30, ends[1] * 30))
)
_CHANGES = {}


@st.composite
def cases(draw):
    name = draw(ZONES)
    zone = ZoneInfo(name)
    if name not in _CHANGES:
        _CHANGES[name] = changes(zone, 1980, 2031)
    if _CHANGES[name] and draw(st.booleans()):
        start = draw(st.sampled_from(_CHANGES[name])) - draw(st.integers(0, 1500)) * MINUTE
    else:
        start = draw(st.integers(utc("1980-01-01") // MINUTE, utc("2037-01-01") // MINUTE)) * MINUTE
    quiet = Quiet(
        tuple(draw(st.lists(HOURS | NIGHT_HOURS, max_size=3))),
        draw(st.frozensets(st.integers(0, 6), max_size=3)),
        zone=zone,
    )
    between = draw(st.none() | HOURS | NIGHT_HOURS)
    return Window(start, start + draw(st.integers(1, 3 * 1440)) * MINUTE), quiet, between


@settings(max_examples=300, deadline=None)
@given(cases())
def test_what_is_allowed_is_what_the_wall_clock_says_minute_by_minute(case):
    assert allowed(*case) == walk(*case)


@settings(deadline=None)
@given(cases(), st.integers(0, DAY), st.integers(0, DAY))
def test_a_window_that_begins_or_ends_within_a_minute_is_cut_at_its_ms(case, later, earlier):
    window, quiet, between = case
    opens, closes = window.not_before + later, window.not_after - earlier
    if opens >= closes:
        return
    clipped = (
        Span(max(start, opens), min(stop, closes))
        for start, stop in allowed(window, quiet, between)
    )
    expected = tuple(span for span in clipped if span.start < span.stop)
    assert allowed(Window(opens, closes), quiet, between) == expected


@settings(max_examples=20, deadline=None)
@given(ZONES, st.integers(utc("1975-01-01"), utc("2050-01-01")), HOURS, HOURS | st.none())
def test_ten_years_of_days_are_cut_like_each_month_of_them(name, start, hours, between):
    quiet = Quiet((hours,), frozenset({6}), zone=ZoneInfo(name))
    whole = allowed(Window(start, start + 3650 * DAY), quiet, between)
    joined = []
    for month in range(0, 3650, 25):
        window = Window(start + month * DAY, start + (month + 25) * DAY)
        for span in allowed(window, quiet, between):
            if joined and joined[-1].stop == span.start:
                joined[-1] = Span(joined[-1].start, span.stop)
            else:
                joined.append(span)
    assert whole == tuple(joined)


@given(st.integers(), HOURS)
def test_an_exact_time_is_exact_though_it_is_quiet(moment, hours):
    quiet = Quiet((hours,), frozenset(range(7)), zone=ZoneInfo("Asia/Kathmandu"))
    assert allowed(Window(moment, moment), quiet) == (Span(moment, moment + 1),)


def test_without_quiet_hours_the_window_stays_whole():
    assert allowed(Window(5, 99), Quiet(zone=ZoneInfo("Europe/Berlin"))) == (Span(5, 99),)


def test_an_hour_that_the_clock_repeats_is_quiet_both_times():
    quiet = Quiet((Hours(120, 180),), zone=ZoneInfo("Europe/Berlin"))
    window = Window(utc("2027-10-30T22:00"), utc("2027-10-31T23:00"))
    assert window.length == 25 * HOUR
    assert allowed(window, quiet) == (
        Span(utc("2027-10-30T22:00"), utc("2027-10-31T00:00")),
        Span(utc("2027-10-31T02:00"), utc("2027-10-31T23:00")),
    )


def test_an_hour_asked_for_that_the_clock_repeats_is_open_both_times():
    quiet = Quiet(zone=ZoneInfo("America/New_York"))
    window = Window(utc("2027-11-07T00:00"), utc("2027-11-08T00:00"))
    assert allowed(window, quiet, Hours(60, 120)) == (
        Span(utc("2027-11-07T05:00"), utc("2027-11-07T07:00")),
    )


def test_a_quiet_stretch_may_begin_or_end_in_an_hour_that_the_clock_skips():
    zone = ZoneInfo("Europe/Berlin")
    window = Window(utc("2027-03-27T23:00"), utc("2027-03-28T22:00"))
    assert window.length == 23 * HOUR
    assert allowed(window, Quiet((Hours(150, 210),), zone=zone)) == (
        Span(window.not_before, utc("2027-03-28T01:00")),
        Span(utc("2027-03-28T01:30"), window.not_after),
    )
    assert allowed(window, Quiet((Hours(60, 150),), zone=zone)) == (
        Span(window.not_before, utc("2027-03-28T00:00")),
        Span(utc("2027-03-28T01:00"), window.not_after),
    )
    assert allowed(window, Quiet((Hours(130, 170),), zone=zone)) == (
        Span(window.not_before, window.not_after),
    )


def test_a_window_may_begin_or_end_within_the_second_of_a_change():
    quiet = Quiet((Hours(120, 180),), zone=ZoneInfo("Europe/Berlin"))
    skipped, repeated = utc("2027-03-28T01:00"), utc("2027-10-31T01:00")
    for ms in (-1001, -1000, -999, -1, 1, 999, 1000, 1001):
        early, late = Window(skipped - HOUR, skipped + ms), Window(skipped + ms, skipped + HOUR)
        assert allowed(early, quiet) == (Span(early.not_before, early.not_after),)
        assert allowed(late, quiet) == (Span(late.not_before, late.not_after),)
        assert allowed(Window(repeated - HOUR, repeated + ms), quiet) == ()
        assert allowed(Window(repeated + ms, repeated + HOUR), quiet) == ()


def test_lord_howe_turns_its_clock_by_half_an_hour():
    quiet = Quiet((Hours(90, 120),), zone=ZoneInfo("Australia/Lord_Howe"))
    window = Window(utc("2027-04-03T12:00"), utc("2027-04-04T00:00"))
    assert allowed(window, quiet) == (
        Span(utc("2027-04-03T12:00"), utc("2027-04-03T14:30")),
        Span(utc("2027-04-03T15:30"), utc("2027-04-04T00:00")),
    )


def test_samoa_had_no_friday_to_be_quiet_on():
    window = Window(utc("2011-12-29T10:00"), utc("2012-01-01T00:00"))
    zone = ZoneInfo("Pacific/Apia")
    assert allowed(window, Quiet((), frozenset({4}), zone=zone)) == (
        Span(window.not_before, window.not_after),
    )
    assert allowed(window, Quiet((), frozenset({3}), zone=zone)) == (
        Span(utc("2011-12-30T10:00"), window.not_after),
    )


def test_a_quiet_sunday_is_as_long_as_that_sunday():
    quiet = Quiet((), frozenset({6}), zone=ZoneInfo("Europe/Berlin"))
    for day, hours in (("2027-03-27", 23), ("2027-10-30", 25), ("2027-06-05", 24)):
        window = Window(utc(day), utc(day) + 3 * DAY)
        left = sum(stop - start for start, stop in allowed(window, quiet))
        assert window.length - left == hours * HOUR


def test_hours_that_cross_midnight_belong_to_the_day_on_which_they_fall():
    quiet = Quiet((), frozenset({5}), zone=ZoneInfo("UTC"))
    window = Window(utc("2027-06-04T12:00"), utc("2027-06-06T12:00"))
    assert allowed(window, quiet, Hours(22 * 60, 6 * 60)) == (
        Span(utc("2027-06-04T22:00"), utc("2027-06-05T00:00")),
        Span(utc("2027-06-06T00:00"), utc("2027-06-06T06:00")),
    )


def test_nothing_is_left_where_all_is_quiet():
    zone = ZoneInfo("UTC")
    assert allowed(Window(0 + DAY, 9 * DAY), Quiet((), frozenset(range(7)), zone=zone)) == ()
    assert allowed(Window(DAY, 9 * DAY), Quiet((Hours(0, 1440),), zone=zone)) == ()
    halves = Quiet((Hours(0, 720), Hours(720, 0)), zone=zone)
    assert allowed(Window(DAY, 9 * DAY), halves) == ()


@pytest.mark.parametrize(
    "ends", [(0, DAY), (utc("9990-01-01"), utc("9999-12-31")), (-(10**20), 10**20)]
)
def test_a_window_outside_the_calendar_is_refused(ends):
    with pytest.raises(WindowError, match="1970"):
        allowed(Window(*ends), Quiet((Hours(0, 1),), zone=ZoneInfo("UTC")))


def test_quiet_hours_say_themselves_in_words():
    zone = ZoneInfo("UTC")
    assert str(Quiet(zone=zone)) == "none"
    assert str(Quiet((Hours(1320, 420),), zone=zone)) == "22-7"
    night = Quiet((Hours(1320, 420), Hours(750, 780)), frozenset({6, 5}), zone=zone)
    assert str(night) == "22-7, 12:30-13, Saturday and Sunday"
    assert not Quiet(zone=zone)
    assert night


def test_a_day_of_the_week_that_does_not_exist_is_refused():
    with pytest.raises(ValueError):
        Quiet((), frozenset({7}), zone=ZoneInfo("UTC"))
