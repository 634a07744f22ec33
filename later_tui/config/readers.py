"""From a value as it was given to the value that is used: one function for each kind.

Every one takes a Given and raises ConfigError when it does not fit. Values of variables and options
are texts, so numbers are also read from text; a file's are of TOML's types.
"""

import re
from collections.abc import Callable
from typing import TypeVar

from later_tui.config.given import Given
from later_tui.domain.errors import BadInputError
from later_tui.domain.hours import Hours

T = TypeVar("T")

# Not compiled here: most commands read few settings, and `re` keeps what it has compiled.
_USER = r"[^\s:{}\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,64}"
_NODE = r"(\[[0-9A-Fa-f:.%]+\]|[^\s:/@\[\]]+):([0-9]{1,5})"
_CLOCK = r"([0-9]{1,2})(?::([0-9]{2}))?"
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def whole(least: int, most: int) -> Callable[[Given], int]:
    """Return a reader of whole numbers from `least` to `most`."""

    def read(given: Given) -> int:
        value = given.value
        if isinstance(value, str) and re.fullmatch(r"[+-]?\d{1,18}", value.strip(), re.ASCII):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise given.wrong(f"a whole number from {least} to {most}")
        return value

    return read


def text(given: Given) -> str:
    """Read a text that is not empty, and of one line."""
    value = given.value
    if not isinstance(value, str) or not value.strip():
        raise given.wrong("a text" if value != "" else "a text, or the setting left out")
    if not value.isprintable():
        raise given.wrong("a text of one line without control characters")
    return value.strip()


def secret(given: Given) -> str:
    """Read a password: any text, letter for letter; the empty one means that there is none."""
    if not isinstance(given.value, str):
        raise given.wrong("a text in quotation marks")
    return given.value


def truth(given: Given) -> bool:
    """Read true or false; of a variable also yes or no, on or off, 1 or 0."""
    if isinstance(given.value, bool):
        return given.value
    words = {"true": True, "yes": True, "on": True, "1": True}
    words |= {"false": False, "no": False, "off": False, "0": False}
    said = given.value.strip().lower() if isinstance(given.value, str) else ""
    if said not in words:
        raise given.wrong("true or false")
    return words[said]


def nodes(given: Given) -> tuple[str, ...]:
    """Read addresses: "HOST:PORT,HOST:PORT", or a list of them; an IPv6 host in brackets."""
    expected = 'one or more of HOST:PORT, such as "redis1:26379,redis2:26379"'
    found = _items(given, expected)
    for item in found:
        parts = re.fullmatch(_NODE, item.strip())
        if parts is None or not 0 < int(parts[2]) < 65536:
            raise Given(item, given.where).wrong(expected)
    if not found:
        raise given.wrong(expected)
    return tuple(dict.fromkeys(item.strip() for item in found))


def user(given: Given) -> str:
    """Read a user's name, which becomes part of the names of keys."""
    value = given.value
    if not isinstance(value, str) or not re.fullmatch(_USER, value):
        raise given.wrong("a name of 1 to 64 characters without blanks, colons or braces")
    return value


def users(given: Given) -> tuple[str, ...]:
    """Read the names of users: "ada,bob", or a list of them; each once, in their order."""
    expected = 'one or more names of users, such as "ada,bob"'
    found = _items(given, expected)
    for item in found:
        user(Given(item, given.where))
    if not found:
        raise given.wrong(expected)
    return tuple(dict.fromkeys(found))


def milliseconds(least: int, most: int) -> Callable[[Given], int]:
    """Return a reader of lengths of time, ms: a number of seconds, or "2s", "5m", "1h30m"."""
    expected = f'seconds, or a text such as "2s" or "5m", from {least / 1000:g} s to {_words(most)}'

    def read(given: Given) -> int:
        value = given.value
        if isinstance(value, str) and re.fullmatch(r"\d{1,9}(\.\d{1,3})?", value.strip(), re.ASCII):
            value = float(value)
        if isinstance(value, str):
            ms = _length(value)
        elif isinstance(value, bool) or not isinstance(value, int | float):
            ms = None
        else:
            # Only what lies inside can be rounded: inf and nan cannot.
            ms = round(value * 1000) if least / 1000 <= value <= most / 1000 else None
        if ms is None or not least <= ms <= most:
            raise given.wrong(expected)
        return ms

    return read


def duration(given: Given) -> str:
    """Read a default window; returned as it was written, since months have no fixed length."""
    if not isinstance(given.value, str):
        raise given.wrong('a text such as "2w", "10d" or "1mo"')
    from later_tui.domain.duration import read_duration

    try:
        read_duration(given.value)
    except BadInputError as error:
        raise given.wrong(f'a length of time such as "2w", "10d" or "1mo" ({error})') from None
    return given.value


def hours(given: Given) -> tuple[Hours, ...]:
    """Read stretches of the day: "22-7", or a list of them."""
    return tuple(_stretch(item, given) for item in _items(given, '"22-7", or a list of such hours'))


def days(given: Given) -> frozenset[int]:
    """Read days of the week, Monday being 0: "sun", or a list of them."""
    expected = '"sun", or a list of such days (mon, tue, wed, thu, fri, sat, sun)'
    found = set()
    for item in _items(given, expected):
        name = item.lower()
        if name in _DAY_NAMES or name in _DAYS:
            found.add(_DAYS.index(name[:3]))
        else:
            raise Given(item, given.where).wrong(expected)
    return frozenset(found)


def _items(given: Given, expected: str) -> list[str]:
    value = given.value
    if isinstance(value, str):
        value = [part.strip() for part in value.split(",")]
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise given.wrong(expected)
    return value


def _stretch(item: str, given: Given) -> Hours:
    expected = 'hours such as "22-7" or "12:30-14" that do not end when they begin'
    found = re.fullmatch(f"{_CLOCK} ?[-\u2013] ?{_CLOCK}", item.strip())
    if not found or int(found[2] or 0) > 59 or int(found[4] or 0) > 59:
        raise Given(item, given.where).wrong(expected)
    start = int(found[1]) * 60 + int(found[2] or 0)
    stop = int(found[3]) * 60 + int(found[4] or 0)
    try:
        return Hours(start, stop)
    except ValueError:
        raise Given(item, given.where).wrong(expected) from None


def _length(value: str) -> int | None:
    from later_tui.domain.duration import read_duration

    try:
        length = read_duration(value)
    except BadInputError:
        return None
    return length.ms if not length.months else None


def _words(ms: int) -> str:
    hours, rest = divmod(ms, 3_600_000)
    return f"{hours} h" if not rest else f"{ms / 1000:g} s"
