"""Writes to a terminal by its device, for a worker that is not the app."""

import errno
import os
import signal
import stat

from later_tui.domain.errors import TransientError, UnavailableError

OWN = "/dev/tty"
"""The terminal that this process was started in, whichever it is."""


def write(path: str, data: str) -> None:
    """Write to the terminal, without waiting for it.

    Raises UnavailableError: there is none, or it is not this user's; TransientError: it takes
    nothing now, for example after Ctrl-S.
    """
    terminal = _opened(path)
    try:
        content = data.encode()
        if _written(terminal, content) < len(content):
            raise TransientError(f"the terminal {_named(path)} does not take it now")
    except OSError as error:
        if error.errno == errno.EAGAIN:
            raise TransientError(f"the terminal {_named(path)} does not take it now") from None
        raise UnavailableError(f"the terminal {_named(path)} went away") from error
    finally:
        os.close(terminal)


def check(path: str) -> None:
    """Raise UnavailableError unless there is such a terminal, and it is this user's."""
    os.close(_opened(path))


def _opened(path: str) -> int:
    """Open the terminal, never as the process's own, and never waiting."""
    try:
        # Before it is opened: to open some devices is to use them.
        _check(path, os.stat(path))  # noqa: PTH116 - a plain string is what is needed
        terminal = os.open(path, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if path == OWN:
            raise UnavailableError(
                "this worker runs in no terminal; set tty in [channel.terminal]"
            ) from None
        why = (error.strerror or type(error).__name__).lower()
        raise UnavailableError(f"the terminal {path} cannot be opened: {why}") from None
    try:
        _check(path, os.fstat(terminal))
        if not os.isatty(terminal):
            raise UnavailableError(f"{path} is not a terminal")
    except BaseException:
        os.close(terminal)
        raise
    return terminal


def _check(path: str, found: os.stat_result) -> None:
    if not stat.S_ISCHR(found.st_mode):
        raise UnavailableError(f"{path} is not a terminal")
    # /dev/tty is root's for everybody, and leads only to one's own.
    if path != OWN and found.st_uid != os.getuid():
        raise UnavailableError(f"the terminal {path} is another user's")


def _written(terminal: int, content: bytes) -> int:
    """Write, also from the background of a terminal that stops those (stty tostop)."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
    try:
        return os.write(terminal, content)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _named(path: str) -> str:
    return "this worker runs in" if path == OWN else path
