"""How much of the past is kept: an age and a size, as they are written."""

import re

from later_tui.config.given import Given
from later_tui.domain.errors import BadInputError

_DAY = 86_400_000
_MONTH = 365.25 * _DAY / 12
"""Of an age, months and years need no calendar."""

_UNITS = {"": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}
_LEAST, _MOST = 1 << 16, 1 << 50


def age(given: Given) -> int:
    """Read an age, such as "2y"; returned in ms."""
    expected = 'an age such as "2y" or "90d", from 1 day to 10 years'
    if not isinstance(given.value, str):
        raise given.wrong(expected)
    from later_tui.domain.duration import read_duration

    try:
        read = read_duration(given.value)
    except BadInputError:
        raise given.wrong(expected) from None
    ms = read.ms + round(read.months * _MONTH)
    if ms < _DAY:
        raise given.wrong(expected)
    return ms


def size(given: Given) -> int:
    """Read a size, such as "64MB" (of 1024 KB each); returned in bytes."""
    expected = 'a size such as "64MB" or "1GB", of 64KB at the least'
    value = given.value
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise given.wrong(expected)
    found = re.fullmatch(r"(\d{1,15}) ?(|[KMG]B)", value.strip().upper(), re.ASCII)
    size = int(found[1]) * _UNITS[found[2]] if found else 0
    if not _LEAST <= size <= _MOST:
        raise given.wrong(expected)
    return size
