"""What a notification says."""

import pytest

from later_tui.channels import words
from later_tui.domain.reminder import Origin
from tests.channels.desktop_rig import DAY, NOW, note

HOUR = DAY // 24
MINUTE = HOUR // 60


@pytest.mark.parametrize(
    ("ms", "said"),
    [
        (-5, "just now"),
        (0, "just now"),
        (MINUTE - 1, "just now"),
        (MINUTE, "1 minute ago"),
        (HOUR - 1, "59 minutes ago"),
        (HOUR, "1 hour ago"),
        (DAY - 1, "23 hours ago"),
        (DAY, "1 day ago"),
        (19 * DAY, "19 days ago"),
        (60 * DAY, "60 days ago"),
        (61 * DAY, "2 months ago"),
        (400 * DAY, "13 months ago"),
        (731 * DAY, "2 years ago"),
        (10 * 366 * DAY, "10 years ago"),
    ],
)
def test_an_age_is_told_in_its_largest_whole_unit(ms: int, said: str) -> None:
    assert words.ago(ms) == said


@pytest.mark.parametrize(
    ("ms", "said"),
    [
        (0, ""),
        (MINUTE - 1, ""),
        (MINUTE, "1 min late"),
        (2 * HOUR, "2 h late"),
        (3 * DAY, "3 d late"),
    ],
)
def test_a_lateness_is_told_from_a_minute_on(ms: int, said: str) -> None:
    assert words.late(ms) == said


def test_the_title_is_a_postmark_as_seen_when_it_is_sent() -> None:
    sent = note(lateness_ms=2 * HOUR, origin=Origin("h", "", NOW - 2 * DAY + HOUR))
    assert words.title(sent) == "later · from you, 2 days ago · 2 h late"
    assert words.title(note()) == "later · from you, 19 days ago"


def test_a_thought_keeps_its_lines_in_a_pop_up_and_loses_them_in_a_line() -> None:
    assert words.body(note("one\r\ntwo\n")) == "one\ntwo"
    assert words.line(note("one\r\ntwo\n")) == "one two"


def test_a_long_thought_is_cut_and_says_so() -> None:
    assert len(words.body(note("x" * 5000))) == words.BODY_LIMIT
    assert words.body(note("x" * 5000)).endswith("x…")
    assert words.line(note("👩" * 5000)).endswith("…")
    assert len(words.line(note("👩" * 5000)).encode()) < 2048
