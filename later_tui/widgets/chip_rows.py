"""Where chips stand: on one line or on several, and how many of them have no room. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from later_tui.widgets.cells import shorten

MORE = "more"
"""The kind of what says how many chips have no room."""


class Placed(NamedTuple):
    """A chip as it is shown."""

    kind: str
    words: str

    @property
    def cells(self) -> int:
        """How many cells it takes, with its frame and the blank before it."""
        return cell_len(self.words) + (1 if self.kind == MORE else 3)


def width(row: Sequence[Placed]) -> int:
    """Return how many cells a row takes, with the blank behind it; 0 if there is nothing in it."""
    return sum(chip.cells for chip in row) + 1 if row else 0


def rows(
    long: Sequence[Placed],
    short: Sequence[Placed],
    *,
    beside: int,
    least: int,
    room: int,
    most: int,
) -> list[list[Placed]]:
    """Return the rows of chips, at most `most`, each of at most `room` cells.

    `short` are the same chips in fewer words, for where the `long` ones would leave less than
    `beside` cells to what stands to their right. Of that, `least` cells are worth another row.
    """
    if width(long) + beside <= room:
        return [list(long)]
    if width(short) + least <= room:
        return [list(short)]
    if most > 1:
        told = _flowed(long, room, most)
        if told[-1][-1].kind != MORE:
            return told
    if width(short) <= room:
        return [list(short)]
    return _flowed(short, room, most)


def _flowed(chips: Sequence[Placed], room: int, most: int) -> list[list[Placed]]:
    """Return `chips` row after row; of those that have no room, how many there are."""
    made: list[list[Placed]] = [[]]

    def room_here(behind: int) -> int:
        # A chip that is followed by others leaves room to say so, where no row can follow.
        said = len(made) == most and behind
        return room - (Placed(MORE, f"+{behind}").cells if said else 0)

    for behind, chip in zip(range(len(chips) - 1, -1, -1), chips, strict=True):
        if made[-1] and width([*made[-1], chip]) > room_here(behind):
            if len(made) == most:
                made[-1].append(Placed(MORE, f"+{behind + 1}"))
                break
            made.append([])
        fits = max(room_here(behind) - width([*made[-1], chip._replace(words="")]), 1)
        made[-1].append(chip._replace(words=shorten(chip.words, fits)))
    return made
