"""The numbers of the page of pictures: what lies ahead, what became of the past."""

from collections.abc import Sequence
from dataclasses import dataclass

from later_tui.domain.forecast import DayAhead, forecast
from later_tui.domain.outcomes import DayPast, Outcome, TagPast, by_day, by_tag, outcome_of
from later_tui.domain.quiet import Quiet
from later_tui.domain.reminder import Reminder

DAYS_AHEAD = 14
DAYS_BEHIND = 30


@dataclass(frozen=True, slots=True)
class Pictures:
    """Everything the page shows."""

    ahead: tuple[DayAhead, ...]
    upcoming: int
    """How many are upcoming in all."""
    sampled: bool
    """Whether the days ahead are reckoned from a sample of them."""
    behind: tuple[DayPast, ...]
    tags: tuple[TagPast, ...]
    outcome: Outcome
    past: int
    """How many are past in all."""
    looked_at: int
    """From how many of them the outcomes are."""


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
        behind=by_day(past, now, quiet.zone, DAYS_BEHIND),
        tags=by_tag(past),
        outcome=outcome_of(past),
        past=past_total,
        looked_at=len(past),
    )
