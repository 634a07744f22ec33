"""An index of a user's thoughts in one file, to look for words in a million of them.

A line a reminder: its id, its folded words, its tags and channels. Bytes are looked for in it at
about the memory's speed, for any part of a word; what is found is read from Redis and compared, so
a line that is out of date does no harm. A line that is missing would: the file says with a line
"@<event> <bytes>" up to which event of the store it has everything, and how long it was when it was
new; it is brought up to date from there.
It is made when it is first needed, is the user's alone to read, and may be deleted at any time.
"""

import os
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from later_tui.domain.fold import fold
from later_tui.domain.inert import inert

CHUNK = 1 << 20
"""How many bytes are looked through at once: 1 ms."""
_TAIL = 4096
_ABANDONED_S = 3600
_SLACK = 1 << 20
"""Bytes that a file may be longer than twice its first length, before it is made anew."""


def line(reminder_id: bytes, text: bytes, tags: bytes, channels: bytes) -> bytes:
    """Return a reminder's line, without its end."""
    said = fold(inert(f"{text.decode('utf-8', 'replace')} {tags.decode('utf-8', 'replace')}"))
    marks = [f"#{fold(tag)}" for tag in tags.decode("utf-8", "replace").split()]
    marks += [f"!{fold(name)}" for name in channels.decode("utf-8", "replace").split(",")]
    return b"%b\t%b\t%b " % (reminder_id, said.encode(), " ".join(marks).encode())


def says(one: bytes, needles: Sequence[bytes]) -> bool:
    """Return whether a line has all of the needles, behind its id."""
    _, _, words = one.partition(b"\t")
    return all(needle in words for needle in needles)


class TextIndex:
    """The file. Raises OSError where it cannot be read or written."""

    def __init__(self, folder: Path, place: str, username: str) -> None:
        name = f"{crc32(place.encode()):08x}-{crc32(username.encode()):08x}"
        self._path = folder / "find" / f"{name}.txt"
        self._file = -1
        self._made: Path | None = None
        """The file that is being made, until it is whole."""
        self.mark = ""
        """The event up to which it has everything, once it is whole."""
        self.size = 0
        self._new_size = 0

    @property
    def whole(self) -> bool:
        return bool(self.mark)

    def open(self) -> bool:
        """Open the file that there is; False if there is none, or none that is whole."""
        if self._file >= 0:
            return self.whole
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_APPEND)
        except FileNotFoundError:
            return False
        self.size = os.fstat(self._file).st_size
        tail = os.pread(self._file, _TAIL, max(0, self.size - _TAIL))
        said = tail[tail.rfind(b"\n@") + 2 :].partition(b"\n")[0].split(b" ")
        if b"\n@" not in tail or len(said) != 2 or not said[1].isdigit():
            self.close()
            return False
        self.mark, self._new_size = said[0].decode(), int(said[1])
        if self.size > 2 * self._new_size + _SLACK:
            self.close()
        return self.whole

    def begin(self) -> None:
        """Begin a new file, beside the one that there may be."""
        self.close()
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in self._path.parent.glob(f"{self._path.stem}.*.new"):
            if left.stat().st_mtime < time.time() - _ABANDONED_S:
                left.unlink(missing_ok=True)
        self._made = self._path.with_suffix(f".{os.getpid()}.new")
        flags = os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
        self._file = os.open(self._made, flags, 0o600)

    def add(self, lines: Iterable[bytes], event: str = "") -> None:
        """Add lines; with an event, the file has everything up to that one by now.

        A line of a reminder that has one already is the newer one.
        """
        # In one write, as another process may add to it too; and on a new line, lest the writer
        # before was killed in the middle of one.
        data = b"\n".join((b"", *lines, b""))
        if event:
            self._new_size = self._new_size or self.size + len(data)
            data += b"@%b %d\n" % (event.encode(), self._new_size)
        self._write(data)
        if event:
            self.mark = event
            if self._made is not None:
                self._made.replace(self._path)
                self._made = None

    def close(self) -> None:
        """Close the file; one that is not whole is thrown away."""
        if self._file >= 0:
            os.close(self._file)
        if self._made is not None:
            with suppress(OSError):
                self._made.unlink()
        self._file, self._made, self.mark, self.size, self._new_size = -1, None, "", 0, 0

    def candidates(self, needles: Sequence[bytes], at: int) -> tuple[list[bytes], int, int]:
        """Look through some of the file from `at` on.

        Returns the ids on lines with all of the needles, where to go on, and how many lines there
        were.
        """
        chunk = os.pread(self._file, CHUNK, at)
        end = chunk.rfind(b"\n") + 1
        if end == 0:
            return [], at + len(chunk), 0
        rarest = max(needles, key=len)
        found: list[bytes] = []
        here = chunk.find(rarest, 0, end)
        while here >= 0:
            start = chunk.rfind(b"\n", 0, here) + 1
            stop = chunk.find(b"\n", here)
            name, _, words = chunk[start:stop].partition(b"\t")
            if here < start + len(name):  # in an id, or in what the file says of itself
                here = chunk.find(rarest, min(stop, start + len(name) + 1), end)
                continue
            if all(needle in words for needle in needles):
                found.append(name)
            here = chunk.find(rarest, stop, end)
        return found, at + end, chunk.count(b"\n", 0, end)

    def _write(self, data: bytes) -> None:
        written = 0
        while written < len(data):
            written += os.write(self._file, data[written:])
        self.size = os.fstat(self._file).st_size
