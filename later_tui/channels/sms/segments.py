"""How many messages a text is: an SMS holds 140 bytes, and each part of a longer text is paid.

The alphabets are those of 3GPP TS 23.038 (GSM 03.38): seven bits a character where each is in the
default alphabet, which is 160 in one message; else UCS-2, 16 bits, which is 70. Each part of a text
that is longer gives 6 bytes to the header that joins them (3GPP TS 23.040), and has room for 153
or 67.
"""

from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ"
    " !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
"""Each is sent as an escape and another one: it costs two."""


@dataclass(frozen=True, slots=True)
class Segments:
    """What a text costs."""

    count: int
    """How many messages are sent, and paid."""
    encoding: str
    """"GSM-7" or "UCS-2"."""
    units: int
    """Its length in septets, or in 16-bit units."""

    def __str__(self) -> str:
        return f"{self.count} SMS"


def segments(text: str) -> Segments:
    """Return how many messages the text is. A pair of units is never split between two."""
    plain = is_gsm7(text)
    alone, joined = (160, 153) if plain else (70, 67)
    costs = [_septets(char) for char in text] if plain else [_units(char) for char in text]
    units = sum(costs)
    if units <= alone:
        return Segments(1, "GSM-7" if plain else "UCS-2", units)
    count, room = 1, joined
    for cost in costs:
        if cost > room:
            count, room = count + 1, joined
        room -= cost
    return Segments(count, "GSM-7" if plain else "UCS-2", units)


def is_gsm7(text: str) -> bool:
    """Return whether each character is in the GSM alphabet or its extension."""
    return all(char in _BASIC or char in _EXTENDED for char in text)


def _septets(char: str) -> int:
    return 2 if char in _EXTENDED else 1


def _units(char: str) -> int:
    return 2 if ord(char) > 0xFFFF else 1
