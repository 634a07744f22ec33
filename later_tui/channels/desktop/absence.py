"""That there is no session bus is believed for as long as nothing about its socket has changed."""

import os
import time
from urllib.parse import unquote

from later_tui.channels.desktop.rung import Memory

_SETTLED_NS = 10 * 10**9
"""A socket that is older than this, ns, and refuses, belongs to a bus that is gone; in a newer one
the bus may be about to listen, which leaves no trace in the file."""

_Trace = tuple[int, int, int] | None


class Absence:
    """Why there was no bus at an address.

    To ask for a file's state costs some microseconds, to try to connect a hundred times that; a
    worker without a desktop asks every two seconds for as long as it runs.
    """

    def __init__(self) -> None:
        self._reason = ""
        self._address = ""
        self._trace: _Trace = None
        self._briefly = Memory()

    def keep(self, address: str, trace: _Trace, reason: str, *, sure: bool) -> None:
        """Keep the reason. `trace` was taken before; `sure`: nobody listened at the address.

        What is not sure is believed for a short while only.
        """
        settled = trace is None or time.time_ns() - trace[2] > _SETTLED_NS
        if sure and settled and socket_path(address):
            self._address, self._trace, self._reason = address, trace, reason
        else:
            self._reason = ""
            self._briefly.keep(reason)

    def recall(self, address: str) -> str:
        """Return the reason while it is believed, or ""."""
        if self._reason and (self._address, self._trace) == (address, trace(address)):
            return self._reason
        self._reason = ""
        return self._briefly.recall()


def trace(address: str) -> _Trace:
    """Return what changes when a bus is started at the address; None: there is no file."""
    try:
        found = os.stat(socket_path(address))  # noqa: PTH116 - a plain string is what is needed
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino, found.st_ctime_ns


def socket_path(address: str) -> str:
    """Return the path of the socket that the address means, or "" where it is not one file."""
    transport, _, keys = address.partition(":")
    if transport != "unix" or ";" in keys:
        return ""
    for key in keys.split(","):
        name, _, value = key.partition("=")
        if name == "path":
            return unquote(value)
    return ""
