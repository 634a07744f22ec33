"""A program on a terminal of its own: keys go in, and what it paints is waited for."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROWS, COLUMNS = 40, 120
PATIENCE_S = 60.0
PAUSE_S = 0.02
"""Between a paint and the next key, s: a fast hand takes longer."""
LINE = 60
"""So many letters fit on every line."""
ERASE, ERASE_S = "\x15", 0.3
"""The key that empties a box, Ctrl-U, and how long that may take, s."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_REMEMBERED = 6
"""So many letters before the cursor are looked for; no two runs of so many are alike."""
_SEQUENCES = re.compile(
    rb"\x1b(?:\[[0-9:;<=>?]*[ -/]*[@-~]|[PX^_\]].*?(?:\x07|\x1b\\)|[ -/]*[0-~])"
)


class Screen:
    """What a program paints, as the bytes come."""

    def __init__(self, handle: int, process: subprocess.Popen[bytes], began: float) -> None:
        self._handle = handle
        self._seen = b""
        self._typed = 0
        self.process = process
        self.began = began
        """When the program was started, by `perf_counter`."""

    def wait(self, words: str) -> float:
        """Read until `words` were painted; return when that was, by `perf_counter`."""
        wanted = words.encode()
        deadline = time.perf_counter() + PATIENCE_S
        while wanted not in _SEQUENCES.sub(b"", self._seen):
            if time.perf_counter() > deadline:
                shown = _SEQUENCES.sub(b"", self._seen)[-400:]
                raise SystemExit(f"{words!r} was never painted; the last was {shown!r}")
            self._read(0.5)
        return time.perf_counter()

    def rest(self, seconds: float) -> None:
        """Read, and forget, what is painted meanwhile."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._read(left)
        self._seen = b""

    def press(self, keys: str) -> float:
        """Send keys and forget what was painted before; return when, by `perf_counter`."""
        self._seen = b""
        began = time.perf_counter()
        os.write(self._handle, keys.encode())
        return began

    def type_one(self) -> float:
        """Type the next letter and return how long it took to be painted, ms."""
        if self._typed in (0, LINE):
            self._typed = _REMEMBERED
            for keys in (ERASE, _LETTERS[:_REMEMBERED]):
                self.press(keys)
                self.rest(ERASE_S)
        self._typed += 1
        text = "".join(_letter(i) for i in range(max(0, self._typed - _REMEMBERED), self._typed))
        began = self.press(text[-1])
        took = 1000 * (self.wait(text) - began)
        self.rest(PAUSE_S)
        return took

    def move_one(self, key: str) -> float:
        """Press a key to which nothing but a paint answers; return how long that took, ms."""
        began = self.press(key)
        while not _SEQUENCES.sub(b"", self._seen).strip():
            self._read(PATIENCE_S)
        took = 1000 * (time.perf_counter() - began)
        self.rest(PAUSE_S)
        return took

    def _read(self, seconds: float) -> None:
        if select.select([self._handle], [], [], seconds)[0]:
            self._seen += os.read(self._handle, 65536)


def _letter(place: int) -> str:
    """Return a letter of a text in which no run of letters comes twice: a to z, then each third."""
    return _LETTERS[place * (1 + place // len(_LETTERS) * 2) % len(_LETTERS)]


@contextmanager
def showing(words: Sequence[str], environ: Mapping[str, str], folder: Path) -> Iterator[Screen]:
    """Run a program on a terminal of 120 × 40; it is killed in the end."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    looks = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    began = time.perf_counter()
    process = subprocess.Popen(
        words, env={**environ, **looks}, cwd=folder,
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    try:
        yield Screen(ours, process, began)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
