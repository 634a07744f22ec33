"""Doctor: the server, the workers and what is kept."""

import time
from typing import TYPE_CHECKING, NamedTuple

from later_tui.cli.doctor_lanes import lanes
from later_tui.cli.doctor_report import Report
from later_tui.config.settings import Settings
from later_tui.store import checkup, open_sync_store
from later_tui.store.claims import WorkerInfo
from later_tui.store.keys import shard_of
from later_tui.store.repair import mend
from later_tui.store.survey import survey

if TYPE_CHECKING:
    from later_tui.store.syncstore import SyncStore


class Kept(NamedTuple):
    """What is there."""

    reminders: int
    """How many there are."""
    workers: tuple[WorkerInfo, ...]
    """Those that are alive on the user's own shard."""


def check(chosen: Settings, report: Report, *, fix: bool) -> Kept:
    """Check the server, or each of them, and what is there; with `fix`, mend what is safe first.

    Raises ServerError, StoreError.
    """
    kept, servers = 0, set[str]()
    alive: tuple[WorkerInfo, ...] = ()
    shards = chosen.redis.shards
    for shard in range(shards):
        title = f"shard {shard}: " if shards > 1 else ""
        with open_sync_store(chosen, shard) as store:
            if (server := store.run(checkup.run_id())) not in servers:
                servers.add(server)
                _server(store, report, title)
            if fix:
                for sentence in store.run(mend(store.keys)):
                    report.did(title + sentence)
            ours = shard == shard_of(chosen.user, shards)
            found = _shard(store, chosen, report, title, ours=ours)
            kept += found.reminders
            alive = found.workers if ours else alive
    return Kept(kept, alive)


def _server(store: "SyncStore", report: Report, title: str) -> None:
    """Check the server itself; several shards may have one."""
    for finding in store.run(checkup.health(store.place)):
        report.found(finding.titled(title))
    report.found(checkup.clock(_ahead(store)).titled(title))


def _shard(store: "SyncStore", chosen: Settings, report: Report, title: str, *, ours: bool) -> Kept:
    """Check what is kept in a shard, and who delivers it; of another's shard that is empty, none
    is missed.
    """
    found, alive = store.run(survey(store.keys)), store.workers()
    said = [checkup.workers(alive)] if ours or found.lanes else []
    for finding in (*said, *lanes(found.lanes, alive, chosen), *checkup.records(found)):
        report.found(finding.titled(title))
    return Kept(found.reminders, alive)


def _ahead(store: "SyncStore") -> int:
    """Return by how much this machine's clock is ahead of the server's, ms."""
    before = time.time_ns()
    now = store.run(checkup.server_now())
    # The server read its clock about half way between.
    return (before + time.time_ns()) // 2_000_000 - now
