"""Lines of a label and words; words that do not fit go on below themselves, not below the label.

Try it: `python -m later_tui.widgets.labelled`
"""

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.text import Text

from later_tui.widgets.cells import apart, clean, fit
from later_tui.widgets.ink import ink
from later_tui.widgets.lines import Lines

KINDS = ("plain", "soft", "open", "bars", "good", "warn", "bad")
GAP = 2


class LabelledLine(NamedTuple):
    """A label, what is said beside it, and how that is meant (one of `KINDS`)."""

    label: str
    words: str
    kind: str = "plain"


class Labelled(Lines[tuple[int, LabelledLine]]):
    """The lines; the labels have one column, as wide as the widest of them up to a half."""

    DEFAULT_CSS = """
    Labelled {
        & > .labelled--label { color: $text-muted; }
        & > .labelled--plain { color: $foreground; }
        & > .labelled--soft { color: $text-muted; }
        & > .labelled--open { color: $accent; }
        & > .labelled--bars { color: $primary; }
        & > .labelled--good { color: $success; }
        & > .labelled--warn { color: $warning; }
        & > .labelled--bad { color: $error; }
        &:ansi > .labelled--label, &:ansi > .labelled--soft { text-style: dim; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"labelled--{name}" for name in ("label", *KINDS)}

    def __init__(self, lines: Sequence[LabelledLine] = (), *, label: int = 0) -> None:
        """`label` is the least width of the labels' column, cells."""
        super().__init__()
        self._lines = tuple(lines)
        self._least = label

    @property
    def lines(self) -> tuple[LabelledLine, ...]:
        """The lines as they were given."""
        return self._lines

    def rows_of(self, first: int, last: int) -> tuple[int, int]:
        """Return where the lines `first` to `last` are drawn: the first row, and how many."""
        at = [index for index, _ in self.made(self.content_size.width)]
        rows = [row for row, index in enumerate(at) if first <= index <= last]
        return (rows[0], len(rows)) if rows else (0, 0)

    def show(self, lines: Sequence[LabelledLine]) -> None:
        """Show `lines` instead of those that were shown."""
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self.make_anew()

    def draw(self, line: tuple[int, LabelledLine], width: int) -> Sequence[Segment]:
        (_, (label, words, kind)), base, column = line, self.rich_style, self._column(width)
        label = fit(clean(label), column - GAP) + " " * GAP if column else ""
        kind = kind if kind in KINDS else "plain"
        return [
            Segment(label, base + ink(self, "labelled--label")),
            Segment(words, base + ink(self, f"labelled--{kind}")),
        ]

    def _column(self, width: int) -> int:
        widest = max((cell_len(clean(line.label)) for line in self._lines), default=0)
        return min(max(widest + GAP if widest else 0, self._least), width // 2)

    def make(self, width: int) -> Iterator[tuple[int, LabelledLine]]:
        """Yield the lines as they fit, each with the number of its whole."""
        room = max(width - self._column(width), 1)
        for number, line in enumerate(self._lines):
            for at, part in enumerate(_parts(apart(clean(line.words)), room)):
                yield number, LabelledLine("" if at else line.label, part, line.kind)


def _parts(words: str, room: int) -> Iterator[str]:
    """Yield `words` in pieces of at most `room` cells, broken behind a semicolon if that fits.

    A single word of a clause, left over on a line of its own, would say nothing.
    """
    if cell_len(words) <= room:
        yield words
        return
    *clauses, last = words.split("; ")
    piece = ""
    for clause in (*(f"{one};" for one in clauses), last):
        longer = f"{piece} {clause}" if piece else clause
        if cell_len(longer) <= room:
            piece = longer
            continue
        if piece:
            yield piece
        *whole, piece = _broken(clause, room)
        yield from whole
    yield piece


def _broken(clause: str, room: int) -> list[str]:
    """Return a clause in lines of at most `room` cells, broken between words."""
    if cell_len(clause) <= room:
        return [clause]
    return [part.plain.rstrip() for part in Text(clause).wrap(Console(width=room), room)]


def _demo() -> None:
    from textual.app import App, ComposeResult

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            yield Labelled(
                [
                    LabelledLine("state", "waits for its moment"),
                    LabelledLine("chances", "▂▂ ▃▃▁  ▂▂", "bars"),
                    LabelledLine("moment", "sealed; p peeks", "soft"),
                    LabelledLine("email", "failed after 3 attempts: 550 no such user " * 4, "bad"),
                ]
            )

    Demo().run()


if __name__ == "__main__":
    _demo()
