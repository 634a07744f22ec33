"""How one row of a list is drawn into a strip of cells."""

from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from later_tui.widgets.cells import apart, cells, clean, fit, isolated
from later_tui.widgets.list_columns import GAP, Columns
from later_tui.widgets.row import Row

BAR = "▌"
"""Before the row under the cursor."""
MARK = "✓"
"""Before a row that is marked."""
NEARLY = "~"
"""Before a row that is only nearly what was looked for."""


class Inks(NamedTuple):
    """The styles a row is drawn with; each keeps the background it lies on."""

    bar: Style
    lead: Style
    mark: Style
    text: Style
    note: Style
    end: Style


def draw(row: Row, columns: Columns, inks: Inks, *, bar: str, lead: str) -> Strip:
    """Return the row as a strip: `bar` at its edge, `lead` in its first column."""
    note = _note(row, columns.note - GAP)
    columns = columns.spread(row, cell_len(note))
    parts = [Segment(f"{bar} ", inks.bar)]
    if columns.lead:
        parts.append(Segment(fit(clean(lead), columns.lead - GAP) + "  ", inks.lead))
    if columns.mark:
        parts.append(Segment(fit(clean(row.mark), columns.mark - GAP) + "  ", inks.mark))
    parts.append(Segment(isolated(fit(clean(row.text), columns.text)), inks.text))
    if columns.note:
        parts.append(Segment(f"  {isolated(fit(note, columns.note - GAP))}", inks.note))
    if columns.end:
        parts.append(Segment("  " + fit(clean(row.end), columns.end - GAP, right=True), inks.end))
    parts.append(Segment("  ", inks.text))
    return Strip(parts)


def _note(row: Row, width: int) -> str:
    """Return what of a note goes into `width` cells: words are left out whole, and it says so."""
    if width <= 0:
        return ""
    note = apart(clean(row.note))
    if cells(note + row.more) <= width:
        return note + apart(clean(row.more))
    if cell_len(note) <= width:
        return note
    words = note.split(" ")
    while len(words) > 1 and cell_len(f"{' '.join(words)} …") > width:
        words.pop()
    return fit(f"{' '.join(words)} …" if len(words) > 1 else words[0], width).rstrip()
