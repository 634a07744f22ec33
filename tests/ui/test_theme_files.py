"""Themes of the person's own: read, listed, chosen; what is wrong with one is a sentence."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.errors import ConfigError
from later_tui.store import open_store
from later_tui.ui.app import LaterApp
from later_tui.ui.theme_files import find_themes, read_theme
from tests.ui.conftest import Open
from tests.ui.stage import rest, session
from tests.widgets.showing import shown

DUSK = """
dark = true
primary = "#e6a76a"
secondary = "rgb(160,180,230)"
background = "#14161d"
foreground = "white"
text_alpha = 0.9
[variables]
text-muted = "#9aa0b4"
input-selection-background = "#81a1c1 35%"
block-cursor-text-style = "bold underline"
"""


@pytest.fixture
def themes(settings: Settings) -> Path:
    settings.themes_dir.mkdir(parents=True)
    return settings.themes_dir


async def test_a_file_is_a_theme_that_can_be_chosen(
    running: Open, settings: Settings, themes: Path
) -> None:
    (themes / "dusk.toml").write_text(DUSK)
    async with running(session=session(replace(settings, theme="dusk"))) as (app, pilot):
        assert app.theme == "dusk"
        assert app.current_theme.primary == "#e6a76a"
        assert app.theme_variables["text-muted"] == "#9aa0b4"
        assert "what's on your mind?" in shown(app)
        app.action_change_theme()
        await rest(pilot)
        await pilot.press(*"dusk")
        await rest(pilot)
        assert "dusk" in shown(app)


async def test_a_theme_of_the_terminals_colours_needs_one_line_more(
    running: Open, settings: Settings, themes: Path
) -> None:
    (themes / "plain.toml").write_text('primary = "ansi_blue"\nansi = true\n')
    async with running(session=session(replace(settings, theme="plain"))) as (app, _):
        assert "what's on your mind?" in shown(app)


def test_a_theme_may_have_another_name_than_its_file(tmp_path: Path) -> None:
    file = tmp_path / "a file.toml"
    file.write_text('primary = "teal"\nname = "deep-sea"\n')
    assert read_theme(file).name == "deep-sea"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('primry = "#fff"', '"primry" is nothing that a theme has; expected "primary"'),
        ("dark = true", 'has no primary; expected at least a line such as primary = "…"'),
        ('primary = "#ggg"', 'primary is "#ggg"; expected a colour such as "#e6a76a"'),
        ("primary = 3", "primary is 3; expected a colour"),
        ('primary = ""', "primary is empty; expected a colour"),
        ('primary = "red"\ndark = "yes"', 'dark is "yes"; expected true or false'),
        ('primary = "red"\ntext_alpha = 2', "text_alpha is 2; expected a number from 0 to 1"),
        ('primary = "red"\ntext_alpha = nan', "text_alpha is nan; expected a number"),
        ('primary = "red"\nname = "My Theme"', 'name is "My Theme"; expected a name of small'),
        ('primary = "red"\nname = "nord"', 'name is "nord"; expected a name that no other theme'),
        ('primary = "red"\nvariables = 1', "variables is 1; expected a table: [variables]"),
        (
            'primary = "red"\n[variables]\ntext-mutd = "red"',
            'variables."text-mutd" is nothing that a theme has; expected "text-muted"',
        ),
        ('primary = "red"\n[variables]\nborder = "rde"', 'variables.border is "rde"; expected a'),
        ('primary = "red"\n[variables]\nborder = "red 1000%"', "expected a colour"),
        ('primary = "red"\n[variables]\nborder = "red; } * { }"', "expected a colour"),
        (
            'primary = "red"\n[variables]\nlink-style = "blinking"',
            'variables.link-style is "blinking"; expected a style such as "bold"',
        ),
        ('primary = "red"\n[variables]\nborder = "red 101%"', "expected a colour"),
        ('primary = "red"\n[variables]\nborder-blurred = "auto 50%"', "expected a colour"),
        ('primary = "red"\n[variables]\nprimary-lighten-1 = "red 5%"', "without a strength"),
        (
            'primary = "red"\n[variables]\nlink-style-hover = "red"',
            'variables.link-style-hover is "red"; expected a style such as "bold"',
        ),
        ("primary = ", "line 1: that is not TOML"),
    ],
)
def test_what_is_wrong_with_a_theme_is_a_sentence(
    settings: Settings, themes: Path, text: str, said: str
) -> None:
    (themes / "dusk.toml").write_text(text)
    with pytest.raises(ConfigError) as refused:
        LaterApp(session(replace(settings, theme="dusk")), open_store)
    assert str(refused.value).startswith(str(themes / "dusk.toml"))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_bad_theme_that_is_not_worn_stops_nothing(
    settings: Settings, themes: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (themes / "bad.toml").write_text("primary = 3")
    (themes / "dusk.toml").write_text(DUSK)
    (themes / "folder.toml").mkdir()
    with caplog.at_level(logging.WARNING):
        app = LaterApp(session(settings), open_store)
    assert "dusk" in app.available_themes
    assert "bad" not in app.available_themes
    assert "bad.toml: primary is 3" in caplog.text
    assert "folder.toml is a folder" in caplog.text


def test_without_a_folder_there_are_none(tmp_path: Path) -> None:
    assert find_themes(tmp_path / "nowhere", ()).themes == ()
    (tmp_path / "file").write_text("")
    assert find_themes(tmp_path / "file", ()).themes == ()


STRONG = (
    ("border-blurred", "#959bb3 60%"),
    ("border-blurred", "rgb(1, 2, 3) 0%"),
    ("background", "navy 50%"),
    ("foreground", "white 90%"),
    ("surface", "navy 100%"),
    ("text-muted", "auto 50%"),
    ("text-primary", "auto 80%"),
    ("link-style-hover", "bold not underline"),
)


@pytest.mark.parametrize(("name", "value"), STRONG)
async def test_what_passes_the_check_can_be_worn(
    running: Open, settings: Settings, themes: Path, name: str, value: str
) -> None:
    (themes / "dusk.toml").write_text(f'primary = "teal"\n[variables]\n{name} = "{value}"\n')
    async with running(session=session(replace(settings, theme="dusk"))) as (app, _):
        assert app.theme_variables[name] == value
        assert "what's on your mind?" in shown(app)


async def test_a_border_with_a_strength_can_be_put_on_while_the_app_runs(
    running: Open, settings: Settings, themes: Path
) -> None:
    (themes / "dusk.toml").write_text(
        'primary = "teal"\n[variables]\nborder-blurred = "#959bb3 60%"\n'
    )
    async with running() as (app, pilot):
        app.action_change_theme()
        await rest(pilot)
        await pilot.press(*"dusk")
        await rest(pilot)
        await pilot.press("enter")
        await rest(pilot)
        assert app.theme == "dusk"
        assert "what's on your mind?" in shown(app)
