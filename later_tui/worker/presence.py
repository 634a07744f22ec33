"""What a worker says of itself to the others: who it is, where, since when, serving what."""

import os
import secrets
import socket

from later_tui.store.claims import WorkerInfo


def introduction(user: str, since: int, slots: int) -> WorkerInfo:
    """Return who this worker is, and whose; `since` is ms UTC. What it serves is not known yet."""
    host = socket.gethostname()
    return WorkerInfo(
        id=f"{host}-{os.getpid()}-{secrets.token_hex(3)}",
        host=host,
        pid=os.getpid(),
        since=since,
        channels=(),
        slots=slots,
        busy=0,
        user=user,
    )
