"""Rows of words in columns that line up."""

from collections.abc import Iterator, Sequence

from later_tui.cli.cells import fit, width
from later_tui.cli.output import columns, styled

_GAP = "  "
_LONGEST = 60
"""Cells of the flexible column at most where nothing is cut, so one long text moves no others."""
_LEAST = 12
_FAINT = "2"


def lines(rows: Sequence[Sequence[str]], *, flexible: int) -> Iterator[str]:
    """Yield the rows as lines; empty columns are left out.

    What is in the rows is inert already. In a terminal the first column is faint, and the
    column `flexible` is cut so that a row is one line; elsewhere nothing is.
    """
    sizes = [max(map(width, column)) for column in zip(*rows, strict=True)]
    room = columns()
    if room is None:
        sizes[flexible] = min(sizes[flexible], _LONGEST)
    else:
        others = sum(size + len(_GAP) for i, size in enumerate(sizes) if size and i != flexible)
        sizes[flexible] = min(sizes[flexible], max(room - others, _LEAST))
    for row in rows:
        cells = []
        for i, (text, size) in enumerate(zip(row, sizes, strict=True)):
            if size:
                uncut = room is None and i == flexible and width(text) > size
                cell = text if uncut else fit(text, size)
                cells.append(styled(cell, _FAINT) if i == 0 else cell)
        yield _GAP.join(cells).rstrip()
