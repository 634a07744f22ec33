import re
from collections import Counter

import pytest
from textual.binding import Binding, BindingsMap

from later_tui.ui import keymap
from later_tui.ui.app import LaterApp
from later_tui.ui.screens.detail import DetailScreen
from later_tui.ui.screens.help import LEFT, HelpScreen
from later_tui.ui.screens.main import MainScreen
from later_tui.ui.screens.snooze import SnoozeScreen
from later_tui.widgets.find_bar import FindBar
from later_tui.widgets.jump_overlay import JumpOverlay
from later_tui.widgets.quick_add import QuickAdd
from later_tui.widgets.thought_area import ThoughtArea
from later_tui.widgets.virtual_list import VirtualList
from tests.ui.conftest import Open
from tests.ui.stage import rest
from tests.widgets.showing import shown

OURS = (
    *(LaterApp, MainScreen, DetailScreen, HelpScreen, SnoozeScreen),
    *(VirtualList, QuickAdd, ThoughtArea, FindBar, JumpOverlay),
)
KEYS = (*keymap.MAIN_KEYS, *keymap.APP_KEYS)


@pytest.mark.parametrize("owner", OURS, ids=lambda owner: owner.__name__)
def test_every_binding_has_an_id_and_says_what_it_does(owner: type) -> None:
    for binding in owner.__dict__["BINDINGS"]:
        assert isinstance(binding, Binding)
        assert binding.id
        assert binding.description
    twice = [
        key
        for key, found in BindingsMap(owner.__dict__["BINDINGS"]).key_to_bindings.items()
        if len(found) > 1
    ]
    assert not twice


def test_no_two_keys_of_the_main_screen_are_the_same() -> None:
    keys = Counter(key for one in KEYS for key in one.keys.split(","))
    assert [key for key, count in keys.items() if count > 1] == []
    assert max(Counter(key.id for key in KEYS).values()) == 1


def test_nothing_needs_a_function_key() -> None:
    for key in keymap.EVERY.values():
        assert not re.search(r"\bf\d", key.keys)


def test_keys_are_printed_as_the_terminal_sends_them() -> None:
    shown = [keymap.shown(key) for key in ("a", "D", "?", "question_mark", "escape", "enter")]
    assert shown == ["a", "D", "?", "?", "esc", "enter"]
    assert [keymap.shown(key) for key in ("tab", "ctrl+p", "space")] == ["tab", "ctrl+p", "space"]


async def test_every_action_is_in_the_palette_and_in_the_help(running: Open) -> None:
    async with running(size=(120, 60)) as (app, pilot):
        titles = {command.title for command in app.get_system_commands(app.screen)}
        for key in (*MainScreen.KEYS, *keymap.APP_KEYS):
            elsewhere = key.id == "app.palette" or key in keymap.FIND_KEYS
            assert f"{key.group}: {key.label}" in titles or elsewhere
        await pilot.press("?")
        await rest(pilot)
        text = shown(app)
        await pilot.press("G")
        await rest(pilot)
        text += shown(app)
        for key in (*MainScreen.KEYS, *keymap.APP_KEYS):
            assert key.help in text, key.id


def test_the_help_fits_into_the_narrowest_terminal() -> None:
    room = 57 - 2 * 3 - 2 - LEFT  # a panel's edges, the scroll bar and what keeps away from it
    for key in (*MainScreen.KEYS, *keymap.APP_KEYS, *DetailScreen.KEYS, *SnoozeScreen.KEYS):
        assert len(key.help) <= room, key.id


async def test_a_key_of_the_persons_own_is_used_and_shown(running: Open) -> None:
    async with running() as (app, pilot):
        app.set_keymap({"thought.add": "n"})
        await pilot.pause()
        app.main.action_view("past")
        await pilot.pause()
        assert "n add" in shown(app)
        await pilot.press("n", "h", "i")
        assert app.main.unkept == "hi"


async def test_what_a_widget_can_do_is_in_the_palette_while_it_is_shown(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("slash")
        await rest(pilot)
        titles = {command.title for command in app.get_system_commands(app.screen)}
        for key in keymap.FIND_KEYS:
            assert f"{key.group}: {key.label}" in titles
