"""A user's lists read from one end to the other in short stretches (`lua/stretch.lua`)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from later_tui.store.command import Call, Command, Flow, command
from later_tui.store.keys import Keys
from later_tui.store.scripts import script

WORDS_AT_ONCE = 300
WHOLE_AT_ONCE = 150
"""How many entries one call reads; about 2 ms of the server's time."""

EVER = ("-inf", "+inf")


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is still to be read of a list: between two scores, after an entry."""

    name: str
    """The list's name after the user's: tasks, past or unanswered."""
    low: str = EVER[0]
    high: str = EVER[1]
    last: bytes = b""
    last_score: bytes = b""

    @property
    def backwards(self) -> bool:
        """Upcoming is read soonest first, what is past newest first."""
        return self.name != "tasks"

    def holds(self, score: bytes | None) -> bool:
        """Return whether an entry with this score (None: none) is between the two."""
        return score is not None and float(self.low) <= float(score) <= float(self.high)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: entries of id, field, value, … or of id, text, tags, channels."""

    entries: Sequence[Sequence[bytes]]
    looked_at: int
    rest: tuple[Stretch, ...]
    """What is still to be read."""


def read(keys: Keys, user: str, stretches: tuple[Stretch, ...], *, whole: bool) -> Flow[Read]:
    """Read on in the first of some stretches."""
    one, *others = stretches
    count = WHOLE_AT_ONCE if whole else WORDS_AT_ONCE
    args = (
        *(one.name, user, int(one.backwards), one.low, one.high, one.last, one.last_score),
        *(count, int(whole)),
    )
    [(ended, looked_at, last, score, *entries)] = yield [Call(script("stretch"), keys.prefix, args)]
    rest = () if ended else (replace(one, last=last, last_score=score),)
    return Read(entries, looked_at, (*rest, *others))


def lengths(keys: Keys, user: str, stretches: Sequence[Stretch]) -> list[Command]:
    """Return the commands that count the entries of each stretch."""
    return [command("ZCOUNT", f"{keys.prefix}{user}_{s.name}", s.low, s.high) for s in stretches]
