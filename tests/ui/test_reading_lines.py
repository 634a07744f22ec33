from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from later_tui.config.dates import calendar
from later_tui.domain.duration import Duration
from later_tui.domain.editing import edit_line, read_line
from later_tui.domain.errors import GrammarError
from later_tui.domain.grammar import Reading
from later_tui.domain.habits import Habits
from later_tui.domain.hours import Hours
from later_tui.domain.quiet import Quiet
from later_tui.domain.reminder import Origin, Reminder, State
from later_tui.domain.route import Route, read_route
from later_tui.domain.window import Window
from later_tui.ui.reading import said_of
from later_tui.ui.snoozing import read_until
from later_tui.widgets.chip_line import Said
from tests.ui.stage import DAY, HOUR, MINUTE, NOW, ZONE

READING = Reading(
    now=NOW, zone=ZONE, default_window=Duration(ms=14 * DAY), calendar=calendar, channels=None
)
QUIET = Quiet(zone=ZONE)
HABITS = Habits(Route.at_once(("desktop",)), {"work": read_route("email then sms 1h")})
MUM = Reminder(
    id="k3",
    username="ada",
    text="call mum",
    channels=("desktop",),
    window=Window(NOW - DAY, NOW + 3 * DAY),
    due_at=NOW + DAY,
    tags=("family",),
    origin=Origin("mill", "~", NOW - DAY),
    between=Hours(540, 1080),
)


def said(line: str, was: Reminder | None = None, quiet: Quiet = QUIET) -> Said:
    return said_of(line, READING, quiet, HABITS, was)


def chips(line: str, was: Reminder | None = None) -> list[str]:
    return [chip.text for chip in said(line, was).chips]


def test_each_clause_becomes_a_chip() -> None:
    assert chips("call mum within 3d #family !email") == [
        "within 3 days, before Fri 27 Nov 09:10",
        "#family",
        "email",
    ]
    assert chips("water plants every week between 9-18 x3")[0] == "every week"
    assert "3 times" in chips("idea x3 within 1w")
    assert "between 9-18" in chips("stretch within 2d between 9-18")


def test_a_plain_thought_shows_the_default_window_and_channel() -> None:
    assert chips("call mum") == ["within 2 weeks, before Tue 8 Dec 09:10", "desktop"]


def test_an_exact_time_has_no_odds() -> None:
    exact = said("check oven in 20m")
    assert exact.chips[0].text == "at Tue 24 Nov 09:30"
    assert (exact.odds, exact.density) == ("", ())


def test_odds_and_density_are_those_of_the_hours_that_are_left() -> None:
    night = Quiet((Hours(1320, 420),), zone=ZONE)
    drawn = said("call mum within 2d", quiet=night)
    assert drawn.odds.endswith("today")
    assert sum(drawn.density) == pytest.approx(1)
    assert min(drawn.density) == 0


def test_what_cannot_be_read_is_a_sentence_that_says_what_would_work() -> None:
    assert "3 dasy" in said("call mum within 3 dasy").problem
    assert said("call mum within 3 dasy").chips == ()
    all_quiet = Quiet((Hours(0, 1440),), zone=ZONE)
    assert said("call mum within 2h", quiet=all_quiet).problem


def test_an_empty_line_says_nothing() -> None:
    assert said("") == said("   ") == Said()


@given(st.text(max_size=40))
def test_no_line_whatever_breaks_the_reading(line: str) -> None:
    assert isinstance(said(line), Said)


def test_an_edited_reminder_keeps_its_window_unless_a_time_is_given() -> None:
    line = edit_line(MUM, READING, HABITS)
    assert line == "call mum #family"
    draft, same = read_line(line, READING, MUM)
    assert same
    assert (draft.window, draft.between) == (MUM.window, MUM.between)
    assert chips(line, MUM)[0] == "before Sat, as it was"
    draft, same = read_line(f"{line} within 1d", READING, MUM)
    assert not same
    assert draft.window == Window(NOW, NOW + DAY)


@pytest.mark.parametrize(
    "text", ["call mum within 3d", "meet at 18:00", "stand by me", "tag #home", "end --", "[/]"]
)
def test_the_words_of_an_edited_reminder_are_read_as_the_same_words(text: str) -> None:
    reminder = MUM._replace(text=text, channels=("email",))
    draft, same = read_line(edit_line(reminder, READING, HABITS), READING, reminder)
    assert (draft.text, draft.tags, draft.channels) == (text, ("family",), ("email",))
    assert same


def test_an_edited_reminder_whose_window_is_over_asks_for_a_new_one_unless_it_still_waits() -> None:
    over = MUM._replace(window=Window(NOW - 2 * DAY, NOW - DAY))
    assert said("call mum", over._replace(state=State.DONE)).problem
    assert chips("call mum", over) == ["overdue, as it was", "between 9-18", "desktop"]
    assert said("call mum", over).odds == ""
    all_quiet = Quiet((Hours(0, 1440),), zone=ZONE)
    assert said("call mum", over, all_quiet).chips


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("20m", 20 * MINUTE),
        ("in 2h", 2 * HOUR),
        ("1h30m", 90 * MINUTE),
        ("18:00", 8 * HOUR + 50 * MINUTE),
        ("at 18:00", 8 * HOUR + 50 * MINUTE),
        ("until 18:00", 8 * HOUR + 50 * MINUTE),
        ("6PM", 8 * HOUR + 50 * MINUTE),
        ("At 6Pm", 8 * HOUR + 50 * MINUTE),
        ("In 20m", 20 * MINUTE),
        ("until in 20m", 20 * MINUTE),
        ("tomorrow 9:10", DAY),
        ("fri 9:10", 3 * DAY),
    ],
)
def test_a_snooze_takes_lengths_and_times(text: str, after: int) -> None:
    assert read_until(text, READING) == NOW + after


@pytest.mark.parametrize("text", ["", "0m", "-1h", "soon", "20", "1e309h", "11y", "8:00 yesterday"])
def test_a_snooze_refuses_the_rest_in_words_without_options(text: str) -> None:
    with pytest.raises(GrammarError) as refused:
        read_until(text, READING)
    assert "--" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2x", '"2x" has the unit "x"; write s, m (minutes), h, d, w, mo (months) or y'),
        ("25:00", '"25:00" is not a day or a time to come; write for example fri'),
        ("31 feb", '"31 feb" is not a day or a time to come; write for example fri'),
        ("yesterday 9:00", '"yesterday 9:00" is past; write a time to come, such as tomorrow'),
    ],
)
def test_a_snooze_says_what_is_wrong_with_what_was_meant(text: str, sentence: str) -> None:
    with pytest.raises(GrammarError) as refused:
        read_until(text, READING)
    assert str(refused.value).startswith(sentence)


def test_a_nag_has_a_chip() -> None:
    assert "nag every 10 min" in [chip.text for chip in said("pill at 8:00 nag 10m").chips]
    assert "no nag" in [chip.text for chip in said("pill at 8:00 nag off").chips]
    assert not [chip for chip in said("pill at 8:00").chips if "nag" in chip.text]


def test_an_end_that_was_written_is_not_rounded_where_there_is_little_room() -> None:
    assert said("x by 24 dec 18:00").chips[0].short == "before Thu 24 Dec 18:00"
    assert said("x within 2d").chips[0].short == "before Fri"


def test_the_route_that_a_tag_brings_is_shown() -> None:
    chips = [chip.text for chip in said("call the bank #work").chips]
    assert chips[1:] == ["#work", "email", "then sms after 1 h"]
    assert [chip.text for chip in said("call the bank #home").chips][2:] == ["desktop"]


def test_the_line_of_an_edit_says_what_the_habits_do_not() -> None:
    work = MUM._replace(tags=("work",))
    assert edit_line(work, READING, HABITS) == "call mum #work via desktop"
    nagging = MUM._replace(nag_ms=HOUR)
    assert edit_line(nagging, READING, HABITS) == "call mum #family nag 1h"
    nag_habit = replace(HABITS, nag_ms=HOUR)
    assert edit_line(nagging, READING, nag_habit) == "call mum #family"
    assert edit_line(MUM, READING, nag_habit) == "call mum #family nag off"
