"""Terminals of fewer colours than ours: which theme suits them, which of their colours is nearest.

The framework's own reduction takes each channel for itself: a dark warm ground becomes black, a
dark blue one navy, and the row of the cursor stands out in a colour that is nobody's.
"""

from functools import cache, lru_cache
from itertools import product
from typing import TYPE_CHECKING

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from later_tui.ui.themes import LATER_ANSI

if TYPE_CHECKING:
    from later_tui.config.settings import Settings

FEW = frozenset({"standard", "windows"})
"""What Rich calls a terminal of sixteen colours: too few for any theme but of their own."""
MANY = "256"
"""What Rich calls one that has the cube of xterm and its greys."""
_LEVELS = (0, 95, 135, 175, 215, 255)
_FIRST = 16
"""The colours before it are the person's own, and may be anything."""

Lab = tuple[float, float, float]


class Nearest(LineFilter):
    """Draws each colour as the one of the 256 that looks most like it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return `segments` in those colours."""
        return [
            Segment(text, style and reduced(style), control) for text, style, control in segments
        ]


def filters(system: str | None) -> tuple[LineFilter, ...]:
    """Return what fits the drawn lines to a terminal whose colours are `system` (Rich's name)."""
    return (Nearest(),) if system == MANY else ()


def theme(settings: "Settings", system: str | None) -> str:
    """Return the name of the theme to put on where the terminal's colours are `system`.

    The one that was chosen; of the sixteen nobody knows how they look, so unless somebody chose one
    there it is the terminal's own.
    """
    return LATER_ANSI.name if system in FEW and not settings.theme_chosen else settings.theme


@lru_cache(4096)
def reduced(style: Style) -> Style:
    """Return `style` with its colours as the nearest of the 256."""
    return style + Style.from_color(_reduced(style.color), _reduced(style.bgcolor))


def _reduced(colour: RichColor | None) -> RichColor | None:
    if colour is None or colour.triplet is None:
        return colour
    return RichColor.from_ansi(nearest(colour.triplet.hex))


@lru_cache(4096)
def nearest(colour: str) -> int:
    """Return the number, 16 to 255, of the colour that looks most like `#rrggbb`."""
    wanted = _lab(colour)
    return min(_palette(), key=lambda one: _apart(one[1], wanted))[0]


def hex_of(number: int) -> str:
    """Return the colour `number`, 16 to 255, as xterm has it: `#rrggbb`."""
    return _colours()[number - _FIRST]


@cache
def _colours() -> tuple[str, ...]:
    cube = ("#{:02x}{:02x}{:02x}".format(*levels) for levels in product(_LEVELS, repeat=3))
    greys = (f"#{level:02x}{level:02x}{level:02x}" for level in range(8, 248, 10))
    return (*cube, *greys)


@cache
def _palette() -> tuple[tuple[int, Lab], ...]:
    return tuple((_FIRST + at, _lab(colour)) for at, colour in enumerate(_colours()))


def _apart(one: Lab, other: Lab) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _lab(colour: str) -> Lab:
    """Return `#rrggbb` in Oklab, where distance is what eyes make of it (Ottosson, 2020)."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    r, g, b = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )
