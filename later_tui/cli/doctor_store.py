"""Doctor: the server, the workers and what is kept."""

import time
from typing import TYPE_CHECKING

from later_tui.cli.doctor_report import Report
from later_tui.store import checkup
from later_tui.store.repair import mend
from later_tui.store.survey import survey

if TYPE_CHECKING:
    from later_tui.store.syncstore import SyncStore


def check(store: "SyncStore", report: Report, *, fix: bool) -> int:
    """Check what is on the server; with `fix`, mend what is safe first. Return how many reminders
    are there. Raises StoreError.
    """
    for finding in store.run(checkup.health(store.place)):
        report.found(finding)
    report.found(checkup.clock(_ahead(store)))
    if fix:
        for sentence in store.run(mend(store.keys)):
            report.did(sentence)
    found = store.run(survey(store.keys))
    for finding in (*checkup.workers(store.workers(), found), *checkup.records(found)):
        report.found(finding)
    return found.reminders


def _ahead(store: "SyncStore") -> int:
    """Return by how much this machine's clock is ahead of the server's, ms."""
    before = time.time_ns()
    now = store.run(checkup.server_now())
    # The server read its clock about half way between.
    return (before + time.time_ns()) // 2_000_000 - now
