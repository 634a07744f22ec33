"""Again is a window of the same length from now, in the hours that are allowed."""

import pytest

from later_tui.domain.duration import Duration
from later_tui.domain.errors import WindowError
from later_tui.domain.hours import Hours
from later_tui.domain.plan import next_round
from later_tui.domain.quiet import Quiet, allowed
from later_tui.domain.reminder import Reminder
from later_tui.domain.window import Span, Window
from tests.domain.test_plan import BERLIN, DAY, HOUR, NIGHTS, NOTHING_QUIET, NOW, ORIGIN, at


def reminder(window, **more):
    given = {
        "id": "0" * 12,
        "username": "me",
        "text": "x",
        "channels": ("desktop",),
        "window": window,
        "due_at": window.not_before,
        "origin": ORIGIN,
    }
    return Reminder(**{**given, **more})


def test_again_is_a_window_of_the_same_length_from_now():
    window, spans, seed = next_round(
        reminder(Window(0, 3 * DAY), seed=1), NOW, NIGHTS, Duration(ms=14 * DAY)
    )
    assert window == Window(NOW, NOW + 3 * DAY)
    assert spans == allowed(window, NIGHTS)
    assert 0 <= seed < 2**63
    assert seed != 1


def test_again_is_as_long_as_was_asked_for_though_an_edit_left_less():
    edited = reminder(Window(2 * DAY, 3 * DAY), asked_ms=3 * DAY)
    window, _, _ = next_round(edited, NOW, NOTHING_QUIET, Duration(ms=14 * DAY))
    assert window == Window(NOW, NOW + 3 * DAY)


def test_again_keeps_the_hours_that_were_asked_for():
    once = reminder(Window(0, DAY), between=Hours(540, 600))
    assert next_round(once, NOW, NIGHTS, Duration(ms=DAY)).spans == (
        Span(at("2027-06-04T09:00"), at("2027-06-04T10:00")),
    )


def test_again_of_an_exact_reminder_is_a_draw_from_the_usual_window():
    window, spans, _ = next_round(reminder(Window(5, 5)), NOW, NOTHING_QUIET, Duration(months=1))
    assert window == Window(NOW, at("2027-07-03T12:00"))
    assert spans == (Span(*_ends(window)),)


def test_again_in_the_middle_of_the_night_begins_in_the_morning():
    midnight, morning = at("2027-06-04T00:00"), at("2027-06-04T07:00")
    window, spans, _ = next_round(reminder(Window(0, HOUR)), midnight, NIGHTS, Duration(ms=DAY))
    assert window == Window(morning, morning + HOUR)
    assert spans == (Span(morning, morning + HOUR),)


def test_again_is_refused_only_where_no_hour_is_left():
    always = Quiet((), frozenset(range(7)), zone=BERLIN)
    with pytest.raises(WindowError, match="no time at all"):
        next_round(reminder(Window(0, HOUR)), NOW, always, Duration(ms=DAY))


def _ends(window):
    return window.not_before, window.not_after
