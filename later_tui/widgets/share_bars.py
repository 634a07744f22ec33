"""Named bars of parts, the longest of which fills the room, and how many each part has.

Try it: `python -m later_tui.widgets.share_bars`
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from later_tui.widgets.cells import clean, fit
from later_tui.widgets.ink import ink
from later_tui.widgets.parts import LINES, PARTS, by_shape

GAP = 2
LEAST_NAME = 12
"""Cells that a long name has at least; it has more where there is room."""
ROOMY_BAR = 16
"""Cells that the longest bar keeps when a long name takes more."""
LEAST_BAR = 8
"""Cells that the longest bar has at least, before the headings are shortened or left out."""
LEAST_SHAPED = 5
"""The same where parts differ by shape: without the marks of the headings shapes mean nothing."""


@dataclass(frozen=True, slots=True)
class Share:
    """One bar: its name, and its parts from the left."""

    name: str
    parts: tuple[int, ...]


class _Columns(NamedTuple):
    """The cells of a line: the name's and the counts' with their gaps, and the bar's between."""

    name: int
    bar: int
    counts: tuple[int, ...]
    marked: bool
    """Whether the headings have the mark of their part before them."""


class ShareBars(Widget):
    """A line of headings, and the bars, one a line."""

    DEFAULT_CSS = """
    ShareBars {
        height: auto;
        & > .share-bars--name { color: $foreground; }
        & > .share-bars--head { color: $text-muted; }
        & > .share-bars--count { color: $foreground; }
        & > .share-bars--none { color: $text-disabled; }
        & > .share-bars--first { color: $success; }
        & > .share-bars--second { color: $secondary; }
        & > .share-bars--third { color: $warning; }
        &:ansi > .share-bars--head, &:ansi > .share-bars--none { text-style: dim; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"share-bars--{part}" for part in (*PARTS, "name", "head", "count", "none")),
    }

    def __init__(self, names: Sequence[str]) -> None:
        """`names` are those of the parts."""
        super().__init__()
        self._names = tuple(clean(name) for name in names)
        self._shares: tuple[Share, ...] = ()

    def show(self, shares: Sequence[Share]) -> None:
        """Show `shares` instead of those that were shown."""
        self._shares = tuple(shares)
        self.refresh(layout=True)

    def get_content_height(
        self,
        container: Size,  # noqa: ARG002
        viewport: Size,  # noqa: ARG002
        width: int,  # noqa: ARG002
    ) -> int:
        return len(self._shares) + 1 if self._shares else 0

    def render_line(self, y: int) -> Strip:
        base, width = self.rich_style, self.content_size.width
        if y > len(self._shares) or not self._shares:
            return Strip.blank(width, base)
        columns = self._fitting(width)
        segments = self._head(columns) if y == 0 else self._line(self._shares[y - 1], columns)
        return Strip(segments).adjust_cell_length(width, base)

    def _fitting(self, width: int) -> _Columns:
        """Return the columns in which the longest bar has room; else without what may be missed."""
        longest = max(cell_len(clean(one.name)) for one in self._shares)
        for marked in (True, False):
            counts = tuple(self._count(at, marked=marked) for at in range(len(self._names)))
            room = width - sum(counts) - GAP
            name = min(longest, max(room - ROOMY_BAR, LEAST_NAME), max(width // 3, LEAST_NAME))
            if room - name >= (LEAST_SHAPED if by_shape(self) else LEAST_BAR):
                return _Columns(name + GAP, room - name, counts, marked)
        name = min(longest, LEAST_NAME) + GAP
        return _Columns(name, max(width - name, 1), (), marked=False)

    def _count(self, part: int, *, marked: bool) -> int:
        counts = [f"{one.parts[part]:,}" for one in self._shares if part < len(one.parts)]
        head = cell_len(self._names[part]) + (2 if marked else 0)
        return max(head, *map(len, counts), 1) + GAP

    def _head(self, columns: _Columns) -> list[Segment]:
        base = self.rich_style
        segments = [Segment(" " * (columns.name + columns.bar), base)]
        for part, glyph, name, cells in self._of_parts(columns):
            mark = f"{glyph} " if columns.marked else ""
            pad = " " * (cells - cell_len(name) - len(mark))
            segments += [
                Segment(pad + mark, base + self._ink(part)),
                Segment(name, base + self._ink("head" if mark else part)),
            ]
        return segments

    def _line(self, share: Share, columns: _Columns) -> list[Segment]:
        base = self.rich_style
        name = fit(clean(share.name), columns.name - GAP) + " " * GAP
        segments = [Segment(name, base + self._ink("name")), *self._bar(share, columns.bar)]
        for at, (*_, cells) in enumerate(self._of_parts(columns)):
            count = share.parts[at] if at < len(share.parts) else 0
            words, style = (f"{count:,}", "count") if count else ("·", "none")
            segments.append(Segment(fit(words, cells, right=True), base + self._ink(style)))
        return segments

    def _bar(self, share: Share, room: int) -> list[Segment]:
        base = self.rich_style
        most = max(sum(one.parts) for one in self._shares) or 1
        segments, drawn, edge = [], 0, 0
        for at, (part, glyph) in enumerate(zip(PARTS, self._glyphs(), strict=True)):
            count, *others = share.parts[at:] or (0,)
            edge += count  # the whole is rounded, not each part: equal sums are equally long
            cells = max(round(edge * room / most) - drawn, 1) if count else 0
            # Each of the others is seen, too.
            cells = max(min(cells, room - drawn - sum(1 for other in others if other)), 0)
            drawn += cells
            segments.append(Segment(glyph * cells, base + self._ink(part)))
        return [*segments, Segment(" " * (room - drawn), base)]

    def _of_parts(self, columns: _Columns) -> Iterator[tuple[str, str, str, int]]:
        return zip(PARTS, self._glyphs(), self._names, columns.counts, strict=False)

    def _glyphs(self) -> str:
        return LINES if by_shape(self) else LINES[0] * len(LINES)

    def _ink(self, part: str) -> Style:
        return ink(self, f"share-bars--{part}")


def _demo() -> None:
    from textual.app import App, ComposeResult

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            yield ShareBars(("done", "let go", "waiting"))

        def on_mount(self) -> None:
            self.query_one(ShareBars).show(
                [
                    Share("#family", (12, 3, 1)),
                    Share("#a-name-that-is-longer-than-it-should-be", (4, 7, 0)),
                    Share("no tag", (1, 0, 0)),
                ]
            )

    Demo().run()


if __name__ == "__main__":
    _demo()
