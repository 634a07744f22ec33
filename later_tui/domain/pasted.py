"""A pasted list as thoughts: one a line, without the marks of lists, without what is ticked off."""

import re

_MARK = re.compile(r"\s*(?:[-*+•–]|\d{1,4}[.)])\s+")
_BOX = re.compile(r"\s*\[(?P<tick>[ xX✓✔])\]\s+")


def thoughts(text: str) -> tuple[str, ...]:
    """Return the lines of `text` that are thoughts, in their order.

    Bullets, numbers and empty boxes before them are left out, and so are lines whose box is
    ticked: they are done. A line of nothing but marks is none.
    """
    found = []
    for line in text.splitlines():
        words = line
        if mark := _MARK.match(words):
            words = words[mark.end() :]
        if box := _BOX.match(words):
            if box["tick"] != " ":
                continue
            words = words[box.end() :]
        if any(character.isalnum() for character in words):
            found.append(words.strip())
    return tuple(found)
