"""Reading when a snoozed reminder comes back, and the usual times for that. Pure."""

import re
from typing import NamedTuple

from later_tui.domain.duration import read_duration
from later_tui.domain.errors import GrammarError
from later_tui.domain.grammar import Options, Reading, read_with
from later_tui.domain.options import without_option
from later_tui.domain.wording import local_time

EVENING = "in the evening"
TOMORROW_EVENING = "tomorrow evening"
PRESETS = (
    ("in 20 minutes", "20m"),
    ("in 2 hours", "2h"),
    (EVENING, "18:00"),
    ("tomorrow morning", "tomorrow 9:00"),
    ("in 3 days", "3d"),
    ("next Monday", "mon 9:00"),
)
"""What one key snoozes until: in words, and as the grammar reads it."""
SPARE = (("in a week", "1w"), ("in two weeks", "2w"))
"""What stands in for one of them that is the same minute as another: on Sundays, next Monday."""
MINUTE = 60_000


class Usual(NamedTuple):
    """One of the usual times, as it is now."""

    words: str
    line: str
    """As the grammar reads it."""
    at: int
    """ms UTC"""


_MEANT_AS_LENGTH = r"[-+\u2212]?[0-9.]+(?!(?i:am|pm)$)[a-zA-Z]+"
_LEADING = re.compile(r"(?:(?:until|in|at|on)\s+)*", re.IGNORECASE)


def usual_times(reading: Reading) -> tuple[Usual, ...]:
    """Return the usual times as they are at `reading.now`, the soonest first, no two the same."""
    found: dict[int, Usual] = {}
    for words, line in (*PRESETS, *SPARE):
        at = read_until(line, reading)
        if len(found) < len(PRESETS):
            found.setdefault(at // MINUTE, Usual(words, line, at))
    today = local_time(reading.now, reading.zone).date()
    named = (
        one._replace(words=TOMORROW_EVENING)
        if one.words == EVENING and local_time(one.at, reading.zone).date() != today
        else one
        for one in found.values()
    )
    return tuple(sorted(named, key=lambda one: one.at))


def read_until(text: str, reading: Reading) -> int:
    """Return the moment that a length ("20m") or a time ("18:00", "fri 9:00") names, ms UTC.

    Raises GrammarError with what would work.
    """
    words = _LEADING.sub("", text.strip(), count=1)
    length = re.fullmatch(_MEANT_AS_LENGTH, words) or _is_length(words)
    attempts = [Options(in_=words)] if length else [Options(at=words), Options(on=words)]
    problems: list[GrammarError] = []
    for options in attempts:
        try:
            return read_with("snooze", options, reading).window.not_after
        except GrammarError as error:
            problems.append(error)
    # The last one tried takes whatever the ones before it take.
    raise GrammarError(without_option(str(problems[-1])))


def _is_length(words: str) -> bool:
    try:
        read_duration(words)
    except GrammarError:
        return False
    return True
