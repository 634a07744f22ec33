"""The palette: its words, what finds what, its list of themes, which one is chosen."""

import pytest
from textual.command import Command, CommandInput, CommandList
from textual.pilot import Pilot
from textual.theme import BUILTIN_THEMES

from later_tui.config.settings import Settings
from later_tui.ui.app import LaterApp
from later_tui.ui.palette import likeness
from later_tui.ui.theme_list import names
from later_tui.ui.themes import THEMES
from tests.ui.conftest import Open
from tests.ui.stage import rest, until
from tests.widgets.showing import letters, shown


async def listed(app: LaterApp, pilot: Pilot[None]) -> CommandList:
    """Return the list, once it is filled."""
    await until(pilot, lambda: app.screen.query(CommandList))
    found = app.screen.query_one(CommandList)
    await until(pilot, lambda: found.option_count)
    await rest(pilot)
    return found


def chosen(listed: CommandList) -> str:
    option = listed.highlighted_option
    assert isinstance(option, Command)
    return option.hit.text or ""


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("theme", "while you write: take the completion"),
        ("edit", "while you write: new line, indeed it"),
        ("log", "thoughts: let go"),
        ("undo", "the app: turn down"),
        (":", "quit"),
    ],
)
def test_letters_from_anywhere_in_the_words_find_nothing(query: str, name: str) -> None:
    assert likeness(query, name) == 0


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("snz", "thoughts: snooze"),
        ("lg", "thoughts: let go"),
        ("mrkall", "thoughts: mark all"),
        ("T SNOO", "thoughts: snooze"),
        ("sl", "solarized-light"),
        ("abb", "ab bb"),
    ],
)
def test_what_words_begin_with_finds_them_and_less_than_the_words_do(query: str, name: str) -> None:
    assert 0 < likeness(query, name) < likeness(name[2:6], name)


def test_a_long_query_costs_no_more_than_its_letters() -> None:
    assert likeness("ab" * 2000, "ab " * 20) == 0


async def test_typing_theme_finds_themes_alone(running: Open) -> None:
    async with running(size=(80, 30)) as (app, pilot):
        await pilot.press("ctrl+p")
        await listed(app, pilot)
        assert "find an action" in shown(app)
        await pilot.press(*letters("theme"))
        await until(pilot, lambda: app.screen.query_one(CommandList).option_count < 5)
        await rest(pilot)
        found = await listed(app, pilot)
        told = [option.hit.text for option in found.options if isinstance(option, Command)]
        assert told == ["the app: theme", "the app: all themes"]


@pytest.mark.parametrize("theme", ["later-dark", "later-light", "later-ansi", "nord"])
async def test_the_list_of_themes_begins_with_ours_and_at_the_one_that_is_on(
    running: Open, theme: str
) -> None:
    async with running(size=(80, 30)) as (app, pilot):
        app.theme = theme
        app.search_themes()
        found = await listed(app, pilot)
        await until(pilot, lambda: chosen(found) == theme)
        assert "find a theme" in shown(app)
        assert f"● {theme}" in shown(app)
        assert shown(app).count("●") == 1
        told = [option.hit.text for option in found.options if isinstance(option, Command)]
        assert told[:3] == [one.name for one in THEMES]
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.theme == told[(told.index(theme) + 1) % len(told)])


async def test_a_theme_of_the_persons_own_stands_between_ours_and_the_frameworks(
    running: Open, settings: Settings
) -> None:
    settings.themes_dir.mkdir(parents=True)
    (settings.themes_dir / "dusk.toml").write_text('primary = "#e6a76a"\n')
    async with running() as (app, pilot):
        told = list(names(app))
        assert told[3] == "dusk"
        assert told[4:] == sorted(BUILTIN_THEMES)
        app.search_themes()
        await listed(app, pilot)
        await pilot.press(*letters("dusk"), "enter")
        await until(pilot, lambda: app.theme == "dusk")


@pytest.mark.parametrize("no_color", [False, True])
@pytest.mark.parametrize("theme", ["later-dark", "later-light", "later-ansi", "ansi-light"])
async def test_the_chosen_row_looks_different_in_any_colours(
    running: Open, monkeypatch: pytest.MonkeyPatch, theme: str, no_color: bool
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    async with running(size=(80, 30)) as (app, pilot):
        app.theme = theme
        await pilot.press("ctrl+p")
        found = await listed(app, pilot)
        await pilot.press("down")
        await rest(pilot)
        assert found.highlighted == 1
        looks = [_look(found, line) for line in range(6)]  # of two lines each
        assert looks[2] == looks[3]
        assert looks[0] == looks[1] == looks[4] == looks[5]
        assert looks[2] != looks[0]
        if theme.startswith("later-") and theme != "later-ansi" and not no_color:
            assert looks[2][1] is False


def _look(found: CommandList, line: int) -> tuple[object, bool]:
    """Return what is behind the words of a line: the ground, or the ink if it is reversed."""
    word = next(one for one in found.render_line(line) if one.text.strip())
    assert word.style is not None
    back = word.style.color if word.style.reverse else word.style.bgcolor
    return back, bool(word.style.reverse)


async def test_what_is_being_typed_is_seen(running: Open) -> None:
    async with running(size=(60, 16)) as (app, pilot):
        await pilot.press("ctrl+p", *letters("zzz"))
        await until(pilot, lambda: "No matches found" in shown(app))
        assert app.screen.query_one(CommandInput).value == "zzz"
