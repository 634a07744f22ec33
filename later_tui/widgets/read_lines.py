"""Lines as they were read: when each comes back, the thought, and what else was said of it.

Try it: `python -m later_tui.widgets.read_lines`
"""

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment

from later_tui.widgets.cells import apart, clean, fit
from later_tui.widgets.ink import ink
from later_tui.widgets.lines import Lines
from later_tui.widgets.wrapping import wrapped

GAP = 2
BETWEEN = " · "


class ReadLine(NamedTuple):
    """A line, or what could not be read of it."""

    label: str
    words: str
    beside: tuple[str, ...] = ()
    """What else was read of it."""
    fault: str = ""
    """Why it could not be read; then `label` says that it was not."""


class _Drawn(NamedTuple):
    """A line of the screen: its label, and its words, each with their ink."""

    label: str
    parts: tuple[tuple[str, str], ...]
    fault: bool = False


class ReadLines(Lines[_Drawn]):
    """The lines; what else was read stands behind the thought, or below where that is too long."""

    DEFAULT_CSS = """
    ReadLines {
        & > .read-lines--label { color: $secondary; }
        & > .read-lines--words { color: $foreground; }
        & > .read-lines--soft { color: $text-muted; }
        & > .read-lines--fault { color: $warning; }
        &:ansi > .read-lines--soft { text-style: dim; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"read-lines--{part}" for part in ("label", "words", "soft", "fault")
    }

    def __init__(self, lines: Sequence[ReadLine] = (), *, more: str = "") -> None:
        """`more` is said below the lines."""
        super().__init__()
        self._lines, self._more = tuple(lines), more

    @property
    def lines(self) -> tuple[ReadLine, ...]:
        """The lines as they were given."""
        return self._lines

    def show(self, lines: Sequence[ReadLine], *, more: str = "") -> None:
        """Show `lines` instead of those that were shown."""
        if (tuple(lines), more) != (self._lines, self._more):
            self._lines, self._more = tuple(lines), more
            self.make_anew()

    def draw(self, line: _Drawn, width: int) -> Sequence[Segment]:
        base, column = self.rich_style, self._column(width)
        label = fit(line.label, column - GAP) + " " * GAP if column else ""
        tint = ink(self, "read-lines--fault" if line.fault else "read-lines--label")
        parts = [
            Segment(words, base + ink(self, f"read-lines--{name}")) for words, name in line.parts
        ]
        return [Segment(label, base + tint), *parts]

    def _column(self, width: int) -> int:
        widest = max((cell_len(clean(line.label)) for line in self._lines), default=0)
        return min(widest + GAP if widest else 0, width // 2)

    def make(self, width: int) -> Iterator[_Drawn]:
        room = max(width - self._column(width), 2)
        for line in self._lines:
            label, fault = clean(line.label), bool(line.fault)
            first = "fault" if fault else "words"
            rows = [[(part, first)] for part in wrapped(clean(line.words), room)] or [[]]
            beside = BETWEEN.join(apart(clean(one)) for one in line.beside)
            last = sum(cell_len(part) for part, _ in rows[-1])
            if beside and last + cell_len(BETWEEN + beside) <= room:
                rows[-1].append((BETWEEN + beside, "soft"))
            elif beside:
                rows += [[(part, "soft")] for part in _apart(line.beside, room)]
            rows += [[(part, "soft")] for part in wrapped(clean(line.fault), room)]
            for at, row in enumerate(rows):
                yield _Drawn("" if at else label, tuple(row), fault)
        for part in wrapped(clean(self._more), room):
            yield _Drawn("", ((part, "soft"),))


def _apart(beside: Sequence[str], room: int) -> Iterator[str]:
    """Yield what else was read in lines of at most `room` cells, no dot at the end of any."""
    line = ""
    for words in (apart(clean(one)) for one in beside):
        longer = f"{line}{BETWEEN}{words}" if line else words
        if cell_len(longer) <= room:
            line = longer
            continue
        if line:
            yield line
        *whole, line = wrapped(words, room) or ("",)
        yield from whole
    if line:
        yield line


def _demo() -> None:
    from textual.app import App, ComposeResult

    lines = (
        ReadLine("before Wed", "call mum"),
        ReadLine("before 29 Jan", "renew the passport before it is too late", ("#papers",)),
        ReadLine("not read", "water the fig within 3 dasy", fault='"3 dasy" has the unit "dasy"'),
    )

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            yield ReadLines(lines, more="… and 12 more")

    Demo().run()


if __name__ == "__main__":
    _demo()
