"""The trail of a delivery: its newest attempts, as the scripts keep them in one field.

An attempt is a line, its parts are separated by tabs: when (ms UTC), which send, what came of it,
by which way, why it failed.
"""

from later_tui.domain.inert import one_line
from later_tui.domain.reminder import Attempt

LONGEST = 300
"""Characters of a sentence that is kept of an attempt."""


def shortened(text: str) -> str:
    """Return a text as it is kept of an attempt: one inert line, not long."""
    line = one_line(text) if text else text
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def attempts(text: str) -> tuple[Attempt, ...]:
    """Return the attempts of a trail; a line that is none is left out."""
    found = []
    for line in text.split("\n") if text else ():
        parts = line.split("\t")
        if len(parts) == 5 and parts[0].isdecimal() and parts[1].isdecimal():
            at, attempt, outcome, via, error = parts
            words = map(one_line, (outcome, via, error))
            found.append(Attempt(int(at), int(attempt), *words))
    return tuple(found)
