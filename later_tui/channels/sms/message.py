"""The text that is sent, out of the reminder's."""

import unicodedata
from bisect import bisect_right
from itertools import accumulate

from later_tui.channels.sms.graphemes import graphemes
from later_tui.channels.sms.segments import is_gsm7, segments

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f", " "),
        "\u2026": "...",
    }
)
"""Typographic signs, and what stands for them on a typewriter."""

MOST_SEGMENTS = 3
"""How many messages a reminder may take unless the configuration says otherwise."""

_LAST_WORD = 24
"""So many characters at most are given up for a cut between two words."""


def message(text: str, most_segments: int) -> str:
    """Return what is sent of a text, in at most `most_segments` messages.

    Curly quotes, dashes and the like become plain ones where then all of the text is in the GSM
    alphabet: one of them would more than halve the room. What is too long ends with "…" ("..." in
    that alphabet, which has no other), between two words where one ends nearby, and never within
    what a reader sees as one character.
    """
    text = _cheaper(text)
    if segments(text).count <= most_segments:
        return text
    mark = "..." if is_gsm7(text) else "…"
    ends = list(accumulate(len(one) for one in graphemes(text)))

    def count(end: int) -> int:
        return segments(text[:end] + mark).count

    if count(ends[0]) > most_segments:  # hundreds of marks on one letter
        ends = list(range(len(text)))
    end = ends[bisect_right(ends, most_segments, key=count) - 1]
    space = max(text.rfind(" ", 0, end + 1), text.rfind("\n", 0, end + 1))
    if space > 0 and end - space <= _LAST_WORD and text[:space].strip():
        end = space
    return text[:end].rstrip() + mark


def preview(text: str, most_segments: int = MOST_SEGMENTS) -> str:
    """Return what `message` costs, for the person to see before it is sent.

    "2 SMS", or "3 SMS, its end is cut" where the text is longer than what may be sent.
    """
    sent = segments(message(text, most_segments))
    cut = segments(_cheaper(text)).count > most_segments
    return f"{sent}, its end is cut" if cut else str(sent)


def _cheaper(text: str) -> str:
    # A letter and its accent may be two characters; composed they may be one of the alphabet.
    plain = unicodedata.normalize("NFC", text).translate(_PLAIN)
    return plain if is_gsm7(plain) else text
