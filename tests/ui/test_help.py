"""Help tells the keys of the screen below it, all of them, and no key twice."""

from collections import Counter
from dataclasses import replace

import pytest
from textual.widgets import Static

from later_tui.config.settings import Settings
from later_tui.ui import keymap
from later_tui.ui.app import LaterApp
from later_tui.ui.screens.help import LEFT
from tests.ui.conftest import Open
from tests.ui.stage import rest, session
from tests.widgets.showing import shown

WRITE = "how to write"
HEADINGS = {WRITE, *(key.group for key in keymap.EVERY.values())}


def told(app: LaterApp, column: str) -> str:
    """What one of the two columns says."""
    return "\n\n".join(str(part.render()) for part in parts(app, column))


def parts(app: LaterApp, column: str) -> list[Static]:
    return [part for part in app.screen.query(f".{column} Static").results(Static) if part.display]


def keys_told(text: str) -> dict[str, list[str]]:
    """The keys under each heading of a column."""
    groups: dict[str, list[str]] = {}
    heading = ""
    for line in filter(None, text.splitlines()):
        if line in HEADINGS:
            heading = line
        elif heading != WRITE:
            groups.setdefault(heading, []).extend(line[:LEFT].split())
    return groups


async def test_a_key_that_the_page_below_takes_is_told_once(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("4", "question_mark")
        await rest(pilot)
        keys = Counter(key for found in keys_told(told(app, "keys")).values() for key in found)
        assert keys["4"] == keys["q"] == keys["esc"] == 1
        assert max(keys.values()) == 1
        assert "ctrl+c           leave" in told(app, "keys")
        assert "what may come" not in told(app, "keys")


async def test_what_goes_forward_is_told_with_what_goes_back(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("question_mark")
        await rest(pilot)
        lines = (told(app, "keys") + told(app, "grammar")).splitlines()
        [views] = [line for line in lines if line.endswith("next view, view before")]
        assert views.split("next")[0].split() == ["tab", "shift+tab"]
        [rows] = [line for line in lines if line.endswith("a row down, up")]
        assert rows.split("a row")[0].split() == ["j", "k", "down", "up"]


async def test_help_over_home_tells_every_key_there_is(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("question_mark")
        await rest(pilot)
        text = told(app, "keys") + "\n\n" + told(app, "grammar")
        for name, keys in keymap.PLACES.items():
            if name in ("help", "the page of pictures", "the status panel", "the log"):
                continue  # they offer all of theirs
            for key in keys:
                assert key.help in text, key.id
        groups = keys_told(text)
        for heading, found in groups.items():
            assert max(Counter(found).values()) == 1, heading
        assert "w" in groups[keymap.DETAIL]
        assert "o" in groups[keymap.PASTING]
        assert groups[keymap.SNOOZING][:6] == [*"123456"]
        assert {"enter", "esc", "ctrl+j", "tab"} <= set(groups[keymap.WRITING])
        for clause in ("via ", "then ", "nag "):
            assert clause in text


async def test_a_key_that_is_free_again_is_told_again(running: Open, settings: Settings) -> None:
    own = replace(settings, keys={"pictures.close": "escape"})
    async with running(session=session(own)) as (app, pilot):
        await pilot.press("4", "question_mark")
        await rest(pilot)
        assert f"{'q ctrl+c':<{LEFT}}leave" in told(app, "keys")


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (116, 30), (200, 60)])
async def test_no_line_of_help_is_broken(running: Open, size: tuple[int, int]) -> None:
    async with running(size=size) as (app, pilot):
        await pilot.press("question_mark")
        await rest(pilot)
        for part in (*parts(app, "keys"), *parts(app, "grammar")):
            assert part.region.height == len(str(part.render()).splitlines()), shown(app)


async def test_the_columns_of_help_are_nearly_equally_long_and_how_to_write_comes_early(
    running: Open,
) -> None:
    async with running(size=(120, 40)) as (app, pilot):
        await pilot.press("question_mark")
        await rest(pilot)
        long = [len(told(app, column).splitlines()) for column in ("keys", "grammar")]
        assert abs(long[0] - long[1]) < 10
        await pilot.resize_terminal(80, 24)
        await rest(pilot)
        text = told(app, "keys") + "\n\n" + told(app, "grammar")
        assert text.index(WRITE) < text.index(keymap.LISTS) < text.index(keymap.DETAIL)
