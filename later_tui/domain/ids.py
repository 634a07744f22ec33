"""The names of reminders: short, without a meaning, easy to read out."""

import os
import re
from collections.abc import Callable

ID_LENGTH = 12

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 (https://www.crockford.com/base32.html), lower case: no i, l, o or u."""

_PREFIX = re.compile(f"[{_ALPHABET}]{{1,{ID_LENGTH}}}")


def new_id(random: Callable[[int], bytes] = os.urandom) -> str:
    """Return a new id of 12 characters, 60 random bits.

    Among a million reminders two ids are the same with a chance of less than one in a million.
    """
    number = int.from_bytes(random(8)) >> 4
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(55, -1, -5))


def is_id(text: str) -> bool:
    """Return whether `text` has the form of an id."""
    return len(text) == ID_LENGTH and is_prefix(text)


def is_prefix(text: str) -> bool:
    """Return whether an id may begin with `text`; the empty text is no prefix."""
    return _PREFIX.fullmatch(text) is not None
