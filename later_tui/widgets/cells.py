"""Fit text into terminal cells: one line, no control characters, never half a wide one."""

import re

from rich.cells import cell_len, set_cell_size

_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_ACTIVE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)

# Compiled (and kept) by `re` at the first text that needs them.
_RIGHT_TO_LEFT = (
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_LEFT_TO_RIGHT_ISOLATE, _POP_ISOLATE = "\u2066", "\u2069"


_LETTERS = "\u0600-\u0dff\u1000-\u109f\u1780-\u17ff"
"""Of the scripts whose letters change their forms at a joiner."""
_ALONE = f"(?<![{_LETTERS}])\u200d|\u200d(?![{_LETTERS}])|[\U0001f3fb-\U0001f3ff]|\ufe0f"
"""Joiners outside those scripts, tones of skin, the selector of the coloured form."""


def clean(text: str) -> str:
    """Return `text` on one line without anything a terminal would obey.

    Callers hand over inert text already; a widget that is used alone must still not let an
    escape sequence through, because the framework writes data to the terminal as it is.
    """
    return _ACTIVE.sub("", _BREAKS.sub(" ", text))


def clean_lines(text: str) -> str:
    """Return `text` with its line breaks kept as newlines, otherwise as `clean` does."""
    return "\n".join(clean(line) for line in text.splitlines())


def apart(text: str) -> str:
    """Return `text` with joined emoji as their parts, so that all terminals give it as many cells.

    A family is 2 cells here and 8 there, a heart with a variation selector 1 or 2: what stands to
    the right of it would move. Joiners that letters need (Persian, Hindi) stay.
    """
    if text.isascii():
        return text
    return re.sub(_ALONE, "", text)


def cells(text: str) -> int:
    """Return how many cells `text` takes when it is shown on one line."""
    if text.isascii() and text.isprintable():
        return len(text)
    return cell_len(apart(clean(text)))


def shorten(text: str, width: int) -> str:
    """Return `text` in at most `width` cells; what is cut off is said with an ellipsis."""
    text = apart(text)
    if cell_len(text) <= width:
        return text
    if width <= 1:
        return "…"[:width]
    return set_cell_size(text, width - 1).rstrip(" \u200d") + "…"


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return `text` in exactly `width` cells, padded on its right, or on its left if `right`."""
    short = shorten(text, max(width, 0))
    pad = " " * (width - cell_len(short))
    return pad + short if right else short + pad


def isolated(text: str) -> str:
    """Return fitted text so that right-to-left words in it do not move what stands beside it.

    A terminal that orders them for the eye (UAX #9) orders the whole line, and takes the number of
    the next column along. Other terminals give the isolate's two characters no cell. Text without
    such words is returned as it is.
    """
    if text.isascii() or not re.search(_RIGHT_TO_LEFT, text):
        return text
    return f"{_LEFT_TO_RIGHT_ISOLATE}{text}{_POP_ISOLATE}"
