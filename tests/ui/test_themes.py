"""The themes: ours can be read, all of them can be worn, and the terminal's own colours, too."""

from dataclasses import replace

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from later_tui.config.settings import Settings
from later_tui.domain.errors import ConfigError
from later_tui.store import open_store
from later_tui.store.asyncstore import Store
from later_tui.ui.app import LaterApp
from later_tui.ui.themes import (
    AA,
    GROUNDS,
    INKS,
    LATER_ANSI,
    LATER_DARK,
    LATER_LIGHT,
    OWN,
    contrast,
    legible,
    other,
    shaded,
)
from later_tui.widgets.view_tabs import ViewTabs
from tests.ui import stage
from tests.ui.conftest import Open
from tests.ui.stage import rest, session
from tests.widgets.showing import shown

NAMES = (*BUILTIN_THEMES, *(theme.name for theme in (*OWN, LATER_ANSI)))


def colour(theme: Theme, name: str) -> str:
    return theme.to_color_system().generate()[name]


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ink", [*INKS, "text", "text-muted"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_ink_can_be_read_on_every_ground(theme: Theme, ink: str, ground: str) -> None:
    assert contrast(colour(theme, ink), colour(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    ("over", "under"),
    [
        ("input-cursor-foreground", "input-cursor-background"),
        ("foreground", "input-selection-background"),
        ("foreground", "screen-selection-background"),
        ("block-cursor-foreground", "block-cursor-background"),
        ("background", "primary"),
        ("background", "warning"),
    ],
)
def test_what_lies_on_a_colour_can_be_read(theme: Theme, over: str, under: str) -> None:
    assert contrast(colour(theme, over), colour(theme, under)) >= 4.5


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
@pytest.mark.parametrize("mark", ["primary", "accent", "border", "scrollbar-active"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_what_is_no_text_and_means_something_can_be_seen(
    theme: Theme, mark: str, ground: str
) -> None:
    """WCAG 2.2, 1.4.11: the bar of the cursor, the frame of what has the focus, the bars."""
    assert contrast(colour(theme, mark), colour(theme, ground)) >= 3


def test_contrast_is_that_of_the_guideline() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


def test_a_colour_with_a_strength_is_what_the_framework_makes_of_it() -> None:
    assert shaded("#959bb3") == Color.parse("#959bb3")
    assert shaded("#959bb3 60%") == Color(0x95, 0x9B, 0xB3, 0.6)
    assert shaded("rgb(1, 2, 3) 50%") == Color(1, 2, 3, 0.5)
    assert shaded("hsl(10, 20%, 30%)") == Color.parse("hsl(10, 20%, 30%)")
    assert shaded("#10203080 50%").a == pytest.approx(0.25, abs=0.01)
    assert shaded("auto 60%") == Color.automatic(60)


def test_a_faint_border_without_the_focus_is_made_one_that_can_be_seen() -> None:
    for edge in ("#ffffff 1%", "#959bb3 60%"):
        theme = Theme(name="any", primary="teal", variables={"border-blurred": edge})
        variables = legible(theme.to_color_system().generate(), theme)
        ground = Color.parse(variables["background"])
        assert contrast((ground + shaded(variables["border-blurred"])).hex6, ground.hex6) >= 1.2


def test_grounds_are_drawn_as_they_are_checked() -> None:
    for theme in OWN:
        assert legible(theme.to_color_system().generate(), theme)["boost"] == colour(theme, "boost")
        for ground in GROUNDS:
            assert Color.parse(colour(theme, ground)).a == 1


def test_each_theme_leads_to_the_other() -> None:
    assert other(LATER_DARK.name) == LATER_LIGHT.name
    assert other(LATER_LIGHT.name) == LATER_DARK.name
    assert other("nord") == LATER_DARK.name


@pytest.mark.parametrize("theme", BUILTIN_THEMES.values(), ids=lambda theme: theme.name)
def test_in_every_theme_the_row_of_the_cursor_can_be_told_from_the_others(theme: Theme) -> None:
    variables = legible(theme.to_color_system().generate(), theme)
    if theme.ansi:
        assert {"ansi-background", "ansi-foreground"} <= set(variables)
        return
    boost, ground = Color.parse(variables["boost"]), Color.parse(variables["background"])
    assert contrast(boost.hex6, ground.hex6) >= 1.15
    edge = ground + Color.parse(variables["border-blurred"])
    assert contrast(edge.hex6, ground.hex6) >= 1.2


@pytest.mark.parametrize("name", [n for n, theme in BUILTIN_THEMES.items() if not theme.ansi])
async def test_text_can_be_read_in_each_of_the_frameworks_themes(running: Open, name: str) -> None:
    async with running() as (app, pilot):
        app.theme = name
        await pilot.pause()
        colours = app.get_css_variables()
        ground = shaded(colours["background"])
        for under in (ground, ground + shaded(colours["boost"])):
            for ink in INKS:
                assert contrast(shaded(colours[ink]).hex6, under.hex6) >= AA, ink


async def test_every_theme_can_be_put_on_while_the_app_runs(
    running: Open, settings: Settings, store: Store
) -> None:
    await stage.fill(store, settings)
    async with running() as (app, pilot):
        for name in NAMES:
            app.theme = name
            await pilot.pause()
            assert "call mum" in shown(app)
        for name in ("later-dark", "ansi-light", "later-light", "later-ansi"):
            app.theme = name
            await pilot.press("question_mark")
            await rest(pilot)
            assert "write a thought" in shown(app)
            await pilot.press("escape")
            await rest(pilot)


PALETTES = {
    "xterm": {"red": "#cd0000", "magenta": "#cd00cd"},
    "VTE": {"red": "#c01c28", "magenta": "#a347ba"},
    "Tango": {"red": "#cc0000", "magenta": "#75507b"},
    "Solarized": {"red": "#dc322f", "magenta": "#d33682"},
    "Linux": {"red": "#aa0000", "magenta": "#aa00aa"},
    "macOS": {"red": "#c23621", "magenta": "#d338d3"},
    "Windows": {"red": "#c50f1f", "magenta": "#881798"},
}
"""What common terminals make of the colours that later-ansi writes in, besides its own ink."""


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("ground", ["#000000", "#ffffff"])
def test_the_terminals_own_colours_can_be_read_on_black_and_on_white(
    palette: dict[str, str], ground: str
) -> None:
    """2.6 is what the best of the sixteen reach everywhere; green has 2.2, yellow 1.7, blue 1.6."""
    variables = legible(LATER_ANSI.to_color_system().generate(), LATER_ANSI)
    for ink in (*INKS, "border"):
        name = variables[ink].removeprefix("ansi_")
        assert name == "default" or contrast(palette[name], ground) >= 2.6, ink
    for ink in ("primary", "secondary", "accent", "foreground"):
        assert variables[ink] == "ansi_default"


def test_no_ink_of_a_light_terminal_is_pale() -> None:
    theme = BUILTIN_THEMES["ansi-light"]
    variables = legible(theme.to_color_system().generate(), theme)
    good = {"ansi_default", "ansi_blue", "ansi_magenta", "ansi_red"}
    assert {variables[ink] for ink in INKS} <= good


@pytest.mark.parametrize("name", ["later-ansi", "ansi-dark", "ansi-light"])
async def test_under_a_panel_nothing_is_reversed_or_underlined(
    running: Open, settings: Settings, store: Store, name: str
) -> None:
    await stage.fill(store, settings)
    async with running(session=session(replace(settings, theme=name))) as (app, pilot):
        shown_list, tabs = app.main._shelf.shown, app.main.query_one(ViewTabs)

        def looks() -> tuple[bool, bool]:
            row = [one for line in range(3) for one in shown_list.render_line(line)]
            tab = list(tabs.render_line(0))
            return (
                any(one.style and one.style.reverse for one in row),
                any(one.style and one.style.underline for one in tab),
            )

        assert looks() == (True, True)
        await pilot.press("question_mark")
        await rest(pilot)
        assert looks() == (False, False)
        await pilot.press("escape")
        await rest(pilot)
        assert looks() == (True, True)


@pytest.mark.parametrize("no_color", [False, True])
@pytest.mark.parametrize("name", ["later-dark", "later-light", "nord", "later-ansi", "ansi-dark"])
async def test_the_selected_row_looks_different_in_any_colours(
    running: Open,
    settings: Settings,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    no_color: bool,
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    await stage.fill(store, settings)
    async with running(session=session(replace(settings, theme=name))) as (app, pilot):
        await pilot.press("j")
        await rest(pilot)
        top = app.main._shelf.shown.content_region.y
        lines = app.screen._compositor.render_strips()
        looks = []
        for row in (1, 2):
            segments = lines[top + row]._segments
            for line_filter in app.get_line_filters():
                segments = line_filter.apply(segments, Color(0, 0, 0))
            word = next(one for one in segments if len(one.text.strip()) > 6)
            assert word.style is not None
            looks.append((word.style.bgcolor, bool(word.style.reverse)))
        assert looks[0] != looks[1]
        if no_color and word.style and word.style.bgcolor and word.style.bgcolor.triplet:
            assert len(set(word.style.bgcolor.triplet)) == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "later-drak",
            'theme is "later-drak", and there is none of that name; expected "later-dark"',
        ),
        ("", 'theme is "", and there is none of that name; expected one of ansi-dark'),
    ],
)
def test_a_theme_that_there_is_not_is_refused(settings: Settings, name: str, said: str) -> None:
    with pytest.raises(ConfigError) as refused:
        LaterApp(session(replace(settings, theme=name)), open_store)
    assert str(refused.value).startswith(said)
