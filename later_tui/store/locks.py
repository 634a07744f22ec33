"""Locks on files, which the kernel frees when their holder is gone, however it went."""

import fcntl
import os
import time
from pathlib import Path


class FileLock:
    """An advisory lock (flock) on a file that is made where there is none, mode 0600."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd: int | None = None

    def fileno(self) -> int:
        """Return the descriptor, opening the file if need be. A child that inherits it holds the
        lock for as long as the child lives.
        """
        if self._fd is None:
            self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return self._fd

    def try_exclusive(self) -> bool:
        """Take the lock alone if nobody has it; a shared hold of this object is given up."""
        return self._try(fcntl.LOCK_EX)

    def shared(self, timeout_s: float) -> bool:
        """Take the lock together with others, waiting while somebody has it alone."""
        deadline = time.monotonic() + timeout_s
        while not self._try(fcntl.LOCK_SH):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.005)
        return True

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self.fileno(), kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        """Let go of this process's hold; an inherited one stays."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None
