"""One row of a reminder list, as plain values, and how it is drawn into a strip of cells."""

from enum import StrEnum
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from later_tui.widgets.cells import clean, fit, isolated

BAR = "▌"
"""Before the row under the cursor."""
MARK = "✓"
"""Before a row that is marked."""
LONGEST = 96
"""More cells than this make a thought hard to read, and move its tags away from it."""
LEAST = 28
"""With fewer cells a thought is a riddle: the columns to its right make room first."""
NOTE = 21
"""The cells of "kept 19 days ago, ~" and its gap."""


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
    """The second column: how it ended; lists without a width for it leave it out."""
    tone: RowTone = RowTone.PLAIN
    note: str = ""
    """To the right of the text: tags, or the postmark."""
    end: str = ""
    """At the right edge: channels, or the lateness."""


class Columns(NamedTuple):
    """How many cells each column gets; 0 leaves it out."""

    lead: int
    mark: int
    text: int
    note: int
    end: int

    @classmethod
    def of(cls, width: int, lead: int, mark: int, note: int, end: int) -> "Columns":
        """Share `width` cells out: narrow lists cut the note, drop the end, then the note.

        `lead`, `mark`, `note`, `end` are the widths wished for, the gap behind each included.
        """
        inner = max(width - 4, 0)
        lead = min(lead, inner // 2) if width >= 76 else min(lead, max(lead - 2, 18), inner // 2)
        room = inner - lead - mark
        note, end = _shared(
            room, min(note, inner * 3 // 10) if width >= 76 else 0, end if width >= 66 else 0
        )
        text = max(room - note - end, 0)
        spare = max(text - LONGEST, 0) if end else 0
        return cls(lead, mark, text - spare, note, end + spare)


def _shared(room: int, note: int, end: int) -> tuple[int, int]:
    """Return what note and end get of `room`, so that the text keeps its least."""
    for wanted, least in ((end, NOTE), (0, NOTE * 2 // 3)):
        given = min(note, room - wanted - LEAST)
        if given >= min(note, least):
            return given, wanted
    return 0, 0


class Inks(NamedTuple):
    """The styles a row is drawn with; each keeps the background it lies on."""

    bar: Style
    lead: Style
    mark: Style
    text: Style
    note: Style
    end: Style


def _whole(note: str, width: int) -> str:
    """Return the note without the part behind its comma where that would be cut: the folder."""
    first, comma, _ = note.partition(",")
    return first if comma and cell_len(note) > width >= cell_len(first) else note


def draw(row: Row, columns: Columns, inks: Inks, *, bar: str, lead: str) -> Strip:
    """Return the row as a strip: `bar` at its edge, `lead` in its first column."""
    parts = [Segment(f"{bar} ", inks.bar)]
    parts.append(Segment(fit(clean(lead), max(columns.lead - 2, 0)) + "  ", inks.lead))
    if columns.mark:
        parts.append(Segment(fit(clean(row.mark), columns.mark - 2) + "  ", inks.mark))
    parts.append(Segment(isolated(fit(clean(row.text), columns.text)), inks.text))
    if columns.note:
        note = isolated(fit(_whole(clean(row.note), columns.note - 2), columns.note - 2))
        parts.append(Segment(f"  {note}", inks.note))
    if columns.end:
        parts.append(Segment("  " + fit(clean(row.end), columns.end - 2, right=True), inks.end))
    parts.append(Segment("  ", inks.text))
    return Strip(parts)
