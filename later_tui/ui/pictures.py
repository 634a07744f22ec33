"""From the numbers of the page of pictures to what its widgets draw. Pure."""

from collections.abc import Sequence
from datetime import date

from later_tui.domain.forecast import DayAhead
from later_tui.domain.outcomes import DayPast, TagPast
from later_tui.domain.pictures import MOST_TAGS, Pictures, about
from later_tui.domain.wording import DAYS, MONTHS
from later_tui.widgets.density_map import DensityRow
from later_tui.widgets.share_bars import Share
from later_tui.widgets.stacked_columns import Column

THOUGHTS = "≈ thoughts"
"""What the days ahead are counted in."""
PARTS = ("done", "let go", "unanswered")
READING = ("Reading…",)
NOTHING = (
    "There is nothing to draw yet.",
    "Nothing waits for you, and nothing is past.",
    "Write a thought: here you see when it may come back.",
)


def away(reason: str) -> tuple[str, ...]:
    """Return what is said while Redis is away for `reason`, as the lists say it."""
    return ("Redis is away.", reason, "Trying again…")


def stale(reason: str) -> tuple[str, ...]:
    """Return the same for over what was drawn before."""
    return ("Redis is away, and this is from before.", reason)


def density_rows(days: Sequence[DayAhead]) -> list[DensityRow]:
    """Return a row for each day ahead."""
    return [
        DensityRow(_name(at, ahead.day), ahead.slots, about(ahead.expected), at == 0)
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
    """Return a bar for each of the tags used most, and one for what has none."""
    named = [one for one in tags if one.tag][:MOST_TAGS]
    return [
        Share(
            f"#{one.tag}" if one.tag else "no tag",
            (one.outcome.done, one.outcome.released, one.outcome.waiting),
        )
        for one in (*named, *(one for one in tags if not one.tag))
    ]


def tags_title(tags: Sequence[TagPast]) -> str:
    """Return the heading of the bars by tag."""
    named = sum(1 for one in tags if one.tag)
    return "by tag" if named <= MOST_TAGS else f"by tag, {MOST_TAGS} of {named}"


def ahead_words(shown: Pictures) -> str:
    """Return what the picture of the days ahead is made of, and how it is read."""
    if not shown.upcoming:
        return "nothing waits for you"
    sample = ", from a sample" if shown.sampled else ""
    of = f"≈ {about(shown.expected).strip()} of {shown.upcoming:,}{sample}"
    words = [f"{of}, by their windows", "the higher, the likelier"]
    if shown.quiet:
        words.append("╌ quiet")
    return " · ".join(words)


def behind_words(shown: Pictures) -> str:
    """Return the outcomes in a sentence."""
    if not shown.looked_at:
        return "nothing is past yet"
    one = shown.outcome
    words = [f"{one.done:,} done", f"{one.released:,} let go", f"{one.waiting:,} unanswered"]
    if one.again:
        words.append(f"{one.again:,} had been drawn anew")
    newest = "" if shown.looked_at == shown.past else f", of the newest {shown.looked_at:,}"
    # More than the days that are drawn have.
    in_all = "in all " if shown.shown_behind < shown.looked_at else ""
    return in_all + " · ".join(words) + newest


def _name(at: int, day: date) -> str:
    if at < 2:
        return ("today", "tomorrow")[at]
    return f"{DAYS[day.weekday()]} {_short(day)}"


def _short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"
