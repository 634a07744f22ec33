"""What is too long for one thought is refused in words, and holds up no key."""

import threading

import pytest

from later_tui.domain import pasted
from later_tui.domain.inert import MAX_TEXT_BYTES
from later_tui.ui.screens.pasted import PastedScreen
from later_tui.widgets import thought_area
from later_tui.widgets.quick_add import QuickAdd
from tests.ui.conftest import Open
from tests.ui.stage import rest, until
from tests.ui.test_pasting import paste
from tests.widgets.showing import letters, shown


async def test_a_long_list_is_read_beside_the_keys(
    running: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = list[threading.Thread]()
    thoughts = pasted.thoughts

    def noted(text: str) -> tuple[str, ...]:
        threads.append(threading.current_thread())
        return thoughts(text)

    monkeypatch.setattr(pasted, "thoughts", noted)
    async with running() as (app, pilot):
        await pilot.press("a")
        paste(app, "- one\n" * 5_000)
        await until(pilot, lambda: "5,000 thoughts?" in shown(app))
        assert threads
        assert threading.main_thread() not in threads


def test_the_area_takes_what_a_thought_may_have() -> None:
    assert thought_area.MOST_BYTES == MAX_TEXT_BYTES


async def test_what_is_too_long_for_a_thought_is_refused_in_words(running: Open) -> None:
    async with running() as (app, pilot):
        box = app.main.query_one(QuickAdd)
        await pilot.press("a", *letters("call "))
        paste(app, "é" * (MAX_TEXT_BYTES // 2))
        await until(pilot, lambda: "16,389 bytes" in box.said.problem)
        assert app.main.unkept == "call"
        await pilot.press("ctrl+u")
        paste(app, "é" * (MAX_TEXT_BYTES // 2))
        await until(pilot, lambda: len(box.text) == MAX_TEXT_BYTES // 2)
        await pilot.press("!")
        assert box.text.endswith("é!")


async def test_a_long_list_is_no_single_thought_and_says_so(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("a")
        paste(app, "a line of a long list\n" * 1_000)
        await rest(pilot)
        await pilot.press("o")
        await rest(pilot)
        assert "a thought has at most 16,384" in app.main.query_one(QuickAdd).said.problem
        assert app.main.unkept == ""


async def test_the_panel_shows_the_beginning_of_a_long_line(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("a")
        paste(app, f"one\n{'word ' * 4_000}")
        await rest(pilot)
        await pilot.press("end")
        assert isinstance(app.screen, PastedScreen)
        assert all(len(line.words) < 1_100 for line in app.screen._read_lines.lines)
