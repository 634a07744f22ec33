"""The lower edge of the quick-add box: what was read of the line, and the odds of the draw.

Try it: `python -m later_tui.widgets.chip_line`
"""

from collections.abc import Sequence
from itertools import groupby
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from later_tui.widgets.cells import clean
from later_tui.widgets.chip_rows import MORE, Placed, rows, width
from later_tui.widgets.ink import ink
from later_tui.widgets.wrapping import wrapped

BARS = "▁▂▃▄▅▆"
CLOSED = "·"
"""In the place of a bar where no draw can fall: to be told from a low bar, and from no bar."""
EDGE = "─"
EVEN = 2
"""Which of the bars is the mean: the middle of a step, so that a trifle more or less shows not."""
LINES = 4
"""How many lines a sentence may take."""
ROWS, ROOMY = 2, 24
"""How many rows the chips may take in a terminal of at least so many lines; in a lower one, one."""


class Chip(NamedTuple):
    """One thing that was read, in words, and what kind of thing it is."""

    text: str
    kind: str = "window"
    """`window`, `tag` or `channel`"""
    short: str = ""
    """The same in fewer words, for where the others would leave no room for the odds."""


class Said(NamedTuple):
    """What the line says: chips and odds; or a sentence of what cannot be read, or a hint."""

    chips: tuple[Chip, ...] = ()
    odds: str = ""
    density: tuple[float, ...] = ()
    """Shares of the draw over equal parts of the window; drawn as bars."""
    problem: str = ""
    hint: str = ""
    brief: str = ""
    """The hint in fewer words, for where it would not fit into one line."""


def bars(density: Sequence[float], closed: str = CLOSED) -> str:
    """Return `density` as bars of one cell each; `closed` stands where there is nothing at all.

    An even density is half as high as the highest bar, so that even looks even.
    """
    mean = sum(density) / len(density) if density else 0.0
    if mean <= 0:
        return ""
    return "".join(
        closed if share <= 0 else BARS[min(round(share / mean * EVEN), len(BARS) - 1)]
        for share in density
    )


class ChipLine(Widget):
    """A border's bottom line with the readings set into it."""

    DEFAULT_CSS = """
    ChipLine {
        height: auto;
        & > .chip-line--edge { color: $border-blurred; }
        & > .chip-line--edge-lit { color: $primary; }
        & > .chip-line--window { color: $secondary; }
        & > .chip-line--tag { color: $success; }
        & > .chip-line--channel { color: $foreground; }
        & > .chip-line--frame { color: $text-muted; }
        & > .chip-line--odds { color: $text-muted; }
        & > .chip-line--bars { color: $primary; }
        & > .chip-line--problem { color: $warning; }
        & > .chip-line--hint { color: $text-muted; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"chip-line--{part}" for part in ("edge", "edge-lit", "window", "tag", "channel")),
        *(f"chip-line--{part}" for part in ("frame", "odds", "bars", "problem", "hint")),
    }

    lit: reactive[bool] = reactive(False)
    said: reactive[Said] = reactive(Said())

    def watch_said(self) -> None:
        self.refresh(layout=True)

    def get_content_height(
        self,
        container: Size,  # noqa: ARG002
        viewport: Size,  # noqa: ARG002
        width: int,
    ) -> int:
        """A line; more for a sentence, or for chips, that would not fit into one."""
        return max(len(self._sentences(width)) or len(self._rows(width - 4)), 1)

    def render_line(self, y: int) -> Strip:
        across, base = self.size.width, self.rich_style
        if across < 8:
            return Strip.blank(across, base)
        edge = base + ink(self, "chip-line--edge-lit" if self.lit else "chip-line--edge")
        room, sentences = across - 4, self._sentences(across)
        left: list[Segment] = []
        right: list[Segment] = []
        if sentences:
            name = "chip-line--problem" if self.said.problem else "chip-line--hint"
            words = sentences[min(y, len(sentences) - 1)]
            left, last = [Segment(f" {words} ", base + ink(self, name))], len(sentences) - 1
        elif placed := self._rows(room):
            last = len(placed) - 1
            row = placed[min(y, last)]
            left = self._chips(base, row)
            right = self._right(base, edge, room - width(row)) if y >= last else []
        else:
            last, right = 0, self._right(base, edge, room)
        used = sum(segment.cell_length for segment in (*left, *right))
        if y < last:
            gap = Segment(" " * (room - used), base)
            return Strip([Segment("│ ", edge), *left, gap, Segment(" │", edge)])
        line = Segment(EDGE * (room - used), edge)
        return Strip([Segment("╰─", edge), *left, line, *right, Segment("─╯", edge)])

    def _sentences(self, width: int) -> tuple[str, ...]:
        """Return what is to be said, if it is no chips, in lines that fit."""
        said, room = self.said, width - 6
        if room < 1:
            return ()
        hint = said.brief if said.brief and cell_len(clean(said.hint)) > room else said.hint
        return wrapped(clean(said.problem or hint), room, LINES)

    def _rows(self, room: int) -> list[list[Placed]]:
        """Return the chips as they fit into `room` cells."""
        said = self.said
        if not said.chips:
            return []
        odds = cell_len(clean(said.odds))
        return rows(
            [Placed(chip.kind, clean(chip.text)) for chip in said.chips],
            [Placed(chip.kind, clean(chip.short or chip.text)) for chip in said.chips],
            beside=odds + len(said.density) + 5,
            least=odds + 3 if odds else 0,
            room=room,
            most=ROWS if self.app.size.height >= ROOMY else 1,
        )

    def _chips(self, base: Style, row: Sequence[Placed]) -> list[Segment]:
        frame = base + ink(self, "chip-line--frame")
        segments: list[Segment] = []
        for kind, words in row:
            if kind == MORE:
                segments.append(Segment(f" {words}", frame))
                continue
            told = Segment(words, base + ink(self, f"chip-line--{kind}"))
            segments += [Segment(" ⟨", frame), told, Segment("⟩", frame)]
        return [*segments, Segment(" ", base)]

    def _right(self, base: Style, edge: Style, room: int) -> list[Segment]:
        """Return the odds and the bars, as far as there is `room` for them, and an edge, cells."""
        odds, line = clean(self.said.odds), base + ink(self, "chip-line--odds")
        drawn = self._bars(base, edge)
        if odds and drawn and cell_len(odds) + len(self.said.density) + 5 <= room:
            return [Segment(f" {odds}", line), *drawn]
        # Where there is room for one of them, the words say more.
        if odds and cell_len(odds) + 3 <= room:
            return [Segment(f" {odds} ", line)]
        return drawn if len(self.said.density) + 3 <= room else []

    def _bars(self, base: Style, edge: Style) -> list[Segment]:
        """Return the bars; where no draw can fall, the edge goes on."""
        drawn, ink_ = bars(self.said.density, EDGE), base + ink(self, "chip-line--bars")
        if not drawn:
            return []
        runs = ("".join(run) for _, run in groupby(drawn, EDGE.__eq__))
        told = [Segment(run, edge if run[0] == EDGE else ink_) for run in runs]
        blank = Segment(" ", base)
        return [blank, *told, blank]


def _demo() -> None:
    from textual.app import App, ComposeResult

    chips = (
        Chip("within 3 days, before Fri 27 Nov 09:10", short="before Fri"),
        Chip("#family", "tag"),
        Chip("desktop", "channel"),
    )

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            yield ChipLine()
            yield ChipLine()

        def on_mount(self) -> None:
            read, unread = self.query(ChipLine)
            read.said = Said(chips, "62 % by tomorrow", (1, 2, 4, 5, 4, 2, 1, 1, 0, 4, 5, 2))
            unread.said = Said(problem='"3 dasy" has the unit "dasy"; write for example 3 d')

    Demo().run()


if __name__ == "__main__":
    _demo()
