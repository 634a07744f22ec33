"""The words of the page of pictures: what is counted, how it is read, what is left out."""

from dataclasses import replace
from datetime import date

import pytest

from later_tui.domain.forecast import SLOTS, DayAhead
from later_tui.domain.outcomes import DayPast, Outcome, TagPast
from later_tui.domain.pictures import MOST_TAGS, Pictures
from later_tui.ui import pictures as words

DAY = date(2026, 11, 24)
SHOWN = Pictures(
    ahead=(DayAhead(DAY, (0.25,) * 8 + (None,) * (SLOTS - 8)),),
    upcoming=3,
    sampled=False,
    quiet=False,
    behind=(DayPast(DAY, Outcome(4, 1, 1), 6, 0, 0),),
    tags=(),
    outcome=Outcome(4, 1, 1),
    past=6,
    looked_at=6,
)


def test_the_heights_are_explained() -> None:
    assert words.ahead_words(SHOWN) == ("≈ 2.0 of 3, by their windows · the higher, the likelier")
    assert words.ahead_words(replace(SHOWN, sampled=True)).startswith(
        "≈ 2.0 of 3, from a sample, by their windows"
    )


def test_the_mark_of_quiet_hours_is_explained_where_it_is_drawn() -> None:
    assert words.ahead_words(replace(SHOWN, quiet=True)).endswith(" · ╌ quiet")


def test_outcomes_of_more_days_than_are_drawn_are_called_so() -> None:
    assert words.behind_words(SHOWN) == "4 done · 1 let go · 1 unanswered"
    older = replace(SHOWN, outcome=Outcome(9, 1, 1), past=11, looked_at=11)
    assert words.behind_words(older) == "in all 9 done · 1 let go · 1 unanswered"


@pytest.mark.parametrize("count", [3, MOST_TAGS, MOST_TAGS + 4])
def test_the_tags_used_most_are_shown_and_what_has_none(count: int) -> None:
    tags = [TagPast(f"t{at}", Outcome(1)) for at in range(count)]
    shown = words.shares([*tags, TagPast("", Outcome(2, 0, 3))])
    assert [one.name for one in shown] == [
        *(f"#t{at}" for at in range(min(count, MOST_TAGS))),
        "no tag",
    ]
    assert shown[-1].parts == (2, 0, 3)
    title = words.tags_title([*tags, TagPast("", Outcome(2, 0, 3))])
    assert title == ("by tag" if count <= MOST_TAGS else f"by tag, {MOST_TAGS} of {count}")
