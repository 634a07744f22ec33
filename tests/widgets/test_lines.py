"""A widget of lines is as high as they are, and makes them once for each width."""

from collections.abc import Iterator, Sequence

from rich.segment import Segment
from textual.app import App, ComposeResult

from later_tui.widgets.lines import Lines
from tests.widgets.showing import shown


class Counted(Lines[str]):
    """Says how wide it is, and on how many lines."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.widths: list[int] = []

    def make(self, width: int) -> Iterator[str]:
        self.widths.append(width)
        yield from (f"{at} of {self.count}, {width} wide" for at in range(1, self.count + 1))

    def draw(self, line: str, width: int) -> Sequence[Segment]:
        return [Segment(line * 9, self.rich_style)]


class Showing(App[None]):
    def compose(self) -> ComposeResult:
        yield Counted(3)


async def test_it_is_as_high_as_its_lines_which_are_made_once_a_width() -> None:
    async with Showing().run_test(size=(30, 10)) as pilot:
        lines = pilot.app.query_one(Counted)
        assert lines.size.height == 3
        assert lines.widths == [30]
        assert "3 of 3, 30 wide3 of 3, 30 wide" in shown(pilot.app)
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        assert lines.widths == [30, 40]
        lines.count = 5
        lines.make_anew()
        await pilot.pause()
        assert lines.size.height == 5
        assert "5 of 5, 40 wide" in shown(pilot.app)


async def test_without_lines_it_has_no_height() -> None:
    async with Showing().run_test(size=(30, 10)) as pilot:
        lines = pilot.app.query_one(Counted)
        lines.count = 0
        lines.make_anew()
        await pilot.pause()
        assert lines.size.height == 0
