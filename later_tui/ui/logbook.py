"""The app's log: warnings and errors into a file of the person's own, and its last lines."""

import logging
import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from later_tui.channels.secret import redacted
from later_tui.domain.inert import one_line

LIMIT = 1 << 20
"""Past this size, in bytes, the log is begun anew; the old one is kept once."""
TAIL = 1 << 16
"""How many bytes of its end are read."""


class Logbook(logging.Handler):
    """Writes what the app logs to the file, from `with` to its end.

    The file is made at the first line, for its owner alone (0600). A line that cannot be written
    is lost: the screen and the deliveries go on.
    """

    def __init__(self, path: Path, secrets: Iterable[str | None] = ()) -> None:
        """`secrets` are never written: an error's words might quote one."""
        super().__init__(logging.INFO)
        self._secrets = sorted((one for one in secrets if one), key=len, reverse=True)
        self._path = path
        self.setFormatter(
            logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S%z")
        )

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record; its words become one inert line, its traceback the lines below."""
        try:
            self._write(self.format(record))
        except OSError:
            return  # a full or forbidden disk; nothing else here could be told of it either

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as lines."""
        text = redacted(super().format(record))
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        first, *trace = text.split("\nTraceback", 1)
        return "\nTraceback".join((one_line(first), *trace))

    def __enter__(self) -> Self:
        root = logging.getLogger("later_tui")
        root.addHandler(self)
        root.setLevel(logging.INFO)
        root.propagate = False  # standard error is the screen
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        root = logging.getLogger("later_tui")
        root.removeHandler(self)
        root.setLevel(logging.NOTSET)
        root.propagate = True
        self.close()

    def _write(self, text: str) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._path.is_file() and self._path.stat().st_size > LIMIT:
            self._path.replace(self._path.with_suffix(".log.1"))
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(self._path, flags | getattr(os, "O_NONBLOCK", 0), 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{text}\n")


def last_lines(path: Path, most: int = 500) -> list[str]:
    """Return the last lines of the log, inert; none where there is no log yet.

    Raises OSError when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(size - TAIL, 0))
            lines = file.read(TAIL).decode("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return []
    if size > TAIL:
        del lines[:1]  # its beginning is not there; nor is any, where it was just emptied
    return [one_line(line) for line in lines[-most:]]
