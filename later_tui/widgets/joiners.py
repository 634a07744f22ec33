"""Hold joined emoji as their parts while they are written, so that the cursor stands where it is.

A joined emoji is 2 cells for us and 2, 4 or 8 for a terminal, by its version: what is written
behind it would stand elsewhere than the cursor. So the boxes hold each joiner, tone and selector
as a character that has no cell anywhere and that no thought may contain (`domain/inert.py` removes
the deprecated U+206A to U+206F and the annotations), one for one, and give back what was written.
"""

import re

_JOINING = "\u200d\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_HELD = "\u206a\u206b\u206c\u206d\u206e\u206f\ufff9"
_NOTHING = "\u200c"
"""The non-joiner: zero cells in all terminals, which know it from Persian."""

_HOLD = str.maketrans(_JOINING, _HELD)
_RELEASE = str.maketrans(_HELD, _JOINING)
_SHOW = str.maketrans(dict.fromkeys(_HELD, _NOTHING))


def hold(text: str) -> str:
    """Return `text` as a box holds it, with as many characters; held text is returned as it is."""
    return text if text.isascii() else text.translate(_HOLD)


def release(text: str) -> str:
    """Return held text as it was written."""
    return text if text.isascii() else text.translate(_RELEASE)


def shown(text: str) -> str:
    """Return held text as it is drawn, character for character."""
    return text if text.isascii() else text.translate(_SHOW)


def typed_joiner(character: str | None) -> str:
    """Return the joiner or non-joiner that a key has typed, or nothing."""
    return character if character and character in "\u200c\u200d" else ""


def without_held(text: str) -> str:
    """Return text from elsewhere without the characters that would be taken for held ones."""
    return text if text.isascii() else re.sub(f"[{_HELD}]", "", text)
