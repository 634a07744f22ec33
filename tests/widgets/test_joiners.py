"""Joined emoji stand in the boxes as their parts, and are given back as they were written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from later_tui.widgets.capture_input import CaptureInput
from later_tui.widgets.joiners import hold, release, shown, without_held
from later_tui.widgets.thought_area import ThoughtArea

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
THUMB = "👍🏽"
HEART = "❤\ufe0f"
WANTED = "می\u200cخواهم"
LINE = f"for {FAMILY} {THUMB} {HEART} {WANTED} by fri"


class Boxes(App[None]):
    def compose(self) -> ComposeResult:
        yield ThoughtArea()
        yield CaptureInput()


async def enter(pilot: Pilot[None], box: ThoughtArea | CaptureInput, how: str) -> None:
    """Write LINE into `box` as a terminal hands it over: pasted, set, or character by character."""
    box.focus()
    await pilot.pause()
    if how == "pasted":
        box.post_message(events.Paste(LINE))
    elif how == "set":
        box.text = LINE
    else:
        for character in LINE:
            box.post_message(events.Key(f"key-{ord(character)}", character))
    await pilot.pause()


@given(st.text())
def test_what_is_held_is_given_back_as_it_was(text: str) -> None:
    text = without_held(text)
    assert release(hold(text)) == text
    assert hold(hold(text)) == hold(text)
    assert len(shown(hold(text))) == len(text)


def test_parts_have_the_cells_that_every_terminal_gives_them() -> None:
    alone = {"👨": 2, "👩": 2, "👧": 2, "👦": 2, "👍": 2, "❤": 1}
    for text in (FAMILY, THUMB, HEART):
        wanted = sum(alone.get(character, 0) for character in text)
        assert cell_len(hold(text)) == cell_len(shown(hold(text))) == wanted


def test_what_is_drawn_has_nothing_but_the_non_joiner() -> None:
    drawn = shown(hold(LINE))
    assert {c for c in drawn if unicodedata.category(c) in ("Cf", "Mn", "Sk")} == {"\u200c"}


@pytest.mark.parametrize("how", ["pasted", "set", "typed"])
@pytest.mark.parametrize("kind", [ThoughtArea, CaptureInput])
async def test_a_box_gives_back_what_was_written(
    kind: type[ThoughtArea] | type[CaptureInput], how: str
) -> None:
    async with Boxes().run_test(size=(60, 5)) as pilot:
        box = pilot.app.query_one(kind)
        await enter(pilot, box, how)
        assert box.text == LINE
        box.action_select_all() if isinstance(box, CaptureInput) else box.select_all()
        assert box.selected_text == LINE


@pytest.mark.parametrize("kind", [ThoughtArea, CaptureInput])
async def test_the_cursor_stands_behind_the_parts(
    kind: type[ThoughtArea] | type[CaptureInput],
) -> None:
    async with Boxes().run_test(size=(60, 5)) as pilot:
        box = pilot.app.query_one(kind)
        await enter(pilot, box, "pasted")
        await pilot.press("left")  # at its very end an input reports the cell behind the cursor
        words = "".join(segment.text for segment in box.render_line(0))
        drawn = shown(hold(LINE))
        assert words.startswith(drawn)
        assert box.cursor_screen_offset.x - box.content_region.x == cell_len(drawn) - 1


async def test_a_character_between_the_parts_is_written_where_the_cursor_is() -> None:
    async with Boxes().run_test(size=(60, 5)) as pilot:
        area = pilot.app.query_one(ThoughtArea)
        area.focus()
        area.write(FAMILY)
        await pilot.press("left", "x")
        assert area.text == f"{FAMILY[:-1]}x{FAMILY[-1]}"
        await pilot.press("ctrl+z")
        assert area.text == FAMILY


async def test_what_is_written_cannot_feign_what_is_held() -> None:
    async with Boxes().run_test(size=(60, 5)) as pilot:
        area, line = pilot.app.query_one(ThoughtArea), pilot.app.query_one(CaptureInput)
        area.text = line.text = "a\u206ab\ufff9c"
        assert (area.text, line.text) == ("abc", "abc")
