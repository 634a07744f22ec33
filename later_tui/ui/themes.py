"""The two themes of `later`: lamplight on ink, and ink on paper.

Every colour that carries text keeps a contrast of 4.5 to 1 (WCAG 2.2, AA) on every ground it is
put on; a test computes it.
"""

from collections.abc import Sequence

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

LATER_DARK = Theme(
    name="later-dark",
    dark=True,
    primary="#f0b072",
    secondary="#a9b7ee",
    accent="#f2c9a0",
    success="#8fd0ac",
    warning="#ecc96f",
    error="#f0929a",
    foreground="#dfe1ea",
    background="#12141c",
    surface="#191c27",
    panel="#171a24",
    variables={
        "boost": "#252a3a",
        "text": "#dfe1ea",
        "text-muted": "#959bb3",
        "text-disabled": "#6d7389",
        "border": "#f0b072",
        "border-blurred": "#363c50",
        "block-cursor-background": "#252a3a",
        "block-cursor-foreground": "#dfe1ea",
        "block-cursor-text-style": "bold",
        "input-cursor-background": "#f0b072",
        "input-cursor-foreground": "#12141c",
        "input-selection-background": "#4a3d31",
        "scrollbar": "#2c3245",
        "scrollbar-hover": "#434b66",
        "scrollbar-active": "#f0b072",
        "scrollbar-background": "#12141c",
        "scrollbar-background-hover": "#12141c",
        "scrollbar-background-active": "#12141c",
        "scrollbar-corner-color": "#12141c",
        "screen-selection-background": "#4a3d31",
    },
)

LATER_LIGHT = Theme(
    name="later-light",
    dark=False,
    primary="#96450f",
    secondary="#40509f",
    accent="#8a4b12",
    success="#25684a",
    warning="#7d5300",
    error="#a92f3c",
    foreground="#2a2833",
    background="#faf7f1",
    surface="#f3eee5",
    panel="#f4efe6",
    variables={
        "boost": "#ebe3d6",
        "text": "#2a2833",
        "text-muted": "#645f70",
        "text-disabled": "#8c8795",
        "border": "#96450f",
        "border-blurred": "#d3c8b7",
        "block-cursor-background": "#ebe3d6",
        "block-cursor-foreground": "#2a2833",
        "block-cursor-text-style": "bold",
        "input-cursor-background": "#96450f",
        "input-cursor-foreground": "#faf7f1",
        "input-selection-background": "#f0d9bf",
        "scrollbar": "#ddd3c3",
        "scrollbar-hover": "#c6b9a4",
        "scrollbar-active": "#96450f",
        "scrollbar-background": "#faf7f1",
        "scrollbar-background-hover": "#faf7f1",
        "scrollbar-background-active": "#faf7f1",
        "scrollbar-corner-color": "#faf7f1",
        "screen-selection-background": "#f0d9bf",
    },
)

LATER_ANSI = Theme(
    name="later-ansi",
    ansi=True,
    primary="ansi_default",
    secondary="ansi_default",
    accent="ansi_default",
    success="ansi_default",
    warning="ansi_magenta",
    error="ansi_red",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "text-muted": "ansi_default 60%",
        "border": "ansi_default",
        "border-blurred": "ansi_bright_black",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "block-cursor-background": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-text-style": "bold reverse",
        "scrollbar": "ansi_bright_black",
        "scrollbar-hover": "ansi_magenta",
        "scrollbar-active": "ansi_magenta",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
    },
)
"""The terminal's own colours on the terminal's own ground, whatever they are.

Nobody says whether that is dark or light. So what matters is in the ink that the person chose for
it, bold or reversed; of the others only red and magenta can be read on black and on white alike.
"""

THEMES = (LATER_DARK, LATER_LIGHT, LATER_ANSI)
OWN = (LATER_DARK, LATER_LIGHT)
"""Those whose colours are ours, and whose contrast is promised."""
INKS = ("primary", "secondary", "accent", "success", "warning", "error", "foreground")
"""What text is written in, besides the variables `text` and `text-muted`."""
AA = 4.5
"""The least contrast of text (WCAG 2.2, AA)."""
GROUNDS = ("background", "surface", "panel", "boost")
"""What text is written on."""
_ON_WHITE = {
    "ansi_cyan": "ansi_blue",
    "ansi_green": "ansi_default",
    "ansi_bright_red": "ansi_magenta",
}
"""Colours of a terminal's sixteen that are pale on white, and what is not."""


def other(name: str) -> str:
    """Return the light theme's name for any dark one of ours, and the dark one's otherwise."""
    return LATER_LIGHT.name if name == LATER_DARK.name else LATER_DARK.name


def legible(variables: dict[str, str], theme: Theme) -> dict[str, str]:
    """Return the variables of a theme with what can be seen and read of it.

    `boost` lies under the row of the cursor and the chosen tab. Other themes make it of 4 % white,
    which is meant for large areas; one row of it cannot be told from the next. Some draw borders
    without the focus in the colour of what they lie on. And the framework's own have inks that are
    meant for areas: as text they are made as dark, or as light, as it takes. What a person's own
    theme says is left alone.
    """
    if theme.ansi:
        # The framework wants these of an ANSI theme, and has no default for them.
        ends = ("ansi_black", "ansi_white") if theme.dark else ("ansi_white", "ansi_black")
        seen = {"ansi-background": ends[0], "ansi-foreground": ends[1], **variables}
        if theme.name in BUILTIN_THEMES and not theme.dark:
            seen |= {ink: _ON_WHITE.get(seen[ink], seen[ink]) for ink in INKS}
        return seen
    if theme.boost or "boost" in theme.variables:
        return variables
    ground, ink = (shaded(variables[name]) for name in ("background", "foreground"))
    seen = {"boost": ground.blend(ink, 0.14, alpha=1.0).hex}
    edge = shaded(variables["border-blurred"])
    if contrast((ground + edge).hex6, ground.hex6) < 1.4:
        seen["border-blurred"] = ground.blend(ink, 0.28, alpha=1.0).hex
    if theme.name in BUILTIN_THEMES:
        grounds = (ground.hex6, (ground + shaded(seen["boost"])).hex6)
        seen |= {ink: _readable(shaded(variables[ink]), grounds) for ink in INKS}
    return variables | seen


def _readable(ink: Color, grounds: Sequence[str]) -> str:
    """Return `ink`, or the shade of it next to it that can be read on all `grounds` (#rrggbb)."""
    ends = (Color(0, 0, 0), Color(255, 255, 255))
    end = max(ends, key=lambda end: min(contrast(end.hex6, ground) for ground in grounds))
    shades = [ink.blend(end, share / 20, alpha=1.0).hex6 for share in range(21)]
    fit = (shade for shade in shades if min(contrast(shade, g) for g in grounds) >= AA)
    return next(fit, shades[-1])


def shaded(text: str) -> Color:
    """Return a colour as a theme has it, perhaps with its strength: "#959bb3 60%".

    Raises ColorParseError.
    """
    colour, blank, share = text.rpartition(" ")
    if not blank or not share.endswith("%"):
        return Color.parse(text)
    strength = float(share[:-1])
    if colour == "auto":
        return Color.automatic(strength)
    return Color.parse(colour).multiply_alpha(strength / 100)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours `#rrggbb`, 1 to 21 (WCAG 2.2, 1.4.3)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb` (WCAG 2.2, "relative luminance")."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return sum(s * weight for s, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
