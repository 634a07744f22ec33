"""The bounds of a user's history, kept in small steps (`lua/trim.lua`).

What was answered goes first, the oldest before the others. What waits for an answer is never
forgotten for its age; by count and bytes it goes only when nothing answered is left to go.
"""

from dataclasses import dataclass

from later_tui.store.command import Call, Flow
from later_tui.store.keys import Keys
from later_tui.store.scripts import script

STEP = 40
"""How many reminders one call looks at, at the most: about 1 ms of the server's time."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of the past is kept."""

    count: int = 100_000
    age_ms: int = 2 * 31_557_600_000
    size: int = 64 << 20
    """Bytes of the server's memory."""


@dataclass(frozen=True, slots=True)
class Trimmed:
    """What one step did; the next one begins at rank `start`."""

    forgotten: int
    start: int
    ended: bool
    """Whether the history is within its bounds, or nothing more may go."""
    count: int
    """How many reminders are past."""
    size: int
    """What those weigh that were weighed so far, bytes."""


def trim(
    keys: Keys, username: str, bounds: Bounds, start: int = 0, step: int = STEP
) -> Flow[Trimmed]:
    """Take one step; go on from its `start` until it says `ended`."""
    limits = (bounds.count, bounds.age_ms, bounds.size)
    [reply] = yield [Call(script("trim"), keys.prefix, (username, *limits, start, step))]
    forgotten, passed, ended, count, size = reply
    return Trimmed(forgotten, 0 if passed < 0 else start + passed, bool(ended), count, size)
