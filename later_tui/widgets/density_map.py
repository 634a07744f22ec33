"""A row a day, a bar a half hour or hour: how much is expected when. Closed hours are marked.

Try it: `python -m later_tui.widgets.density_map`
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from later_tui.widgets.cells import clean, fit
from later_tui.widgets.ink import ink

BARS = "▁▂▃▄▅▆▇"
"""None fills its cell: days that are all full still stand apart."""
CLOSED = "╌"
LABEL = 12
GAP = 2
"""Cells before the totals."""
NARROW = 12
"""The fewest bars of a row; neighbours are put together where there is no room for more."""
STEEPEST = 4
"""A full bar is at most this many times the mean; an exact time stands out, it does not rule."""
WIDEST = 3
"""The most cells of a bar; between one and this many, some bars are a cell wider than others."""


@dataclass(frozen=True, slots=True)
class DensityRow:
    """A day: its name, the values of its equal parts (None: closed), and its sum in words."""

    label: str
    values: tuple[float | None, ...]
    total: str = ""
    marked: bool = False
    """Whether the name stands out: today, the weekend's first day."""


class DensityMap(Widget):
    """The rows below a line of hours; every row has the same scale."""

    DEFAULT_CSS = """
    DensityMap {
        height: auto;
        & > .density-map--label { color: $text-muted; }
        & > .density-map--marked { color: $foreground; text-style: bold; }
        & > .density-map--bar { color: $primary 70%; }
        & > .density-map--closed { color: $text-disabled; }
        & > .density-map--total { color: $foreground; }
        & > .density-map--nothing { color: $text-disabled; }
        & > .density-map--head { color: $text-muted; }
        &:ansi > .density-map--bar { color: $primary; }
        &:ansi > .density-map--label, &:ansi > .density-map--head { text-style: dim; }
        &:ansi > .density-map--closed, &:ansi > .density-map--nothing { text-style: dim; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"density-map--{part}" for part in ("label", "marked", "bar", "closed")),
        *(f"density-map--{part}" for part in ("total", "nothing", "head")),
    }

    def __init__(self, rows: Sequence[DensityRow] = (), heading: str = "") -> None:
        """`heading` stands over the totals, and says what they are of."""
        super().__init__()
        self._rows = tuple(rows)
        self._heading = clean(heading)

    @property
    def rows(self) -> tuple[DensityRow, ...]:
        """The rows as they are shown."""
        return self._rows

    def show(self, rows: Sequence[DensityRow]) -> None:
        """Show `rows` instead of those that were shown."""
        self._rows = tuple(rows)
        self.refresh(layout=True)

    def get_content_height(
        self,
        container: Size,  # noqa: ARG002
        viewport: Size,  # noqa: ARG002
        width: int,  # noqa: ARG002
    ) -> int:
        return len(self._rows) + 1 if self._rows else 0

    def render_line(self, y: int) -> Strip:
        base, width = self.rich_style, self.content_size.width
        totals = self._totals()
        step, cells = self._scale(width - LABEL - totals)
        if y == 0:
            return self._head(cells, totals).adjust_cell_length(width, base)
        if y > len(self._rows):
            return Strip.blank(width, base)
        row = self._rows[y - 1]
        name = "marked" if row.marked else "label"
        segments = [Segment(fit(clean(row.label), LABEL), base + self._ink(name))]
        top = self._top(step)
        values = _joined(row.values, step)
        segments += [self._bar(values[at * len(values) // cells], top) for at in range(cells)]
        name = "total" if any(row.values) else "nothing"
        segments.append(Segment(fit(clean(row.total), totals, right=True), base + self._ink(name)))
        return Strip(segments).simplify().adjust_cell_length(width, base)

    def _bar(self, value: float | None, top: float) -> Segment:
        base = self.rich_style
        if value is None:
            return Segment(CLOSED, base + self._ink("closed"))
        if value <= 0 or top <= 0:
            return Segment(" ", base)
        # Less a little: a sum of floats that should be the top is not above it.
        step = min(ceil(value / top * len(BARS) - 1e-6), len(BARS))
        return Segment(BARS[max(step, 1) - 1], base + self._ink("bar"))

    def _head(self, cells: int, totals: int) -> Strip:
        words = " " * LABEL
        for hour in (0, 6, 12, 18):
            place = hour * cells // 24
            if not hour or place + len(f"{hour} ") <= cells - 2:
                words = fit(words, LABEL + place) + str(hour)
        words = fit(words, LABEL + cells - 2) + "24" + fit(self._heading, totals, right=True)
        return Strip([Segment(words, self.rich_style + self._ink("head"))])

    def _totals(self) -> int:
        """Return how many cells the totals and their heading have, the gap before them included."""
        widest = max((cell_len(clean(row.total)) for row in self._rows), default=0)
        return max(widest, cell_len(self._heading)) + GAP

    def _scale(self, room: int) -> tuple[int, int]:
        """Return how many parts make a bar, and how many cells of `room` all bars of a row have."""
        parts = max((len(row.values) for row in self._rows), default=NARROW)
        step = 1
        while parts // step > max(room, NARROW) and parts % (step * 2) == 0:
            step *= 2
        bars = parts // step
        return step, max(min(room, bars * WIDEST), bars)

    def _top(self, step: int) -> float:
        """Return the value of a full bar: the highest, unless that would make all others flat."""
        found = [value or 0.0 for row in self._rows for value in _joined(row.values, step)]
        seen = [value for value in found if value > 0]
        return min(max(seen), sum(seen) / len(seen) * STEEPEST) if seen else 0.0

    def _ink(self, part: str) -> Style:
        return ink(self, f"density-map--{part}")


def _joined(values: Sequence[float | None], step: int) -> list[float | None]:
    """Return the sums of `step` neighbours each; closed only where all of them are."""
    joined: list[float | None] = []
    for at in range(0, len(values), step):
        part = [value for value in values[at : at + step] if value is not None]
        joined.append(sum(part) if part else None)
    return joined


def _demo() -> None:
    from math import sin

    from textual.app import App, ComposeResult

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            days = ("today", "tomorrow", "Thu 26 Nov", "Fri 27 Nov", "Sat 28 Nov")
            yield DensityMap(
                [
                    DensityRow(
                        day,
                        tuple(
                            None if slot < 14 or slot >= 44 else (2 + sin(slot / 5 + at)) / (at + 1)
                            for slot in range(48)
                        ),
                        f"{9 - at}.5",
                        at == 0,
                    )
                    for at, day in enumerate(days)
                ],
                "≈ thoughts",
            )

    Demo().run()


if __name__ == "__main__":
    _demo()
