"""Named bars of parts in their colours, the longest of which fills the room.

Try it: `python -m later_tui.widgets.share_bars`
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from later_tui.widgets.cells import clean, fit
from later_tui.widgets.ink import ink

PARTS = ("first", "second", "third")
MOST_NAME = 18
HALVES = "╸"


@dataclass(frozen=True, slots=True)
class Share:
    """One bar: its name, its parts from the left, and what is said at its end."""

    name: str
    parts: tuple[int, ...]
    words: str = ""


class ShareBars(Widget):
    """The bars, one a line."""

    DEFAULT_CSS = """
    ShareBars {
        height: auto;
        & > .share-bars--name { color: $foreground; }
        & > .share-bars--words { color: $text-muted; }
        & > .share-bars--first { color: $success; }
        & > .share-bars--second { color: $secondary; }
        & > .share-bars--third { color: $warning; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"share-bars--{part}" for part in (*PARTS, "name", "words")),
    }

    def __init__(self) -> None:
        super().__init__()
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
        return len(self._shares)

    def render_line(self, y: int) -> Strip:
        base, width = self.rich_style, self.content_size.width
        if y >= len(self._shares):
            return Strip.blank(width, base)
        share = self._shares[y]
        name = min(max(cell_len(clean(one.name)) for one in self._shares) + 2, MOST_NAME)
        words = max(cell_len(clean(one.words)) for one in self._shares) + 2
        room = max(width - name - words, 4)
        most = max(sum(one.parts) for one in self._shares) or 1
        segments = [Segment(fit(clean(share.name), name), base + ink(self, "share-bars--name"))]
        drawn = 0
        for part, count in zip(PARTS, share.parts, strict=False):
            cells = round(count * room / most) if count else 0
            cells = min(max(cells, 1 if count else 0), room - drawn)
            drawn += cells
            segments.append(Segment("━" * cells, base + ink(self, f"share-bars--{part}")))
        segments.append(Segment(f"  {clean(share.words)}", base + ink(self, "share-bars--words")))
        return Strip(segments).adjust_cell_length(width, base)


def _demo() -> None:
    from textual.app import App, ComposeResult

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            yield ShareBars()

        def on_mount(self) -> None:
            self.query_one(ShareBars).show(
                [
                    Share("#family", (12, 3, 1), "16"),
                    Share("#work", (4, 7, 0), "11"),
                    Share("no tag", (1, 0, 0), "1"),
                ]
            )

    Demo().run()


if __name__ == "__main__":
    _demo()
