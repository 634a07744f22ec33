"""`later status`: Redis, the workers, how much is kept."""

import time
from typing import TYPE_CHECKING

from later_tui.cli.output import say, say_json
from later_tui.cli.parser import parser, settings
from later_tui.config.settings import Settings
from later_tui.domain.inert import one_line
from later_tui.domain.reminder import Reminder, State
from later_tui.domain.telling import RETRYING
from later_tui.domain.wording import ago, before, moment
from later_tui.store import open_sync_store
from later_tui.store.claims import WorkerInfo
from later_tui.store.records import View

if TYPE_CHECKING:
    from later_tui.store.syncstore import SyncStore

_DESCRIPTION = """\
Show which Redis keeps the reminders, which workers are alive and how much is kept. It never shows
a drawn moment."""
_EXAMPLES = """\
  later status
  later status --json | jq .counts.upcoming"""


def run(argv: list[str]) -> int:
    """Print the state of things; return the exit code. Raises LaterError."""
    made = parser("status", "[options]", _DESCRIPTION, _EXAMPLES)
    made.add_argument("--json", action="store_true", help="print one JSON object")
    options = made.parse_args(argv)
    chosen = settings(options)
    with open_sync_store(chosen) as store:
        if options.json:
            say_json(_shape(store, chosen))
        else:
            for line in _lines(store, chosen, time.time_ns() // 1_000_000):
                say(line)
    return 0


def _lines(store: "SyncStore", chosen: Settings, now: int) -> list[str]:
    from later_tui.cli.channel_workers import troubles

    server, counts, workers = store.server(), store.counts(chosen.user), store.workers()
    told = troubles(workers, chosen, now)
    troubled = {one.channel for one in told}
    lines = [f"redis     {server.place}, {server.product} {server.version}"]
    lines += [f"warning   {sentence}" for sentence in store.warnings()]
    lines += [_worker(worker, now) for worker in workers]
    lines += [f"warning   {one.channel} is {one.says}; {one.todo}" for one in told]
    served = {c for c in chosen.channels if any(w.serves(chosen.user, c) for w in workers)}
    if not workers:
        lines.append("worker    none is alive: open `later`, or run `later worker`")
    elif idle := [c for c in chosen.channels if c not in served | troubled]:
        none = f"none serves {', '.join(idle)} of {chosen.user}"
        lines.append(f"worker    {none}: open `later`, or run `later worker`")
    lines.append(
        f"kept      {counts.upcoming} upcoming, {counts.past} past, {counts.unanswered} unanswered"
    )
    first = store.page(chosen.user, View.UPCOMING, 0, 1).reminders
    lines += [f"next      {_next(one, now, chosen)}" for one in first]
    there = "" if chosen.config_file.exists() else " (not there)"
    lines.append(f"user      {chosen.user}, {chosen.timezone}")
    lines.append(f"config    {one_line(str(chosen.config_file))}{there}")
    return lines


def _next(first: Reminder, now: int, chosen: Settings) -> str:
    """Return when the first one comes; of what should have come, that it is late or tried again."""
    window, zone, form = first.window, chosen.timezone, chosen.times
    if first.state in (State.CLAIMED, State.SENDING):
        return "now"
    if window.not_after <= now:
        since = f"overdue since {moment(window.not_after, now, zone, form)}"
        return f"{since}; it is tried again" if first.retrying else since
    if first.retrying:
        return RETRYING
    ends = before(window, now, zone, form)
    return ends if window.exact else f"{ends}, at the latest"


def _worker(worker: WorkerInfo, now: int) -> str:
    channels = ", ".join(worker.channels) or "nothing"
    whose = f" of {worker.user}" if worker.user else ""
    return (
        f"worker    {worker.host} (pid {worker.pid}{whose}): {channels}; "
        f"{worker.busy} of {worker.slots} busy; started {ago(now - worker.since)}"
    )


def _shape(store: "SyncStore", chosen: Settings) -> dict[str, object]:
    from later_tui.cli.channel_workers import failing_shape
    from later_tui.cli.shape import iso

    now = time.time_ns() // 1_000_000
    server, counts = store.server(), store.counts(chosen.user)
    first = store.page(chosen.user, View.UPCOMING, 0, 1).reminders
    return {
        "redis": {"place": server.place, "product": server.product, "version": server.version},
        "warnings": list(store.warnings()),
        "workers": [
            {
                "id": worker.id,
                "host": worker.host,
                "pid": worker.pid,
                "since": iso(worker.since),
                "channels": list(worker.channels),
                "slots": worker.slots,
                "busy": worker.busy,
                "user": worker.user or None,
                "waiting": dict(worker.waiting),
                "failing": {name: failing_shape(one) for name, one in worker.failing.items()},
            }
            for worker in store.workers()
        ],
        "counts": {
            "upcoming": counts.upcoming,
            "past": counts.past,
            "unanswered": counts.unanswered,
        },
        "next_window_ends": iso(first[0].window.not_after) if first else None,
        "next_overdue": first[0].window.not_after <= now if first else None,
        "next_retrying": first[0].retrying if first else None,
        "user": chosen.user,
        "timezone": str(chosen.timezone),
        "config": str(chosen.config_file),
    }
