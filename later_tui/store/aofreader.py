"""Reads the commands of an append-only file, to see how far they make sense.

The server's check tool sees whether they are well-formed; a command whose name was overwritten is
that still, and the server refuses it all the same.
"""

import re
from pathlib import Path
from typing import BinaryIO


def sound(path: Path) -> int:
    """Return up to where the file holds commands that could be commands, bytes. Raises OSError."""
    at = 0
    with path.open("rb") as file:
        while taken := _command(file):
            at += taken
    return at


def _command(file: BinaryIO) -> int:
    """Return the length of the command that begins here, bytes; 0 if there is none."""
    head = file.readline(64)
    if head.startswith(b"#") and head.endswith(b"\n"):
        return len(head)  # an annotation
    size = len(head)
    for i in range(_number(head, b"*")):
        line = file.readline(64)
        length = _number(line, b"$", -1)
        word = file.read(length + 2) if length >= 0 else b""
        if not word.endswith(b"\r\n") or len(word) != length + 2:
            return 0
        if i == 0 and not word[:-2].isalpha():
            return 0
        size += len(line) + len(word)
    return size if size > len(head) else 0


def _number(line: bytes, sign: bytes, without: int = 0) -> int:
    found = re.fullmatch(re.escape(sign) + rb"([0-9]{1,9})\r\n", line)
    return int(found[1]) if found else without
