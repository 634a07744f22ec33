"""Columns over time, each a stack of parts, with a legend and a foot.

Try it: `python -m later_tui.widgets.stacked_columns`
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from later_tui.widgets.cells import clean, fit
from later_tui.widgets.ink import ink
from later_tui.widgets.parts import PARTS, SHADES, by_shape, full

EIGHTHS = " ▁▂▃▄▅▆▇█"
FOOT = 6
"""The eighths of a cell that a share of 1 has at the foot: it must not touch the column above."""
HEIGHT = 8
FEWEST = 30
"""So many columns are shown where they fit; more of them where there is room for more."""
WIDEST = 4
"""The most cells of a column, the gap behind it included."""
SCALE = 6
"""Cells to the left of the columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its parts from the bottom up, and a share (0 to 1) that its foot shows."""

    parts: tuple[int, ...]
    foot: float | None = None
    label: str = ""
    """Written under the column where there is room; empty for most."""


Within = list[tuple[float, int]]
"""The eighths of a cell that parts have, and which parts these are, from the bottom up."""


class _Fitting(NamedTuple):
    """The columns that are shown, and the cells that each has; of these, so many are drawn."""

    columns: Sequence[Column]
    cells: int
    thick: int


class StackedColumns(Widget):
    """The columns that fit, the last ones if not all do."""

    DEFAULT_CSS = """
    StackedColumns {
        height: auto;
        & > .stacked-columns--first { color: $success; }
        & > .stacked-columns--second { color: $secondary; }
        & > .stacked-columns--third { color: $warning; }
        & > .stacked-columns--scale { color: $text-muted; }
        & > .stacked-columns--foot { color: $error; }
        & > .stacked-columns--none { color: $text-disabled; }
        &:ansi > .stacked-columns--scale, &:ansi > .stacked-columns--none { text-style: dim; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"stacked-columns--{part}" for part in (*PARTS, "scale", "foot", "none")),
    }

    def __init__(self, names: Sequence[str], foot: str = "") -> None:
        """`names` are those of the parts, from the bottom up; `foot` that of the share."""
        super().__init__()
        self._names = tuple(names)
        self._foot = foot
        self._columns: tuple[Column, ...] = ()

    def show(self, columns: Sequence[Column]) -> None:
        """Show `columns` instead of those that were shown."""
        self._columns = tuple(columns)
        self.refresh(layout=True)

    def get_content_height(
        self,
        container: Size,  # noqa: ARG002
        viewport: Size,  # noqa: ARG002
        width: int,  # noqa: ARG002
    ) -> int:
        return HEIGHT + 2 + bool(self._foot)

    def render_line(self, y: int) -> Strip:
        base, width = self.rich_style, self.content_size.width
        fitting = self._fitting(width - SCALE)
        shown, gap = fitting.columns, Segment(" " * (fitting.cells - fitting.thick), base)
        if y == 0:
            segments = self._legend(width)
        elif y <= HEIGHT:
            top = max((sum(column.parts) for column in shown), default=0) or 1
            segments = [self._left(_short(top) if y == 1 else "0" if y == HEIGHT else "")]
            for column in shown:
                segments += [self._cell(column, HEIGHT - y, top, fitting.thick), gap]
        elif self._foot and y == HEIGHT + 1:
            segments = [self._left("")]
            for column in shown:
                segments += [self._share(column.foot, fitting.thick), gap]
        else:
            words = _labels(shown, fitting.cells, width)
            segments = [Segment(words, base + self._ink("scale"))]
        return Strip(segments).adjust_cell_length(width, base)

    def _fitting(self, room: int) -> _Fitting:
        """Return the columns for `room` cells: all alike, and as many as fill it."""
        wanted = max(min(len(self._columns), FEWEST), 1)
        cells = max(min(room // wanted, WIDEST), 1)
        return _Fitting(self._columns[-max(room // cells, 1) :], cells, max(cells - 1, 1))

    def _cell(self, column: Column, level: int, top: int, thick: int) -> Segment:
        """Draw one cell of a column, `level` cells above the bottom.

        Above the bottom a cell is full or blank: the lower blocks of many a font leave a line
        under themselves, which would cut the column. Of the parts that meet in a cell, the two that
        have most of it are seen; a column of anything at all is never blank.
        """
        low, edge, fresh = level * 8.0, 0.0, level == 0
        within: Within = []
        for at, part in enumerate(column.parts[: len(PARTS)]):
            begin, edge = edge, edge + part * HEIGHT * 8 / top
            eighths = min(edge, low + 8) - max(begin, low)
            if eighths > 0.25:
                within.append((eighths, at))
                fresh = fresh or begin >= low
        if not within and level == 0 and any(column.parts):
            within = [(0.0, column.parts.index(max(column.parts)))]
        filled = sum(eighths for eighths, _ in within)
        if not within or (filled < 4 and not fresh):
            return Segment(" " * thick, self.rich_style)
        within = sorted(nlargest(2, within), key=itemgetter(1))
        most = PARTS[max(within)[1]]
        if by_shape(self):
            return Segment(SHADES[PARTS.index(most)] * thick, self.rich_style + self._ink(most))
        if level == 0 and filled < 7.5:
            block = EIGHTHS[max(1, round(filled))]
            return Segment(block * thick, self.rich_style + self._ink(most))
        return self._full(within, thick)

    def _full(self, within: Within, thick: int) -> Segment:
        """Draw a full cell; where two parts meet in it, the lower one is the ground of the upper.

        Their border is where a block from above has its own: one from below leaves that line.
        """
        (eighths, lower), *above = within
        if not above:
            return full(self._ink(PARTS[lower]), thick)
        ground = Style(bgcolor=self._ink(PARTS[lower]).color)
        block = "▔" if eighths >= 6 else "▀"
        return Segment(block * thick, self._ink(PARTS[above[0][1]]) + ground)

    def _share(self, share: float | None, thick: int) -> Segment:
        base = self.rich_style
        if not share:
            mark = "·" if share is not None else " "
            return Segment(mark.ljust(thick), base + self._ink("none"))
        step = max(1, min(round(share * FOOT), FOOT))
        return Segment(EIGHTHS[step] * thick, base + self._ink("foot"))

    def _legend(self, width: int) -> list[Segment]:
        base, glyphs = self.rich_style, SHADES if by_shape(self) else "■" * len(PARTS)
        told = list(zip(PARTS, glyphs, map(clean, self._names), strict=False))
        told += [("foot", "▂", clean(self._foot))] if self._foot else []
        wide = SCALE + sum(2 + cell_len(name) for *_, name in told)
        gap = " " * (3 if wide + 3 * len(told) <= width + 3 else 2)
        segments = [Segment(" " * SCALE, base)]
        for part, glyph, name in told:
            segments.append(Segment(f"{glyph} ", base + self._ink(part)))
            segments.append(Segment(name + gap, base + self._ink("scale")))
        return segments

    def _left(self, label: str) -> Segment:
        words = f"{fit(label, SCALE - 1, right=True)} "
        return Segment(words, self.rich_style + self._ink("scale"))

    def _ink(self, part: str) -> Style:
        return ink(self, f"stacked-columns--{part}")


def _short(count: int) -> str:
    """Return a count in so few cells that the scale has room for it: "9,999", "20k", "3M"."""
    for least, unit in ((1_000_000, 1_000_000), (10_000, 1_000)):
        if count >= least:
            return f"{count // unit:,}{'M' if unit > 1_000 else 'k'}"
    return f"{count:,}"


def _labels(columns: Sequence[Column], cells: int, width: int) -> str:
    """Return the labels under their columns; one that would touch the one before is left out.

    The last may begin before its column, so that it stands whole in `width` cells.
    """
    words = " " * SCALE
    for at, column in enumerate(columns):
        label = clean(column.label)
        place = max(min(SCALE + at * cells, width - cell_len(label)), SCALE)
        if label and (cell_len(words.rstrip()) < place or not words.strip()):
            words = fit(words, place) + label
    return words


def _demo() -> None:
    from textual.app import App, ComposeResult

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            yield StackedColumns(("done", "let go", "waiting"), "sent late")

        def on_mount(self) -> None:
            self.query_one(StackedColumns).show(
                [
                    Column(
                        (day * 7 % 5, day * 3 % 4, day % 9 == 0),
                        day % 6 / 6,
                        f"{day} Nov" if day % 7 == 1 else "",
                    )
                    for day in range(1, 31)
                ]
            )

    Demo().run()


if __name__ == "__main__":
    _demo()
