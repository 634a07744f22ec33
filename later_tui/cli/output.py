"""What the commands print: inert, in any encoding, and quietly when nobody listens."""

import os
import sys
from typing import TextIO

from later_tui.domain.errors import OutsideError
from later_tui.domain.inert import one_line


class OutputError(OutsideError):
    """Standard output cannot be written to; a reader that has gone is a BrokenPipeError instead."""


def say(line: str) -> None:
    """Write one line to standard output."""
    _write(sys.stdout, one_line(line))


def say_block(text: str) -> None:
    """Write several lines of our own words to standard output."""
    _write(sys.stdout, text)


def complain(sentence: str) -> None:
    """Write one sentence to standard error, after the name of the program."""
    try:
        _write(sys.stderr, f"later: {one_line(sentence)}")
    except (OSError, OutputError):
        return  # nobody can be told; the exit code still tells


def say_json(value: object) -> None:
    """Write one value as one line of JSON, in ASCII, so that every encoding can carry it."""
    import json

    _write(sys.stdout, json.dumps(value, separators=(",", ":")))


def flush() -> None:
    """Write out what is buffered, so that a failure is met here."""
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _output_error(error) from error


def styled(text: str, code: str) -> str:
    """Return the text with an ANSI style ("1", "2"), if standard output is for eyes."""
    return f"\x1b[{code}m{text}\x1b[0m" if colours() else text


def colours() -> bool:
    """Tell whether colours may be used (https://no-color.org)."""
    return (
        is_terminal(sys.stdout)
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM", "") != "dumb"
    )


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether the stream is a terminal; a closed one is not."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def columns() -> int | None:
    """Return the terminal's width in cells, or None where output is not cut."""
    if not is_terminal(sys.stdout):
        return None
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except OSError:
        return 80


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:
        return
    try:
        stream.write(text + "\n")
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _output_error(error) from error


def _output_error(error: OSError) -> OutputError:
    return OutputError(f"the output cannot be written: {(error.strerror or str(error)).lower()}")
