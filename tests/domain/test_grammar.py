"""The quick-add grammar: what each clause means, across clock changes too."""

import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from later_tui.domain.duration import DAY, HOUR, MINUTE, WEEK, Duration
from later_tui.domain.grammar import Draft, Reading, read
from later_tui.domain.hours import Hours
from later_tui.domain.window import Window
from tests.domain.lines import BERLIN, NOW, OWN, READING, ms, no_calendar


def test_a_thought_alone_comes_back_within_the_default_window():
    assert read("call mum", OWN) == Draft(text="call mum", window=Window(NOW, NOW + 2 * WEEK))


@pytest.mark.parametrize(
    ("clauses", "start", "stop"),
    [
        ("within 3d", NOW, NOW + 3 * DAY),
        ("within 20s", NOW, NOW + 20_000),
        ("within two days", NOW, NOW + 2 * DAY),
        ("Within 90 min", NOW, NOW + 90 * MINUTE),
        ("within PT36H", NOW, NOW + 36 * HOUR),
        ("within 1mo", NOW, ms(2026, 7, 10, 12)),
        ("within 10y", NOW, ms(2036, 6, 10, 12)),
        ("after 2d within 2w", NOW + 2 * DAY, NOW + 2 * WEEK),
        ("within 2w after 2d", NOW + 2 * DAY, NOW + 2 * WEEK),
        ("after 2d", NOW + 2 * DAY, NOW + 2 * DAY + 2 * WEEK),
        ("after fri", ms(2026, 6, 12), ms(2026, 6, 26)),
        ("after 18:00", ms(2026, 6, 10, 18), ms(2026, 6, 24, 18)),
        ("after 6pm by fri", ms(2026, 6, 10, 18), ms(2026, 6, 13) - 1),
        ("after mon at 9:00 by wed at 6pm", ms(2026, 6, 15, 9), ms(2026, 6, 17, 18)),
        ("by fri", NOW, ms(2026, 6, 13) - 1),
        ("by Friday", NOW, ms(2026, 6, 13) - 1),
        ("by today", NOW, ms(2026, 6, 11) - 1),
        ("by tonight", NOW, ms(2026, 6, 11) - 1),
        ("by tomorrow 9am", NOW, ms(2026, 6, 11, 9)),
        ("by wed", NOW, ms(2026, 6, 18) - 1),
        ("by 18:00", NOW, ms(2026, 6, 10, 18)),
        ("by noon", NOW, ms(2026, 6, 11, 12)),
        ("by 24 dec", NOW, ms(2026, 12, 25) - 1),
        ("by 24 dec 18:00", NOW, ms(2026, 12, 24, 18)),
        ("by 24 dec at 18:00", NOW, ms(2026, 12, 24, 18)),
        ("by the 24th of december", NOW, ms(2026, 12, 25) - 1),
        ("after 24 dec by 1 jan 2027", ms(2026, 12, 24), ms(2027, 1, 2) - 1),
        ("by 2026-12-24", NOW, ms(2026, 12, 25) - 1),
        ("by 2026-12-24 18:00", NOW, ms(2026, 12, 24, 18)),
        ("by 2026-12-24T18:00:30", NOW, ms(2026, 12, 24, 18, 0, 30)),
    ],
)
def test_a_window_lies_between_the_moments_of_its_clauses(clauses, start, stop):
    draft = read(f"call mum {clauses}", READING)
    assert (draft.text, draft.window) == ("call mum", Window(start, stop))


@pytest.mark.parametrize(
    ("clauses", "moment"),
    [
        ("in 20m", NOW + 20 * MINUTE),
        ("in half an hour", NOW + 30 * MINUTE),
        ("in 1mo", ms(2026, 7, 10, 12)),
        ("at 18:00", ms(2026, 6, 10, 18)),
        ("at 6pm", ms(2026, 6, 10, 18)),
        ("at 6:30 PM", ms(2026, 6, 10, 18, 30)),
        ("at 12am", ms(2026, 6, 11)),
        ("at midnight", ms(2026, 6, 11)),
        ("at 24:00", ms(2026, 6, 11)),
        ("at 11:59", ms(2026, 6, 11, 11, 59)),
        ("at 12:00", ms(2026, 6, 11, 12)),
        ("on fri", ms(2026, 6, 12, 9)),
        ("on fri 18:00", ms(2026, 6, 12, 18)),
        ("on fri at 18:00", ms(2026, 6, 12, 18)),
        ("at 18:00 on fri", ms(2026, 6, 12, 18)),
        ("tomorrow at 18:00", ms(2026, 6, 11, 18)),
        ("Fri at 6pm", ms(2026, 6, 12, 18)),
        ("friday at 18:00 #x", ms(2026, 6, 12, 18)),
        ("at fri 18:00", ms(2026, 6, 12, 18)),
        ("at 18:00 fri", ms(2026, 6, 12, 18)),
        ("on fri 24:00", ms(2026, 6, 13)),
        ("on tomorrow at noon", ms(2026, 6, 11, 12)),
        ("on today at 18:00", ms(2026, 6, 10, 18)),
        ("on 10 jun at 18:00", ms(2026, 6, 10, 18)),
        ("on 24 dec", ms(2026, 12, 24, 9)),
        ("on dec 24 6pm", ms(2026, 12, 24, 18)),
        ("at 2026-12-24T17:00Z", ms(2026, 12, 24, 18)),
        ("at 2026-12-24T17:00+00:00", ms(2026, 12, 24, 18)),
    ],
)
def test_in_at_and_on_are_exact(clauses, moment):
    draft = read(f"check oven {clauses}", READING)
    assert (draft.text, draft.window) == ("check oven", Window(moment, moment))


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("9-18", Hours(540, 1080)),
        ("22-6", Hours(1320, 360)),
        ("9:30-18", Hours(570, 1080)),
        ("9 - 18", Hours(540, 1080)),
        ("9–18", Hours(540, 1080)),
        ("9 and 18", Hours(540, 1080)),
        ("9 to 18", Hours(540, 1080)),
        ("9am-5pm", Hours(540, 1020)),
        ("9 am and 5 pm", Hours(540, 1020)),
        ("12am-12pm", Hours(0, 720)),
        ("18-24", Hours(1080, 1440)),
        ("24-6", Hours(0, 360)),
        ("0-24", Hours(0, 1440)),
    ],
)
def test_between_limits_the_hours_of_the_day(words, hours):
    draft = read(f"stretch between {words} within 2d", OWN)
    assert (draft.text, draft.between) == ("stretch", hours)


@pytest.mark.parametrize("hours", [Hours(540, 1080), Hours(1350, 360), Hours(0, 1440)])
def test_hours_are_read_back_as_they_are_written(hours):
    assert read(f"stretch between {hours}", OWN).between == hours


@pytest.mark.parametrize(
    ("words", "period", "length"),
    [
        ("every day", "1d", DAY),
        ("every week", "1w", WEEK),
        ("every 2w", "2w", 2 * WEEK),
        ("every other week", "2w", 2 * WEEK),
        ("every 10 days", "10d", 10 * DAY),
        ("every month", "1mo", 30 * DAY),
        ("every year", "1y", 365 * DAY),
        ("Every Hour", "1h", HOUR),
    ],
)
def test_every_opens_a_first_window_of_one_period(words, period, length):
    draft = read(f"water plants {words}", OWN)
    assert (draft.text, draft.every) == ("water plants", period)
    assert draft.window == Window(NOW, NOW + length)


def test_every_may_begin_later():
    assert read("tea every week after mon", OWN).window == Window(ms(2026, 6, 15), ms(2026, 6, 22))


def test_a_count_asks_for_several_draws():
    draft = read("idea x3 within 1w", OWN)
    assert (draft.text, draft.count) == ("idea", 3)
    assert read("idea x100", OWN).count == 100


def test_tags_and_channels_stand_anywhere_at_the_end_in_their_order():
    draft = read("a thought #family !email within 3d #Größe via sms !email #FAMILY", OWN)
    assert draft.text == "a thought"
    assert draft.tags == ("family", "Größe")
    assert draft.channels == ("email", "sms")
    assert read("x via email,sms", OWN).channels == ("email", "sms")


def test_a_channel_that_there_is_may_be_written_in_capitals():
    assert read("x !Email", OWN).channels == ("email",)
    assert read("x via Email,SMS", OWN).channels == ("email", "sms")
    assert [step.channels for step in read("x via SMS then Email after 1h", OWN).route.steps] == [
        ("sms",),
        ("email",),
    ]


def test_what_is_no_channel_stays_a_word_in_capitals():
    assert read("x !Important", OWN).text == "x !Important"
    unknown = Reading(NOW, BERLIN, Duration(ms=WEEK), no_calendar)
    assert read("x !Email", unknown).text == "x !Email"


@pytest.mark.parametrize(
    ("zone", "now", "clause", "moment"),
    [
        # 2:30 is skipped on 29 March 2026: the alarm comes an hour later by the clock.
        ("Europe/Berlin", "2026-03-28T12:00+01:00", "at 2:30", "2026-03-29T01:30+00:00"),
        ("Europe/Berlin", "2026-03-28T12:00+01:00", "at 4:00", "2026-03-29T02:00+00:00"),
        ("Europe/Berlin", "2026-03-28T12:00+01:00", "on sun", "2026-03-29T07:00+00:00"),
        # 2:30 comes twice on 25 October 2026.
        ("Europe/Berlin", "2026-10-25T00:00+02:00", "at 2:30", "2026-10-25T00:30+00:00"),
        ("Europe/Berlin", "2026-10-25T00:45+00:00", "at 2:30", "2026-10-25T01:30+00:00"),
        ("Europe/Berlin", "2026-10-25T01:45+00:00", "at 2:30", "2026-10-26T01:30+00:00"),
        ("America/New_York", "2026-03-07T12:00-05:00", "on sun at 18:00", "2026-03-08T22:00+00:00"),
        ("Australia/Lord_Howe", "2026-04-04T12:00+11:00", "on sun", "2026-04-04T22:30+00:00"),
        ("Asia/Kathmandu", "2026-06-10T00:00+00:00", "at 18:00", "2026-06-10T12:15+00:00"),
        # The clocks go from 0:00 to 1:00, so that this Friday begins at 1:00.
        ("Africa/Cairo", "2025-04-24T12:00+02:00", "at 0:00", "2025-04-24T22:00+00:00"),
        # 30 December 2011, a Friday, did not exist in Samoa.
        ("Pacific/Apia", "2011-12-29T12:00-10:00", "on sat", "2011-12-30T19:00+00:00"),
    ],
)
def test_exact_times_are_right_across_clock_changes(zone, now, clause, moment):
    def at(text: str) -> int:
        return round(datetime.fromisoformat(text).timestamp() * 1000)

    reading = Reading(at(now), ZoneInfo(zone), Duration(ms=WEEK), no_calendar)
    assert read(f"x {clause}", reading).window == Window(at(moment), at(moment))


def test_the_end_of_a_short_day_is_its_own_last_millisecond():
    reading = Reading(ms(2026, 3, 28, 12), BERLIN, Duration(ms=WEEK), no_calendar)
    draft = read("x after sun by sun", reading)
    assert draft.window.length == 23 * HOUR - 1


def test_a_line_without_a_calendar_date_does_not_load_dateparser():
    code = (
        "import sys; from zoneinfo import ZoneInfo\n"
        "from later_tui.config.dates import calendar\n"
        "from later_tui.domain.duration import Duration\n"
        "from later_tui.domain.grammar import Reading, read\n"
        "reading = Reading(0, ZoneInfo('UTC'), Duration(ms=1), calendar)\n"
        "for line in ('book by Orwell', 'x by fri at 18:00', 'x on 1970-05-01', 'x after 2d'):\n"
        "    read(line, reading)\n"
        "assert 'dateparser' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
