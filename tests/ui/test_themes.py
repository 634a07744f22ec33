import pytest
from textual.color import Color
from textual.theme import Theme

from later_tui.ui.themes import GROUNDS, INKS, LATER_DARK, LATER_LIGHT, THEMES, contrast, other


def colour(theme: Theme, name: str) -> str:
    return theme.to_color_system().generate()[name]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ink", [*INKS, "text", "text-muted"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_ink_can_be_read_on_every_ground(theme: Theme, ink: str, ground: str) -> None:
    assert contrast(colour(theme, ink), colour(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_cursor_in_an_input_can_be_read(theme: Theme) -> None:
    under, over = colour(theme, "input-cursor-background"), colour(theme, "input-cursor-foreground")
    assert contrast(under, over) >= 4.5


def test_contrast_is_that_of_the_guideline() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


def test_grounds_are_drawn_as_they_are_checked() -> None:
    for theme in THEMES:
        for ground in GROUNDS:
            assert Color.parse(colour(theme, ground)).a == 1


def test_each_theme_leads_to_the_other() -> None:
    assert other(LATER_DARK.name) == LATER_LIGHT.name
    assert other(LATER_LIGHT.name) == LATER_DARK.name
    assert other("nord") == LATER_DARK.name
