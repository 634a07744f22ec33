"""A pasted list, line by line."""

import pytest

from later_tui.widgets.read_lines import ReadLine, ReadLines
from tests.widgets.showing import BAD_TEXTS, IDS, Showing, active, lines

PASSPORT = ReadLine(
    "before 29 Jan", "renew the passport, which takes longer than one would think", ("#papers",)
)
DAILY = ReadLine("before Sun", "stretch", ("every day", "between 9-18", "#health"))
BAD = ReadLine("not read", "bad within 3 dasy", fault='"3 dasy" has the unit "dasy"; write 3 d')


async def test_what_else_was_read_stands_behind_the_thought_or_below_it() -> None:
    async with Showing(ReadLines((PASSPORT, DAILY))).run_test(size=(90, 8)) as pilot:
        assert lines(pilot.app)[0].rstrip().endswith("than one would think · #papers")
        assert lines(pilot.app)[1].rstrip().endswith("stretch · every day · between 9-18 · #health")
    async with Showing(ReadLines((PASSPORT, DAILY))).run_test(size=(42, 8)) as pilot:
        told = [line.strip() for line in lines(pilot.app)]
        assert told[1:3] == ["takes longer than one", "would think · #papers"]
        assert told[3:6] == ["before Sun     stretch", "every day · between 9-18", "#health"]


async def test_what_could_not_be_read_is_warned_of_in_its_label_too() -> None:
    app = Showing(ReadLines((PASSPORT, BAD), more="… and 3 more"))
    async with app.run_test(size=(90, 8)):
        label, words = list(app.widget.render_line(1))[:2]
        assert label.text.strip() == "not read"
        assert label.style == words.style
        other = next(iter(app.widget.render_line(0)))
        assert other.style != label.style
        assert lines(app)[2].strip() == BAD.fault
        assert lines(app)[3].strip() == "… and 3 more"


@pytest.mark.parametrize("text", BAD_TEXTS, ids=IDS)
@pytest.mark.parametrize("width", [4, 12, 80])
async def test_whatever_is_shown_is_inert(text: str, width: int) -> None:
    widget = ReadLines((ReadLine(text, text, (text, text), text),), more=text)
    async with Showing(widget).run_test(size=(width, 30)) as pilot:
        await pilot.pause()
        assert not active(pilot.app)
        across, high = widget.size
        assert all(widget.render_line(y).cell_length == across for y in range(min(high, 50)))
