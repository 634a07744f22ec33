import pytest

from later_tui.widgets.clipped import Clipped, clipped
from tests.widgets.showing import BAD_TEXTS, IDS, Showing, active, shown

WORDS = "what was that book about tides, the one in which the moon is a character?"


def test_what_fits_is_left_as_it_is() -> None:
    assert clipped("call mum", 20, 2) == ["call mum"]
    assert clipped("call mum\nabout the fig", 20, 2) == ["call mum", "about the fig"]


def test_what_does_not_fit_says_so_at_its_end() -> None:
    assert clipped(WORDS, 20, 2) == ["what was that book", "about tides, the on…"]
    assert clipped("a\nb\nc", 20, 2) == ["a", "b…"]
    assert clipped("x" * 50, 20, 2) == ["x" * 20, "x" * 19 + "…"]


def test_a_wide_letter_is_never_halved() -> None:
    lines = clipped("日本の切手を見る" * 8, 11, 2)
    assert lines[-1] == "を見る日本…"


@pytest.mark.parametrize("width", [0, -1])
def test_where_there_is_no_room_there_is_nothing(width: int) -> None:
    assert clipped(WORDS, width, 2) == []


async def test_it_is_as_high_as_what_it_shows() -> None:
    widget = Clipped("call mum", most=3)
    async with Showing(widget).run_test(size=(20, 8)) as pilot:
        assert widget.size.height == 1
        widget.show(WORDS)
        await pilot.pause()
        assert widget.size.height == 3
        assert shown(pilot.app).rstrip().endswith("…")
        assert widget.text == WORDS


@pytest.mark.parametrize("text", BAD_TEXTS, ids=IDS)
async def test_its_text_is_inert(text: str) -> None:
    app = Showing(Clipped(text))
    async with app.run_test(size=(40, 8)):
        assert not active(app)
        assert app.is_running
