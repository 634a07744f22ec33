"""Columns over time, each a stack of parts in their colours, with a legend and a foot.

Try it: `python -m later_tui.widgets.stacked_columns`
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from later_tui.widgets.cells import clean, fit
from later_tui.widgets.ink import ink

EIGHTHS = " ▁▂▃▄▅▆▇█"
HEIGHT = 5
PARTS = ("first", "second", "third")
WIDEST = 4
"""The most cells of a column, the gap behind it included."""
SCALE = 5
"""Cells to the left of the columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its parts from the bottom up, and a share (0 to 1) that its foot shows."""

    parts: tuple[int, ...]
    foot: float | None = None
    label: str = ""
    """Written under the column where there is room; empty for most."""


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
        cells = max(min((width - SCALE) // max(len(self._columns), 1), WIDEST), 1)
        shown = self._columns[-max((width - SCALE) // cells, 1) :]
        top = max((sum(column.parts) for column in shown), default=0) or 1
        if y == 0:
            segments = self._legend()
        elif y <= HEIGHT:
            label = str(top) if y == 1 else "0" if y == HEIGHT else ""
            segments = [self._left(label)]
            for column in shown:
                bar = self._cell(column, HEIGHT - y, top)
                thick = max(cells - 1, 1)
                segments.append(Segment(bar.text * thick, bar.style))
                segments.append(Segment(" " * (cells - thick), base))
        elif self._foot and y == HEIGHT + 1:
            segments = [self._left("")] + [self._share(column.foot, cells) for column in shown]
        else:
            segments = [Segment(_labels(shown, cells), base + self._ink("scale"))]
        return Strip(segments).adjust_cell_length(width, base)

    def _cell(self, column: Column, level: int, top: int) -> Segment:
        """Draw one cell of a column, `level` cells above the bottom.

        Where two parts meet in a full cell, the upper one is the ground of the lower one. A cell
        that is not full has the colour of the part that has most of it.
        """
        base, low, edge = self.rich_style, level * 8.0, 0.0
        within: list[tuple[float, str]] = []
        for name, part in zip(PARTS, column.parts, strict=False):
            begin, edge = edge, edge + part * HEIGHT * 8 / top
            share = min(edge, low + 8) - max(begin, low)
            if share > 0.25:
                within.append((share, name))
        if not within:
            return Segment(" ", base)
        full = sum(share for share, _ in within)
        if full < 7.5 or len(within) == 1:
            block = EIGHTHS[max(1, min(round(full), 8))]
            return Segment(block, base + self._ink(max(within)[1]))
        upper = self._ink(within[1][1]).color or Color.default()
        block = EIGHTHS[max(1, min(round(within[0][0]), 7))]
        style = base + self._ink(within[0][1]) + Style(bgcolor=upper)
        return Segment(block, style)

    def _share(self, share: float | None, cells: int) -> Segment:
        base, thick = self.rich_style, max(cells - 1, 1)
        if not share:
            mark, name = ("·", "none") if share is not None else (" ", "none")
            return Segment(mark.ljust(cells), base + self._ink(name))
        step = max(1, min(round(share * 8), 8))
        return Segment((EIGHTHS[step] * thick).ljust(cells), base + self._ink("foot"))

    def _legend(self) -> list[Segment]:
        base = self.rich_style
        muted = base + self._ink("scale")
        segments = [Segment(" " * SCALE, base)]
        for part, name in zip(PARTS, self._names, strict=False):
            segments += [
                Segment("■ ", base + self._ink(part)),
                Segment(f"{clean(name)}   ", muted),
            ]
        if self._foot:
            segments += [
                Segment("▂ ", base + self._ink("foot")),
                Segment(clean(self._foot), muted),
            ]
        return segments

    def _left(self, label: str) -> Segment:
        words = f"{fit(label, SCALE - 2, right=True)}  "
        return Segment(words, self.rich_style + self._ink("scale"))

    def _ink(self, part: str) -> Style:
        return ink(self, f"stacked-columns--{part}")


def _labels(columns: Sequence[Column], cells: int) -> str:
    """Return the labels under their columns; one that would touch the one before is left out."""
    words = " " * SCALE
    for at, column in enumerate(columns):
        place = SCALE + at * cells
        label = clean(column.label)
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
