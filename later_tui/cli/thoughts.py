"""Thoughts from standard input, one a line."""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from later_tui.domain.errors import BadInputError
from later_tui.domain.inert import MAX_TEXT_BYTES

_LONGEST = 4 * MAX_TEXT_BYTES
"""The most bytes of a line that are held in memory; its clauses come on top of its text."""


class Line(NamedTuple):
    """A line and its number, from 1; `error` says why it cannot be read, or is None."""

    number: int
    text: str
    error: BadInputError | None = None


def thoughts(stream: BinaryIO) -> Iterator[Line]:
    """Yield the lines that are not blank; bytes that are not UTF-8 become U+FFFD.

    A line that is far too long is passed over without being held.
    """
    number = 0
    while raw := stream.readline(_LONGEST + 1):
        number += 1
        if len(raw) > _LONGEST:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(_LONGEST)
            error = BadInputError(
                f"the line is too long; at most {MAX_TEXT_BYTES:,} bytes are kept"
            )
            yield Line(number, "", error)
            continue
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8", "replace").strip()
        if text:
            yield Line(number, text)
