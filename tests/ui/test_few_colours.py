"""Terminals of 16 and of 256 colours: what is put on, and how ours look there."""

import re
from itertools import combinations
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from later_tui.config.load import load
from later_tui.ui.few_colours import Nearest, filters, hex_of, nearest, theme
from later_tui.ui.themes import AA, GROUNDS, INKS, OWN, contrast, shaded
from tests.ui.test_leaving import Terminal

own = pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)


def quantised(theme: Theme, name: str) -> str:
    """Return a colour of `theme` as a terminal of 256 colours shows it."""
    return hex_of(nearest(shaded(theme.to_color_system().generate()[name]).hex6))


def test_the_numbers_are_those_of_xterm() -> None:
    assert [hex_of(n) for n in (16, 17, 196, 231, 232, 255)] == [
        *("#000000", "#00005f", "#ff0000", "#ffffff", "#080808", "#eeeeee")
    ]
    for number in range(16, 256):
        assert RichColor.from_ansi(number).get_truecolor().hex == hex_of(number)
        assert hex_of(nearest(hex_of(number))) == hex_of(number)


@own
@pytest.mark.parametrize("ink", [*INKS, "text-muted"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_ink_can_be_read_on_every_ground(theme: Theme, ink: str, ground: str) -> None:
    assert contrast(quantised(theme, ink), quantised(theme, ground)) >= AA


@own
def test_the_row_of_the_cursor_and_the_scrollbar_can_be_seen(theme: Theme) -> None:
    ground = quantised(theme, "background")
    for name, least in (("boost", 1.2), ("scrollbar", 1.3), ("border-blurred", 1.4)):
        assert contrast(quantised(theme, name), ground) >= least


@own
def test_grounds_are_greys_and_no_other_hue(theme: Theme) -> None:
    for name in (*GROUNDS, "scrollbar", "border-blurred"):
        shown = Color.parse(quantised(theme, name))
        assert max(shown.rgb) - min(shown.rgb) <= 8, name
    dark = Color.parse(quantised(theme, "background"))
    assert dark.rgb != (0, 0, 0)


@own
def test_what_means_different_things_stays_different(theme: Theme) -> None:
    inks = ("success", "warning", "error", "secondary", "text-muted")
    for one, other in combinations(inks, 2):
        assert quantised(theme, one) != quantised(theme, other)


def test_lines_are_drawn_in_the_nearest_colours() -> None:
    (line_filter,) = filters("256")
    assert isinstance(line_filter, Nearest)
    style = Style.parse("bold #f0b072 on #12141c")
    plain = Segment("x", Style(bold=True, color="default"))
    seen = line_filter.apply([Segment("a", style), plain, Segment("b")], Color(0, 0, 0))
    assert seen[0].style == Style.parse("bold color(215) on color(233)")
    assert seen[1:] == [plain, Segment("b")]
    assert filters("standard") == filters(None) == ()


def test_a_terminal_of_sixteen_colours_gets_its_own_unless_a_theme_was_chosen(
    tmp_path: Path,
) -> None:
    file = tmp_path / "config.toml"

    def put_on(system: str, text: str, **environ: str) -> str:
        file.write_text(text)
        return theme(
            load({"config": str(file)}, environ={"HOME": str(tmp_path), **environ}), system
        )

    assert put_on("standard", "") == "later-ansi"
    assert put_on("standard", 'window = "3d"') == "later-ansi"
    assert put_on("256", "") == "later-dark"
    assert put_on("standard", 'theme = "nord"') == "nord"
    assert put_on("standard", 'theme = "later-dark"') == "later-dark"
    assert put_on("standard", "", LATER_THEME="later-dark") == "later-dark"


@pytest.mark.parametrize(
    ("term", "theme", "used", "unused"),
    [
        ("xterm-256color", "", "48;5;233", r"48;5;1[67]|[;\[]4[0-7]m|;2;"),
        ("xterm-16color", "", "", r"38;|48;|[;\[](?:4[0-7]|3[02-467]|9[1-7])[;m]"),
        ("xterm-16color", "later-dark", "40", "38;|48;"),
    ],
)
def test_a_terminal_is_written_to_in_colours_that_it_has(
    tmp_path: Path, term: str, theme: str, used: str, unused: str
) -> None:
    chosen = {"LATER_THEME": theme} if theme else {}
    terminal = Terminal(tmp_path, TERM=term, COLORTERM="", **chosen)
    try:
        seen = terminal.see("here").decode(errors="replace")
    finally:
        terminal.close()
    codes = " ".join(re.findall(r"\x1b\[[0-9;]*m", seen))
    assert used in codes
    assert not re.search(unused, codes)
