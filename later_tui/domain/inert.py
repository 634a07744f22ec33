"""Text that can do nothing: no terminal, list, mail header or eye is deceived by it.

What goes:

- C0 and C1 control characters and DEL, so no escape sequence reaches a terminal. A tab becomes
  a space; CR LF, CR, NEL and the line and paragraph separators become a line feed.
- Bidi embeddings, overrides and isolates (U+202A to U+202E, U+2066 to U+2069), with which a
  line can be made to read as another one (Boucher and Anderson, "Trojan Source", 2021), and
  the deprecated U+206A to U+206F.
- Surrogates, noncharacters and the byte-order mark.
- Interlinear annotations (U+FFF9 to U+FFFB), and tag characters (U+E0000 to U+E007F), which
  carry words that nobody sees. Only the flags written with them stay, as UTS #51 defines them.

What stays, since people write with it: letters of every script, combining marks, joiners,
variation selectors, skin tones, and the marks U+200E, U+200F and U+061C, which move only the
punctuation next to them and which mixed Hebrew or Arabic needs.
"""

import re
import unicodedata

from later_tui.domain.errors import BadInputError

MAX_TEXT_BYTES = 16_384
"""The longest text of a reminder, in bytes of UTF-8."""

_LINE_BREAK = re.compile("\r\n?|[\x85\u2028\u2029]")
_REMOVED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]+"
)
_TAGS = re.compile(
    "(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f)"
    "|[\U000e0000-\U000e007f]+"
)
_BREAKS = re.compile(r" *\n[ \n]*")
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""The Hangul fillers and the empty Braille cell: letters and a symbol that show nothing."""


def inert(text: str) -> str:
    """Return `text` without what could act or deceive; line breaks stay, as line feeds."""
    if text.isascii() and text.isprintable():
        return text
    text = _REMOVED.sub("", _LINE_BREAK.sub("\n", text).replace("\t", " "))
    return text if text.isascii() else _TAGS.sub(r"\1", text)


def one_line(text: str) -> str:
    """Return the inert text in one line: line breaks, and the spaces around them, as one space."""
    return _BREAKS.sub(" ", inert(text).strip("\n"))


def check_text(text: str) -> str:
    """Return the thought as it is kept: inert, without blanks at its ends.

    Raises BadInputError when nothing visible is left, or when it is over MAX_TEXT_BYTES.
    """
    kept = inert(text).strip()
    size = len(kept.encode())
    if size > MAX_TEXT_BYTES:
        raise BadInputError(
            f"the thought has {size:,} bytes, and at most {MAX_TEXT_BYTES:,} can be kept; "
            "keep the long part in a file and the file's name here"
        )
    if not any(map(_visible, kept)):
        raise BadInputError("the thought is empty; write a few words to be reminded of")
    return kept


def _visible(char: str) -> bool:
    return (
        unicodedata.category(char) not in ("Cf", "Mn", "Me", "Zs", "Cc", "Zl", "Zp")
        and char not in _BLANK_LETTERS
    )
