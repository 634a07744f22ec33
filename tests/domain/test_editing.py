"""What an edit keeps of the reminder that it changes."""

from zoneinfo import ZoneInfo

import pytest

from later_tui.domain.duration import read_duration
from later_tui.domain.editing import edit_line, read_line
from later_tui.domain.grammar import Reading
from later_tui.domain.habits import Habits
from later_tui.domain.reminder import Origin, Reminder, State
from later_tui.domain.route import Route, Step
from later_tui.domain.window import Window

HOUR = 3_600_000
NOW = 1_800_000_000_000
ZONE = ZoneInfo("Europe/Berlin")
READING = Reading(NOW, ZONE, read_duration("2w"), lambda *_: None)
OVER = Window(NOW - 2 * HOUR, NOW - HOUR)
MUM = Reminder("0" * 12, "me", "call mum", ("desktop",), OVER, NOW - HOUR, Origin("mill", "~", 0))
HABITS = Habits(Route((Step(("desktop",)),)))


@pytest.mark.parametrize("state", State)
def test_a_past_window_is_kept_of_what_still_waits_alone(state: State) -> None:
    draft, same = read_line("call mum and dad", READING, MUM._replace(state=state))
    assert (draft.window, same) == (OVER, True)
    assert draft.kept == state.upcoming


def test_a_time_is_a_new_window() -> None:
    draft, same = read_line("call mum within 3h", READING, MUM)
    assert (draft.window, same, draft.kept) == (Window(NOW, NOW + 3 * HOUR), False, False)


def test_a_day_at_the_end_goes_with_a_time_that_is_added() -> None:
    fri = MUM._replace(text="meet Ida fri", tags=("work",))
    line = edit_line(fri, READING, HABITS)
    assert line == "meet Ida fri #work"
    draft, same = read_line(line.replace("fri", "fri at 18:00"), READING, fri)
    assert (draft.text, same) == ("meet Ida", False)


def test_an_edit_of_the_words_remembers_how_long_a_window_was_asked_for() -> None:
    day = Window(NOW - 20 * HOUR, NOW + 4 * HOUR)
    mum = MUM._replace(window=day)
    for was in (mum, mum._replace(window=Window(NOW - HOUR, day.not_after), asked_ms=24 * HOUR)):
        draft, _ = read_line("call mum and dad", READING, was)
        assert draft.asked_ms == 24 * HOUR
    assert read_line("call mum within 3h", READING, mum)[0].asked_ms == 0
