"""Ports for the servers of tests, which nobody else takes while theirs is down or starts.

They lie below those that the system gives to whoever asks for any: a client that tries a port of
those again and again may get that very one for its own end, and talk to itself. Each process of a
run has its own.
"""

import itertools
import os
import random
import socket
from collections.abc import Iterator
from contextlib import suppress

HOST = "127.0.0.1"
BUS = 10_000
"""So much higher a node of a cluster listens, too."""
_FIRST, _SLICE, _SLICES = 10_000, 600, 16


def _ports() -> Iterator[int]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    first = _FIRST + _SLICE * (int(worker) % _SLICES if worker.isdigit() else _SLICES - 1)
    begin = random.randrange(_SLICE)  # another run on this machine begins elsewhere
    return (first + (begin + at) % _SLICE for at in itertools.count())


_next = _ports()


def free_port() -> int:
    """Return a port that nobody has, nor the one `BUS` above it."""
    for port in itertools.islice(_next, _SLICE):
        with socket.socket() as probe, socket.socket() as bus, suppress(OSError):
            probe.bind((HOST, port))
            bus.bind((HOST, port + BUS))
            return port
    raise AssertionError("no port is free")
