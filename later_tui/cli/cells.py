"""How many cells of a terminal a text takes, and texts cut and filled to a width."""

import unicodedata

_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"


def width(text: str) -> int:
    """Return the cells that an inert text of one line takes.

    Wide characters take two (UAX #11), marks and joiners none; a joined emoji is one picture.
    """
    if text.isascii():
        return len(text)
    return sum(size for _, size in _clusters(text))


def fit(text: str, cells: int) -> str:
    """Return the text in exactly so many cells: filled with blanks, or cut with an ellipsis."""
    missing = cells - width(text)
    if missing >= 0:
        return text + " " * missing
    kept, used = "", 0
    for cluster, size in _clusters(text):
        if used + size > cells - 1:
            break
        kept, used = kept + cluster, used + size
    return kept + "…" + " " * (cells - 1 - used)


def _clusters(text: str) -> list[tuple[str, int]]:
    """Return what stands together on the screen, each with its cells."""
    found: list[tuple[str, int]] = []
    joined = False
    for char in text:
        mark = unicodedata.category(char) in ("Mn", "Me", "Cf") or _is_skin_tone(char)
        if found and (joined or mark):
            before, size = found[-1]
            found[-1] = (before + char, 2 if char == _EMOJI_STYLE and size == 1 else size)
        else:
            wide = unicodedata.east_asian_width(char) in ("W", "F")
            found.append((char, 0 if mark else 2 if wide else 1))
        joined = char == _JOINER
    return found


def _is_skin_tone(char: str) -> bool:
    return "\U0001f3fb" <= char <= "\U0001f3ff"
