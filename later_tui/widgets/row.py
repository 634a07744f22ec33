"""One row of a reminder list, as plain values."""

from enum import StrEnum
from typing import NamedTuple


class RowTone(StrEnum):
    """How the first column of a row is meant."""

    PLAIN = "plain"
    GOOD = "good"
    SOFT = "soft"
    WARN = "warn"
    BAD = "bad"
    OPEN = "open"
    """Unsealed: shown because the person asked."""


class Row(NamedTuple):
    """What a list shows of one reminder."""

    key: str
    """Whose row it is; the list keeps its cursor on it."""
    text: str
    lead: str = ""
    """The first column: the sealed window, or the day."""
    mark: str = ""
    """The second column: how it ended."""
    tone: RowTone = RowTone.PLAIN
    note: str = ""
    """To the right of the text: tags, or the postmark."""
    more: str = ""
    """Behind the note, where the whole of it has room: the folder."""
    end: str = ""
    """At the right edge: channels, or the lateness."""
    near: bool = False
    """Whether it is only nearly what was looked for."""
