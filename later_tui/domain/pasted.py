"""A pasted list as thoughts: one a line, without the marks of lists, without what is ticked off."""

import re
from collections.abc import Iterator

_MARK = re.compile(r"\s*(?:[-*+•–]|\d{1,4}[.)])\s+")
_BOX = re.compile(r"\s*\[(?P<tick>[ xX✓✔])\]\s+")


def thoughts(text: str) -> tuple[str, ...]:
    """Return the lines of `text` that are thoughts, in their order.

    Bullets, numbers and empty boxes before them are left out, and so are lines whose box is
    ticked: they are done. A line of nothing but marks is none.
    """
    return tuple(words for words, ticked in _lines(text) if not ticked)


def ticked_off(text: str) -> int:
    """Return how many lines of `text` are left out since their box is ticked."""
    return sum(ticked for _, ticked in _lines(text))


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each line that says something, without its marks, and whether it is ticked off."""
    for line in text.splitlines():
        words, ticked = line, False
        if mark := _MARK.match(words):
            words = words[mark.end() :]
        if box := _BOX.match(words):
            ticked = box["tick"] != " "
            words = words[box.end() :]
        if any(character.isalnum() for character in words):
            yield words.strip(), ticked
