"""The numbers of the page of pictures: what lies ahead, what became of the past."""

from collections.abc import Sequence
from dataclasses import dataclass

from later_tui.domain.forecast import DayAhead, forecast
from later_tui.domain.outcomes import DayPast, Outcome, TagPast, by_day, by_tag, outcome_of
from later_tui.domain.quiet import Quiet
from later_tui.domain.reminder import Reminder

DAYS_AHEAD = 14
DAYS_BEHIND = 60
MOST_TAGS = 8
"""How many tags the page has room for."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Everything the page shows."""

    ahead: tuple[DayAhead, ...]
    upcoming: int
    """How many are upcoming in all."""
    sampled: bool
    """Whether the days ahead are reckoned from a sample of them."""
    quiet: bool
    """Whether there are quiet hours or days."""
    behind: tuple[DayPast, ...]
    tags: tuple[TagPast, ...]
    outcome: Outcome
    past: int
    """How many are past in all."""
    looked_at: int
    """From how many of them the outcomes are."""

    @property
    def expected(self) -> float:
        """How many of those that are upcoming may come back in the days ahead."""
        return sum(day.expected for day in self.ahead)

    @property
    def shown_behind(self) -> int:
        """How many of those that were looked at ended in the days behind."""
        return sum(day.outcome.total for day in self.behind)


def pictures(
    upcoming: Sequence[Reminder],
    upcoming_total: int,
    past: Sequence[Reminder],
    past_total: int,
    quiet: Quiet,
    now: int,
) -> Pictures:
    """Return what the page shows, seen from `now` (ms UTC).

    `upcoming` may be a sample of `upcoming_total`; `past` are the newest of `past_total`.
    """
    weight = upcoming_total / len(upcoming) if upcoming else 1.0
    return Pictures(
        ahead=forecast(upcoming, quiet, now, DAYS_AHEAD, weight),
        upcoming=upcoming_total,
        sampled=len(upcoming) < upcoming_total,
        quiet=bool(quiet),
        behind=by_day(past, now, quiet.zone, DAYS_BEHIND),
        tags=by_tag(past),
        outcome=outcome_of(past),
        past=past_total,
        looked_at=len(past),
    )


def about(expected: float) -> str:
    """Return how many are expected, in words: as exact as an expectation deserves.

    Those with a decimal and those without have their units in one column if they end in one.
    """
    if not expected:
        return "–  "
    if expected < 0.05:
        return "<0.1"
    return f"{expected:.1f}" if expected < 9.95 else f"{expected:,.0f}  "
