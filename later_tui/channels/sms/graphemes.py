"""Where a text may be cut without breaking what a reader sees as one character."""

import unicodedata
from collections.abc import Iterator

_JOINER = "\u200d"


def graphemes(text: str) -> Iterator[str]:
    """Yield what a reader sees as one character each.

    The rules of UAX #29 that people's writing meets: marks, joiners, variation selectors, skin
    tones, keycaps and tags stay with what they follow, flags are pairs, and the parts of a Hangul
    syllable stay together.
    """
    begun = ""
    for char in text:
        if begun and not _belongs(begun, char):
            yield begun
            begun = ""
        begun += char
    if begun:
        yield begun


def _belongs(begun: str, char: str) -> bool:
    before = begun[-1]
    if before == "\n" or char == "\n":
        return False
    if _extends(char) or (before == _JOINER and unicodedata.category(char) == "So"):
        return True
    if _is_flag_half(char) and _is_flag_half(before):
        return len(begun) % 2 == 1
    return _is_jamo(char) and _is_hangul(before)


def _extends(char: str) -> bool:
    return (
        char == _JOINER
        or unicodedata.category(char) in ("Mn", "Mc", "Me")
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
    )


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_jamo(char: str) -> bool:
    """A vowel or a final consonant, which completes what stands before it."""
    return "\u1160" <= char <= "\u11ff"


def _is_hangul(char: str) -> bool:
    return "\u1100" <= char <= "\u11ff" or "\uac00" <= char <= "\ud7a3"
