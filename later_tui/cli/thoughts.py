"""Thoughts from standard input: one a line, or all of it as one."""

import sys
from collections.abc import Iterable, Iterator
from io import BufferedReader
from typing import BinaryIO, NamedTuple

from later_tui.cli.output import complain, is_terminal
from later_tui.domain.errors import BadInputError
from later_tui.domain.inert import MAX_TEXT_BYTES

_LONGEST = 4 * MAX_TEXT_BYTES
"""The most bytes of a line that are held in memory; its clauses come on top of its text."""

_AT_ONCE = 1 << 16


class Line(NamedTuple):
    """A line and its number, from 1; `error` says why it cannot be read, or is None."""

    number: int
    text: str
    error: BadInputError | None = None


def thoughts(stream: BinaryIO) -> Iterator[list[Line]]:
    """Yield the lines that are not blank, as many at a time as there are without waiting.

    Bytes that are not UTF-8 become U+FFFD. A line that is far too long is passed over without
    being held.
    """
    number, rest, too_long = 1, b"", False
    while chunk := _read(stream):
        *whole, rest = (rest + chunk).split(b"\n")
        lines = []
        for raw in whole:
            lines.append(_line(number, raw, too_long=too_long))
            number, too_long = number + 1, False
        if len(rest) > _LONGEST:
            rest, too_long = b"", True
        if found := [line for line in lines if line.text or line.error]:
            yield found
    last = _line(number, rest, too_long=too_long)
    if last.text or last.error:
        yield [last]


def items(thoughts: Iterable[list[Line]]) -> Iterator[list[Line]]:
    """Yield the lines of a list as the app reads one that is pasted: without bullets, numbers and
    empty boxes before them, and without those that are ticked off.
    """
    from later_tui.domain import pasted

    for lines in thoughts:
        kept = [
            line._replace(text=text)
            for line in lines
            for text in ([""] if line.error else pasted.thoughts(line.text))
        ]
        if kept:
            yield kept


def whole(stream: BinaryIO) -> str:
    """Return all there is as one text, with its line breaks.

    Bytes that are not UTF-8 become U+FFFD. Raises BadInputError: it is empty, or far too long.
    """
    raw = stream.read(_LONGEST + 1)
    if len(raw) > _LONGEST:
        raise BadInputError(
            f"standard input is too long for one thought; at most {MAX_TEXT_BYTES:,} bytes are kept"
        )
    text = raw.decode("utf-8-sig", "replace").strip()
    if not text:
        raise BadInputError("there is no thought on standard input")
    return text


def standard_input() -> BinaryIO:
    """Return the bytes of standard input. Raises BadInputError if it is closed."""
    if sys.stdin is None:
        raise BadInputError("there is no thought, and standard input is closed")
    return sys.stdin.buffer


def typed() -> str:
    """Return `whole` of standard input, telling whoever types it how it ends."""
    stream = standard_input()
    if is_terminal(sys.stdin):
        complain("write the thought; ctrl+d on a line of its own ends it")
    return whole(stream)


def _read(stream: BinaryIO) -> bytes:
    """Return what there is, waiting only if there is nothing yet; empty at the end."""
    if isinstance(stream, BufferedReader):
        return stream.read1(_AT_ONCE)
    return stream.read(_AT_ONCE)


def _line(number: int, raw: bytes, *, too_long: bool) -> Line:
    if too_long or len(raw) > _LONGEST:
        error = BadInputError(f"the line is too long; at most {MAX_TEXT_BYTES:,} bytes are kept")
        return Line(number, "", error)
    return Line(number, raw.decode("utf-8-sig" if number == 1 else "utf-8", "replace").strip())
