"""Many reminders at once: by the store, or by copies inside the server of one that it kept."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.servers import Server
from later_tui.domain.reminder import NewReminder
from later_tui.store import open_sync_store
from later_tui.store.keys import Keys
from later_tui.store.syncstore import SyncStore

COPIES_AT_ONCE = 5000
BULK = "add_many"


def has_bulk() -> bool:
    """Return whether the store can add many in one call."""
    return hasattr(SyncStore, BULK)


def add_all(store: SyncStore, new: Sequence[NewReminder]) -> None:
    """Add them in bulk if the store can, else one by one."""
    if has_bulk():
        getattr(store, BULK)(new)
        return
    for one in new:
        store.add(one)


def fill(server: Server, pattern: NewReminder, count: int, step_ms: float, mark: str) -> None:
    """Keep `pattern`, and `count` − 1 copies, each `step_ms` after the last.

    `mark` is two letters that begin the copies' ids. The pattern is added by the store and the
    copies have its fields and indexes, whatever these are: 10⁶ take seconds instead of minutes.
    """
    with open_sync_store(server.settings) as store:
        store.add(pattern)
    client = server.client
    sets = [
        key
        for key in client.scan_iter(_type="zset", count=1000)
        if client.zscore(key, pattern.id) is not None
    ]
    script = client.register_script((Path(__file__).parent / "clone.lua").read_text("utf-8"))
    task = Keys().task(pattern.id)
    for first in range(1, count, COPIES_AT_ONCE):
        many = min(COPIES_AT_ONCE, count - first)
        script(keys=[task], args=[pattern.id, mark, first, many, step_ms, *sets])
