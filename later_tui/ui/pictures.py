"""From the numbers of the page of pictures to what its widgets draw. Pure."""

from collections.abc import Sequence
from datetime import date

from later_tui.domain.forecast import DayAhead
from later_tui.domain.outcomes import DayPast, Outcome, TagPast
from later_tui.domain.pictures import Pictures
from later_tui.domain.wording import DAYS, MONTHS
from later_tui.widgets.density_map import DensityRow
from later_tui.widgets.share_bars import Share
from later_tui.widgets.stacked_columns import Column

MOST_TAGS = 8


def density_rows(days: Sequence[DayAhead]) -> list[DensityRow]:
    """Return a row for each day ahead."""
    return [
        DensityRow(_name(at, ahead.day), ahead.slots, _about(ahead.expected), at == 0)
        for at, ahead in enumerate(days)
    ]


def columns(days: Sequence[DayPast]) -> list[Column]:
    """Return a column for each day past; Mondays are named."""
    return [
        Column(
            parts=(one.outcome.done, one.outcome.released, one.outcome.waiting),
            foot=one.late / one.sent if one.sent else None,
            label=_short(one.day) if one.day.weekday() == 0 else "",
        )
        for one in days
    ]


def shares(tags: Sequence[TagPast]) -> list[Share]:
    """Return a bar for each of the tags used most."""
    return [
        Share(
            f"#{one.tag}" if one.tag else "no tag",
            (one.outcome.done, one.outcome.released, one.outcome.waiting),
            _ended(one.outcome),
        )
        for one in tags[:MOST_TAGS]
    ]


def ahead_words(shown: Pictures) -> str:
    """Return what the picture of the days ahead is made of."""
    if not shown.upcoming:
        return "nothing waits for you"
    words = f"of {_many(shown.upcoming, 'thought')}, by their windows"
    return f"{words}; from a sample" if shown.sampled else words


def behind_words(shown: Pictures) -> str:
    """Return the outcomes in a sentence."""
    if not shown.looked_at:
        return "nothing is past yet"
    one = shown.outcome
    words = [f"{one.done:,} done", f"{one.released:,} let go", f"{one.waiting:,} unanswered"]
    if one.again:
        words.append(f"{one.again:,} had come back more than once")
    newest = "" if shown.looked_at == shown.past else f", of the newest {shown.looked_at:,}"
    return " · ".join(words) + newest


def _ended(outcome: Outcome) -> str:
    return (
        f"{outcome.total}"
        if not outcome.released
        else f"{outcome.total}, {outcome.released} let go"
    )


def _name(at: int, day: date) -> str:
    if at < 2:
        return ("today", "tomorrow")[at]
    return f"{DAYS[day.weekday()]} {_short(day)}"


def _short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def _about(expected: float) -> str:
    if expected < 0.05:
        return "–"
    return f"≈ {expected:.1f}" if expected < 9.95 else f"≈ {expected:,.0f}"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
