import pytest

from later_tui.widgets.status_bar import Part, StatusBar, Tone
from tests.widgets.showing import BAD_TEXTS, IDS, Showing, active, shown

PARTS = (
    Part("41 kept for you", Tone.STRONG, 2),
    Part("worker ● here", Tone.GOOD, 1),
    Part("embedded", weight=0),
)


async def status(width: int, *parts: Part) -> str:
    bar = StatusBar("later")
    async with Showing(bar).run_test(size=(width, 3)) as pilot:
        bar.show(parts)
        await pilot.pause()
        return shown(pilot.app).strip()


async def test_all_of_it_is_said_where_there_is_room() -> None:
    text = await status(90, *PARTS)
    assert text.startswith("later ")
    assert text.endswith("41 kept for you · worker ● here · embedded")


async def test_the_least_weighty_goes_first_where_there_is_none() -> None:
    assert (await status(50, *PARTS)).endswith("41 kept for you · worker ● here")
    assert (await status(32, *PARTS)).endswith("41 kept for you")


async def test_a_sentence_that_is_too_long_is_cut_and_says_so() -> None:
    assert (await status(20, Part("no Redis: trying again…", Tone.BAD))).endswith("…")


@pytest.mark.parametrize("text", BAD_TEXTS, ids=IDS)
async def test_a_part_is_inert(text: str) -> None:
    bar = StatusBar(text)
    app = Showing(bar)
    async with app.run_test(size=(40, 3)) as pilot:
        bar.show([Part(text, tone) for tone in Tone])
        await pilot.pause()
        assert not active(app)
        assert bar.render_line(0).cell_length == 36
