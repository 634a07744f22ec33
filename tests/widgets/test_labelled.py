import pytest

from later_tui.widgets.labelled import Labelled, LabelledLine
from tests.widgets.showing import BAD_TEXTS, IDS, Showing, active, shown

LINES = (
    LabelledLine("state", "waits for its moment"),
    LabelledLine("email", "the connection was lost after the message was handed over", "bad"),
    LabelledLine("id", "7k2m", "soft"),
)


async def test_words_that_do_not_fit_go_on_below_themselves() -> None:
    async with Showing(Labelled(LINES)).run_test(size=(40, 8)) as pilot:
        assert shown(pilot.app).splitlines()[:4] == [
            "state  waits for its moment",
            "email  the connection was lost after the",
            "       message was handed over",
            "id     7k2m",
        ]


async def test_it_is_as_high_as_its_lines_and_grows_with_them() -> None:
    widget = Labelled(LINES[:1])
    async with Showing(widget).run_test(size=(40, 8)) as pilot:
        assert widget.size.height == 1
        widget.show(LINES)
        await pilot.pause()
        assert widget.size.height == 4
        await pilot.resize_terminal(80, 8)
        await pilot.pause()
        assert widget.size.height == 3


async def test_a_label_takes_no_more_than_half_the_width() -> None:
    lines = [LabelledLine("a label of a plugin that never ends", "waits")]
    async with Showing(Labelled(lines)).run_test(size=(20, 8)) as pilot:
        assert shown(pilot.app).splitlines()[0] == "a label…  waits"


async def test_joined_emoji_are_as_wide_as_every_terminal_has_them() -> None:
    line = LabelledLine("from", "~/👩‍👩‍👧 ❤️ here")
    async with Showing(Labelled([line])).run_test(size=(40, 3)) as pilot:
        assert "~/👩👩👧 ❤ here" in shown(pilot.app)


async def test_without_labels_the_words_begin_at_the_edge() -> None:
    async with Showing(Labelled([LabelledLine("", "reading…")])).run_test(size=(20, 3)) as pilot:
        assert shown(pilot.app).startswith("reading…")


@pytest.mark.parametrize("text", BAD_TEXTS, ids=IDS)
async def test_labels_and_words_are_inert(text: str) -> None:
    app = Showing(Labelled([LabelledLine(text, text, text)]))
    async with app.run_test(size=(40, 200)):
        assert not active(app)


async def test_words_are_broken_behind_a_semicolon_where_that_fits() -> None:
    words = "on vm (pid 26031), started just now; serves desktop; 0 of 50 slots busy"
    app = Showing(Labelled([LabelledLine("worker", words)]))
    async with app.run_test(size=(8 + len(words) - 4, 8)):
        assert shown(app).splitlines()[:2] == [
            "worker  on vm (pid 26031), started just now; serves desktop;",
            "        0 of 50 slots busy",
        ]


@pytest.mark.parametrize("room", range(1, 40))
async def test_nothing_is_lost_where_words_are_broken(room: int) -> None:
    words = "one; two three four five; six seven; eight"
    widget = Labelled([LabelledLine("", words)])
    async with Showing(widget).run_test(size=(room, 60)) as pilot:
        drawn = "".join(shown(pilot.app).split())
        assert drawn == words.replace(" ", "")


async def test_it_says_in_which_rows_its_lines_are() -> None:
    widget = Labelled(LINES)
    async with Showing(widget).run_test(size=(40, 8)):
        assert widget.rows_of(0, 0) == (0, 1)
        assert widget.rows_of(1, 1) == (1, 2)
        assert widget.rows_of(1, 2) == (1, 3)
        assert widget.rows_of(7, 9) == (0, 0)
