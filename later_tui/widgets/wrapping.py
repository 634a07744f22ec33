"""Break a sentence into lines that fit; the last is no lone word, and what is cut off is said."""

from functools import lru_cache

from rich.cells import cell_len, chop_cells

from later_tui.widgets.cells import apart, shorten


@lru_cache(maxsize=64)
def wrapped(text: str, room: int, most: int = 0) -> tuple[str, ...]:
    """Return `text` in lines of at most `room` cells: `most` of them, or as many as it takes (0).

    Blanks that follow each other are one. Nothing at all has no line.
    """
    room = max(room, 2)  # a wide character needs two
    words = [part for word in apart(text).split() for part in _parts(word, room)]
    lines = _filled(words, room)
    for narrower in range(room - 1, room // 2, -1):
        if len(lines) < 2 or " " in lines[-1]:
            break
        tried = _filled(words, narrower)
        if len(tried) > len(lines):
            break
        lines = tried
    if most and len(lines) > most:
        lines = [*lines[: most - 1], shorten(" ".join(lines[most - 1 :]), room)]
    return tuple(lines)


def _parts(word: str, room: int) -> list[str]:
    return [word] if cell_len(word) <= room else chop_cells(word, room)


def _filled(words: list[str], room: int) -> list[str]:
    """Return `words` in lines, each as full as it can be."""
    lines: list[str] = []
    left = 0
    for word in words:
        cells = cell_len(word)
        if lines and cells + 1 <= left:
            lines[-1] += f" {word}"
            left -= cells + 1
        else:
            lines.append(word)
            left = room - cells
    return lines
