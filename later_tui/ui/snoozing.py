"""Reading when a snoozed reminder comes back. Pure."""

import re

from later_tui.domain.duration import read_duration
from later_tui.domain.errors import GrammarError
from later_tui.domain.grammar import Options, Reading, read_with
from later_tui.domain.options import without_option

EVENING = "in the evening"
PRESETS = (
    ("in 20 minutes", "20m"),
    ("in 2 hours", "2h"),
    (EVENING, "18:00"),
    ("tomorrow morning", "tomorrow 9:00"),
    ("in 3 days", "3d"),
    ("next Monday", "mon 9:00"),
)
"""What one key snoozes until: in words, and as the grammar reads it."""

_MEANT_AS_LENGTH = r"[-+\u2212]?[0-9.]+(?!am$|pm$)[a-zA-Z]+"
_LEADING = ("in ", "at ", "on ", "until ")


def read_until(text: str, reading: Reading) -> int:
    """Return the moment that a length ("20m") or a time ("18:00", "fri 9:00") names, ms UTC.

    Raises GrammarError with what would work.
    """
    words = text.strip()
    for lead in _LEADING:
        words = words.removeprefix(lead)
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
