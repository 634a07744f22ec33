"""The app, and the empty one beside it, on terminals of their own."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.processes import ROOT, configured, environment, later
from benchmarks.screen import Screen, showing
from benchmarks.servers import Server

EMPTY = ROOT / "benchmarks" / "empty.py"
HELLO_EMPTY, HELLO = "nothing is here", "on your mind"


@contextmanager
def empty_app(server: Server) -> Iterator[Screen]:
    """Run a Textual app that does nothing, in the environment of the other."""
    with showing([sys.executable, str(EMPTY)], environment(server.folder), server.folder) as screen:
        yield screen


@contextmanager
def the_app(server: Server) -> Iterator[Screen]:
    """Run `later` on the server, its worker inside it."""
    environ = configured(server, "bench")
    with showing(later(), environ, server.folder) as screen:
        yield screen
