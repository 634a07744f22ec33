"""`later pictures`: when thoughts may come back, and what became of those that did, in words."""

import time

from later_tui.cli.output import say, say_json
from later_tui.cli.parser import parser, settings
from later_tui.config.settings import Settings
from later_tui.domain.forecast import DayAhead
from later_tui.domain.outcomes import DayPast, Outcome
from later_tui.domain.pictures import DAYS_AHEAD, Pictures, about, pictures
from later_tui.domain.wording import DAYS, MONTHS
from later_tui.store import open_sync_store

_DESCRIPTION = """\
Say what the page of pictures draws: how many thoughts each of the next days may bring, by their
windows and never by a drawn moment; and what became of the newest that are past."""
_EXAMPLES = """\
  later pictures
  later pictures --json | jq '.ahead[0].half_hours'"""


def run(argv: list[str]) -> int:
    """Print the pictures in words; return the exit code. Raises LaterError."""
    made = parser("pictures", "[options]", _DESCRIPTION, _EXAMPLES)
    made.add_argument("--json", action="store_true", help="print one JSON object")
    options = made.parse_args(argv)
    chosen = settings(options)
    shown = _pictures(chosen)
    if options.json:
        say_json(_shape(shown))
    else:
        for line in _lines(shown):
            say(line)
    return 0


def _pictures(chosen: Settings) -> Pictures:
    with open_sync_store(chosen) as store:
        ahead, behind = store.sample_ahead(chosen.user), store.sample_behind(chosen.user)
    return pictures(
        ahead.reminders,
        ahead.total,
        behind.reminders,
        behind.total,
        chosen.quiet,
        time.time_ns() // 1_000_000,
    )


def _lines(shown: Pictures) -> list[str]:
    sampled = ", from a sample" if shown.sampled else ""
    lines = [f"{shown.upcoming:,} upcoming"]
    if shown.upcoming:
        some = about(shown.expected).strip()
        lines[0] += f"; ≈ {some} of them may come back within {DAYS_AHEAD} days{sampled}:"
        counts = [about(ahead.expected) for ahead in shown.ahead]
        wide = max(map(len, counts))
        lines += [
            f"  {_day(ahead):<10}  {count:>{wide}}".rstrip()
            for ahead, count in zip(shown.ahead, counts, strict=True)
        ]
    newest = f" (the newest {shown.looked_at:,})" if shown.looked_at < shown.past else ""
    lines.append(f"{shown.past:,} past{newest}: {_words(shown.outcome)}")
    lines += [
        f"  {_day(past):<10}  {_words(past.outcome)}{_late(past)}"
        for past in shown.behind
        if past.outcome.total
    ]
    lines += [
        f"  {f'#{one.tag}' if one.tag else 'no tag'}: {_words(one.outcome)}" for one in shown.tags
    ]
    return lines


def _day(one: DayAhead | DayPast) -> str:
    return f"{DAYS[one.day.weekday()]} {one.day.day} {MONTHS[one.day.month - 1]}"


def _words(outcome: Outcome) -> str:
    words = f"{outcome.done:,} done, {outcome.released:,} let go, {outcome.waiting:,} unanswered"
    return f"{words}, {outcome.again:,} had been drawn anew" if outcome.again else words


def _late(past: DayPast) -> str:
    return f", {past.late} of {past.sent} over a minute late" if past.late else ""


def _shape(shown: Pictures) -> dict[str, object]:
    return {
        "upcoming": shown.upcoming,
        "sampled": shown.sampled,
        "ahead": [
            {"day": one.day.isoformat(), "expected": one.expected, "half_hours": list(one.slots)}
            for one in shown.ahead
        ],
        "past": shown.past,
        "looked_at": shown.looked_at,
        "behind": [
            {
                "day": one.day.isoformat(),
                **_counts(one.outcome),
                "sent": one.sent,
                "late": one.late,
                "median_lateness_ms": one.lateness,
            }
            for one in shown.behind
        ],
        "tags": [{"tag": one.tag, **_counts(one.outcome)} for one in shown.tags],
    }


def _counts(outcome: Outcome) -> dict[str, int]:
    return {
        "done": outcome.done,
        "let_go": outcome.released,
        "unanswered": outcome.waiting,
        "again": outcome.again,
    }
