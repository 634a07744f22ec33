"""The rows of a very long list that are in memory: which are known, stale, asked for."""

from collections.abc import Sequence

from later_tui.widgets.row import Row


class SparseRows:
    """Rows by index, of which only those near the visible ones are kept."""

    def __init__(self) -> None:
        self._rows: dict[int, Row] = {}
        self._stale: set[int] = set()
        self._void: set[int] = set()
        self._asked = range(0)

    def __len__(self) -> int:
        return len(self._rows)

    def keys(self) -> frozenset[str]:
        """Return the keys of the rows in memory."""
        return frozenset(row.key for row in self._rows.values())

    def get(self, index: int) -> Row | None:
        """Return the row at `index`, if it is in memory."""
        return self._rows.get(index)

    def find(self, key: str) -> int | None:
        """Return where the row with this key stands, if it is in memory."""
        return next((index for index, row in self._rows.items() if row.key == key), None)

    def clear(self) -> None:
        """Forget every row, and whatever was asked for."""
        self.cut(0)

    def cut(self, total: int) -> None:
        """Forget the rows from index `total` on, and whatever was asked for."""
        self.keep(range(total))
        self._asked = range(0)

    def keep(self, indexes: range) -> None:
        """Forget the rows outside `indexes`."""
        self._rows = {index: row for index, row in self._rows.items() if index in indexes}
        self._stale &= self._rows.keys()
        self._void = {index for index in self._void if index in indexes}

    def age(self) -> None:
        """Mark every row as to be read anew."""
        self._stale = set(self._rows)
        self._void = set()
        self._asked = range(0)

    def put(self, start: int, rows: Sequence[Row], count: int) -> None:
        """Take over `rows`, the first of which stands at `start`.

        `count` places were read; those for which there was no row are not asked for again.
        """
        fresh = {start + offset: row for offset, row in enumerate(rows)}
        self._void -= fresh.keys()
        self._void |= set(range(start + len(rows), start + count))
        self._rows.update(fresh)
        self._stale -= fresh.keys()
        self._asked = range(0)

    def wanting(self, visible: range, around: range) -> range | None:
        """Return `around` if a visible row lacks or is stale and was not asked for already."""
        lacking = any(
            index in self._stale or (index not in self._rows and index not in self._void)
            for index in visible
        )
        if not lacking or (visible.start in self._asked and visible.stop - 1 in self._asked):
            return None
        self._asked = around
        return around
