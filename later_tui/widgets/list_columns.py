"""How many cells each column of a list gets: by what its rows hold and by how wide the list is.

A column is as wide as the widest that was seen in it, so it moves only when something wider comes,
or when the list is measured anew: never from one row to the next.
"""

from collections.abc import Iterable
from typing import NamedTuple

from later_tui.widgets.cells import cells
from later_tui.widgets.row import Row

GAP = 2
"""The cells between two columns."""
LONGEST = 96
"""More cells than this make a thought hard to read, and move its tags away from it: only one that
is longer gets more."""
EASY, FAIR, LEAST = 40, 36, 30
"""So many cells of a thought come before its note and its end, before its note, before the part of
its note that is never cut."""
NARROW = 18
"""The cells in which a note is still worth its place: "kept 12 months ago"."""
WORTH = 12
"""For so many cells more of a thought its note moves, though the thought is cut all the same."""
MEASURED = 400
"""How much of a text is measured, characters; no screen shows more of it."""


class Extent(NamedTuple):
    """The most cells that rows want in each column, the gaps between them not included."""

    lead: int = 0
    mark: int = 0
    text: int = 0
    note: int = 0
    more: int = 0
    """The note together with what is left out first."""
    end: int = 0

    def over(self, rows: Iterable[Row]) -> "Extent":
        """Return what these and `rows` want."""
        lead, mark, text, note, more, end = self
        for row in rows:
            lead, mark = max(lead, _cells(row.lead)), max(mark, _cells(row.mark))
            text, end = max(text, _cells(row.text)), max(end, _cells(row.end))
            least = _cells(row.note)
            note, more = max(note, least), max(more, least + _cells(row.more))
        return Extent(lead, mark, text, note, more, end)


class Columns(NamedTuple):
    """How many cells each column gets, its gap to the text included; 0 leaves it out."""

    lead: int
    mark: int
    text: int
    note: int
    end: int

    @classmethod
    def of(cls, width: int, wanted: Extent) -> "Columns":
        """Share `width` cells out.

        The thought comes first, then its note, then its end. What is to spare goes to a note that
        would be cut, then to the thought, and the rest keeps the end at the right edge.
        """
        inner = max(width - 4, 0)
        lead = min(_with_gap(wanted.lead), inner // 2)
        mark = min(_with_gap(wanted.mark), inner // 3)
        room = inner - lead - mark
        note, end = _beside(room, wanted)
        text = min(room - note - end, max(LONGEST, wanted.text))
        spare = room - text - note - end
        if end:
            return cls(lead, mark, text, note, end + spare)
        return cls(lead, mark, text + (0 if note else spare), note + (spare if note else 0), 0)

    def widened(self, lead: int, mark: int) -> "Columns":
        """Return them for one row that has `lead` and `mark` cells in its first two columns.

        What the first lacks is taken from what the second has left, and then from the text.
        """
        lacking = max(lead + GAP - self.lead, 0)
        left = min(lacking, max(self.mark - _with_gap(mark), 0))
        if self.mark - left <= GAP:
            left = self.mark  # a column that has no room for anything is none
        text = min(max(lacking - left, 0), self.text)
        return self._replace(
            lead=self.lead + left + text, mark=self.mark - left, text=self.text - text
        )

    def spread(self, row: Row, note: int) -> "Columns":
        """Return them for `row`, whose note has `note` cells: a thought takes what is empty.

        A note makes room, and then stands at the right edge, where that makes the thought whole or
        much longer: for a word less it keeps its place under the others.
        """
        lacking = _cells(row.text) - self.text
        own = max(self.note - _with_gap(note), 0)
        free = own if row.end or own >= lacking else own + self.end
        if lacking <= 0 or free < min(lacking, WORTH if note else 1):
            return self
        end = self.end if free == own else 0
        room = self.note + self.end - end - free
        return self._replace(text=self.text + free, note=room, end=end)


def _beside(room: int, wanted: Extent) -> tuple[int, int]:
    """Return what a note and an end get of `room`, so that the thought keeps its least."""
    note, end = _with_gap(wanted.note), _with_gap(wanted.end)
    whole = _with_gap(wanted.more)
    if whole + end + wanted.text <= room:
        return whole, end
    short = min(end, _with_gap(NARROW))
    for tail, text in ((end, EASY), (short, EASY), (0, FAIR), (0, LEAST)):
        left = room - tail - min(wanted.text, text)
        given = min(whole if tail or whole <= left else note, left)
        if given >= min(note, _with_gap(NARROW)):
            return given, tail
    return 0, 0


def _with_gap(wanted: int) -> int:
    return wanted + GAP if wanted else 0


def _cells(text: str) -> int:
    return cells(text[:MEASURED])
