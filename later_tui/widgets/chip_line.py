"""The lower edge of the quick-add box: what was read of the line, and the odds of the draw.

Try it: `python -m later_tui.widgets.chip_line`
"""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from later_tui.widgets.cells import clean, shorten
from later_tui.widgets.ink import ink

BARS = "▁▂▃▄▅▆"
LINES = 3
"""How many lines a sentence may take."""


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


def bars(density: Sequence[float]) -> str:
    """Return `density` as bars of one cell each; nothing at all is a blank.

    An even density is half as high as the highest bar, so that even looks even.
    """
    top = 2 * sum(density) / len(density) if density else 0.0
    if top <= 0:
        return ""
    steps = len(BARS) - 1
    return "".join(
        " " if share <= 0 else BARS[min(round(share / top * steps), steps)] for share in density
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
        """A line; more for a sentence that would not fit into one."""
        return max(len(self._sentences(width)), 1)

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        if width < 8:
            return Strip.blank(width, base)
        edge = base + ink(self, "chip-line--edge-lit" if self.lit else "chip-line--edge")
        room, sentences = width - 4, self._sentences(width)
        if sentences:
            name = "chip-line--problem" if self.said.problem else "chip-line--hint"
            words = Segment(f" {sentences[min(y, len(sentences) - 1)]} ", base + ink(self, name))
            left, right = [words], []
        else:
            right = self._right(base, room)
            left = self._chips(base, room - sum(one.cell_length for one in right))
        used = sum(segment.cell_length for segment in (*left, *right))
        if y + 1 < len(sentences):
            gap = Segment(" " * (room - used), base)
            return Strip([Segment("│ ", edge), *left, gap, Segment(" │", edge)])
        line = Segment("─" * (room - used), edge)
        return Strip([Segment("╰─", edge), *left, line, *right, Segment("─╯", edge)])

    def _sentences(self, width: int) -> list[str]:
        """Return what is to be said, if it is no chips, in lines that fit."""
        sentence = clean(self.said.problem or self.said.hint)
        room = width - 6
        if not sentence or room < 1:
            return []
        if not self.said.problem:
            return [shorten(sentence, room)]
        lines = Text(sentence).wrap(Console(width=room), room)
        return [line.plain.rstrip() for line in lines][:LINES]

    def _chips(self, base: Style, room: int) -> list[Segment]:
        frame = base + ink(self, "chip-line--frame")
        segments: list[Segment] = []
        left = room - 1
        for kind, words in self._words(self.size.width - 4):
            if left < 8:
                break
            text = shorten(words, left - 3)
            segments += [
                Segment(" ⟨", frame),
                Segment(text, base + ink(self, f"chip-line--{kind}")),
                Segment("⟩", frame),
            ]
            left -= cell_len(text) + 3
        return [*segments, Segment(" ", base)] if segments else []

    def _right(self, base: Style, room: int) -> list[Segment]:
        said = self.said
        chips = _cells(self._words(room))
        drawn = bars(said.density)
        odds, line = clean(said.odds), base + ink(self, "chip-line--odds")
        bars_ = Segment(f" {drawn} ", base + ink(self, "chip-line--bars"))
        if odds and drawn and chips + cell_len(odds) + len(drawn) + 6 <= room:
            return [Segment(f" {odds}", line), bars_]
        # Where there is room for one of them, the words say more.
        if odds and chips + cell_len(odds) + 4 <= room:
            return [Segment(f" {odds} ", line)]
        return [bars_] if drawn and chips + len(drawn) + 4 <= room else []

    def _words(self, room: int) -> list[tuple[str, str]]:
        """Return the chips' kinds and words: the short ones where the odds need the room."""
        said = self.said
        long = [(chip.kind, clean(chip.text)) for chip in said.chips]
        wanted = cell_len(clean(said.odds)) + len(bars(said.density)) + 6
        if _cells(long) + wanted <= room:
            return long
        return [(chip.kind, clean(chip.short or chip.text)) for chip in said.chips]


def _cells(chips: Sequence[tuple[str, str]]) -> int:
    return sum(cell_len(words) + 3 for _, words in chips) + 1


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
