"""The quick-add grammar: what is a clause, what is a thought, what is refused."""

import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from later_tui.config.dates import calendar
from later_tui.domain.duration import DAY, HOUR, MINUTE, WEEK, Duration
from later_tui.domain.errors import GrammarError
from later_tui.domain.grammar import Draft, Reading, quote, read
from later_tui.domain.hours import Hours
from later_tui.domain.window import Window
from later_tui.domain.words import KEYWORDS

BERLIN = ZoneInfo("Europe/Berlin")
CHANNELS = frozenset({"desktop", "terminal", "email", "sms"})


def ms(*parts: int, zone: ZoneInfo = BERLIN) -> int:
    return round(datetime(*parts, tzinfo=zone).timestamp() * 1000)


NOW = ms(2026, 6, 10, 12)  # a Wednesday
READING = Reading(NOW, BERLIN, Duration(ms=2 * WEEK), calendar, CHANNELS)


def no_calendar(text: str, now: int, zone: ZoneInfo, end_of_day: bool) -> int | None:
    raise AssertionError(f"{text!r} went to the calendar")


OWN = Reading(NOW, BERLIN, Duration(ms=2 * WEEK), no_calendar, CHANNELS)


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


TITLES = [
    "come in peace",
    "stay within budget",
    "stand by me",
    "look at this",
    "look after mum",
    "book by Orwell",
    "call the bank between jobs",
    "via Roma",
    "send it via the post office",
    "turn it on",
    "log in",
    "every man for himself",
    "a play in 3 acts",
    "lunch on 5th avenue",
    "change oil every 5000 km",
    "buy after 3 beers",
    "look after nan",
    "look at sun",
    "read Paris -- a novel",
    "issue #42 is #1",
    "what?! really !!!",
    "test drive BMW X3",
    "build for x86",
    "learn C# or F#",
    "invest in P2P",
    "visit the museum by the river in the morning",
    "meet on friday, maybe",
    "buy [milk]",
    "[@click=app.quit]x[/]",
    "a  b\t c\nd",
    "call mum on 31 feb please",
    "buy milk tomorrow at 18:00 or so",
    "in",
    "by by",
    "at the at",
    "x3d",
    "email a@b.c by hand",
    "50% off at IKEA",
    "$(id) %s =cmd()",
    "the difference between",
]


@pytest.mark.parametrize("title", TITLES)
def test_an_ordinary_thought_is_kept_letter_for_letter(title):
    draft = read(title, OWN)
    assert (draft.text, draft.clauses) == (title, ())
    assert draft.window == Window(NOW, NOW + 2 * WEEK)


@pytest.mark.parametrize("title", TITLES)
def test_clauses_after_an_ordinary_thought_leave_it_alone(title):
    draft = read(f"  {title}  within 3d  #x ", OWN)
    assert (draft.text, draft.tags) == (title, ("x",))
    assert draft.window == Window(NOW, NOW + 3 * DAY)


@pytest.mark.parametrize(
    ("clause", "says"),
    [
        ("within 0", "no time at all"),
        ("in -1h", "past"),
        ("in \u22121h", "past"),
        ("within 1e309", "plain number"),
        ("within nan", "plain number"),
        ("in inf", "plain number"),
        ("every -inf", "not a period"),
        ("within 10000y", "over 10 years"),
        ("within 9223372036854775808s", "over 10 years"),
        ("within 9223372036854775808 s", "over 10 years"),
        ("within 1h1h", "twice"),
        ("within 1.5.2h", "not a length"),
        ("within 1ms", '"ms"'),
        ("after 1ms", '"ms"'),
        ("after -1h", "past"),
        ("in .5h", "not a length"),
        ("in PT0S", "no time at all"),
        ("within 3", "without a unit"),
        ("within 3 dasy", '"dasy"'),
        ("in 5", "without a unit"),
        ("in 3D", '"D"'),
        ("at 7", "number alone"),
        ("at 25:00", "18:00"),
        ("at 13pm", "18:00"),
        ("at 2026-13-01T00:00", "not a moment"),
        ("at 24 dec", "no time of day"),
        ("at fri 18", "no time of day"),
        ("on fri 25:00", "not a day"),
        ("by 31 feb", "not a day"),
        ("by 31st of february", "not a day"),
        ("on the 31st of february", "not a day"),
        ("by 2026-02-31", "not a day"),
        ("by 3/4", "not a day"),
        ("by april", "24 april"),
        ("by next friday", "different days"),
        ("on monday morning", "not a day"),
        ("by yesterday", "past"),
        ("on today", "past"),
        ("after today", "past"),
        ("by 2020-01-01", "past"),
        ("by 24 dec 2020", "past"),
        ("on 0001-01-01", "past"),
        ("by 0001-01-01T00:00+14:00", "not a moment"),
        ("by 2099-01-01", "over 10 years"),
        ("on 9999-12-31", "over 10 years"),
        ("by 9999-12-31", "beyond the calendar"),
        ("after 11y", "over 10 years"),
        ("by 3d", "within 3d"),
        ("on 3d", "in 3d"),
        ("every monday", "not a period"),
        ("every 1s", "too often"),
        ("every 0d", "no time at all"),
        ("between 9-9", "begins when it ends"),
        ("between 0-0", "begins when it ends"),
        ("between 24-0", "begins when it ends"),
        ("between 9-25", "no day has"),
        ("between 13pm-14pm", "no day has"),
        ("between 5-9pm", "one side"),
        ("between 9", "two times"),
        ("between 9 and", "two times"),
        ("between 9:5-10", "two times"),
        ("x0", "x1 to x100"),
        ("x101", "x1 to x100"),
        ("x" + "9" * 5000, "x1 to x100"),
        ("!important", "no channel"),
        ("within 3d within 4d", "twice"),
        ("#a x2 #b x3", "twice"),
        ("within 3d by fri", "contradict"),
        ("within 3d at 18:00", "contradict"),
        ("in 5m at 18:00", "contradict"),
        ("at 18:00 by fri", "contradict"),
        ("every week by fri", "contradict"),
        ("every week on fri", "contradict"),
        ("after 2d in 3d", "contradict"),
        ("in 3d between 9-18", "contradict"),
        ("on fri 6pm at 18:00", "contradict"),
        ("after 2d at 18:00", "contradict"),
        ("at 9:00 on fri 6pm", "contradict"),
        ("x3 in 20m", "one moment"),
        ("after 2w within 2d", "ends before"),
        ("after fri by thu", "ends before"),
    ],
)
def test_a_bad_clause_is_refused_with_what_would_work(clause, says):
    with pytest.raises(GrammarError) as caught:
        read(f"call mum {clause}", READING)
    sentence = str(caught.value)
    assert says in sentence
    assert any(word in sentence for word in ("write", "keep one", "give a", "give the"))
    assert len(sentence) < 260
    assert "\n" not in sentence


@pytest.mark.parametrize("line", ["", "   ", "\n", "within 3d", " #tag", "x3 at 18:00", "-- in 5m"])
def test_a_line_without_a_thought_is_refused(line):
    with pytest.raises(GrammarError, match="there is no thought"):
        read(line, OWN)


@pytest.mark.parametrize(
    ("line", "text", "clauses"),
    [
        ("be there in 5 --", "be there in 5", []),
        ("be there in 5 -- within 3d #x", "be there in 5", ["within 3d", "#x"]),
        ("call mum within 3d --", "call mum within 3d", []),
        ("a -- b", "a -- b", []),
        ("a -- --", "a --", []),
        ("a --b", "a --b", []),
        ("watch it in -- 3d", "watch it in -- 3d", []),
        ("say \\#hello --", "say \\#hello", []),
    ],
)
def test_two_dashes_keep_what_is_before_them(line, text, clauses):
    draft = read(line, OWN)
    assert (draft.text, [clause.source for clause in draft.clauses]) == (text, clauses)


@pytest.mark.parametrize(
    ("line", "text", "tags"),
    [
        ("trend \\#hello", "trend #hello", ()),
        ("trend \\#hello  \\!now #x", "trend #hello  !now", ("x",)),
        ("sed s/\\#// and \\#a b", "sed s/\\#// and \\#a b", ()),
        ("path \\\\#x", "path \\\\#x", ()),
        ("trend #a \\#b", "trend #a #b", ()),
        ("\\#1", "#1", ()),
    ],
)
def test_a_backslash_makes_a_tag_or_a_channel_literal(line, text, tags):
    draft = read(line, OWN)
    assert (draft.text, draft.tags, draft.channels) == (text, tags, ())


def test_a_channel_that_is_not_there_is_a_word_after_via_and_refused_after_a_mark():
    assert read("reply via post", OWN).text == "reply via post"
    with pytest.raises(GrammarError, match=r"write \\!post to keep"):
        read("reply !post", OWN)
    unknown = Reading(NOW, BERLIN, Duration(ms=WEEK), no_calendar)
    assert read("reply via post !fax", unknown).channels == ("post", "fax")


def test_clauses_say_where_they_stand():
    line = "  call mum  By  fri at 18:00   #family x2 "
    draft = read(line, OWN)
    assert [(c.keyword, c.source) for c in draft.clauses] == [
        ("by", "By  fri at 18:00"),
        ("#", "#family"),
        ("x", "x2"),
    ]
    assert all(line[c.start : c.stop] == c.source for c in draft.clauses)


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


@given(st.text() | words())
def test_clauses_after_a_quoted_text_leave_it_alone(text):
    if text.strip():
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
