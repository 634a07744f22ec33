"""What is good and what is not about a server and what is kept on it: findings, each with what to
do about it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from later_tui.domain.errors import StoreError
from later_tui.domain.inert import one_line
from later_tui.store.claims import WorkerInfo
from later_tui.store.command import Flow, command
from later_tui.store.survey import Survey
from later_tui.store.wording import count

OLDEST = (6, 2)
CLOCK_MS = 5_000
"""Clocks that are further apart than this are worth a word; reminders keep to the server's."""

NAMED = 20
"""How many damaged records a finding names."""


START = "open `later`, or run `later worker` where the channel can be used"
"""What to do where nobody delivers."""


class Level(StrEnum):
    """How good or bad a finding is."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    check: str
    says: str
    level: Level = Level.OK
    todo: str = ""
    """What to do about it."""
    details: tuple[str, ...] = ()
    """Each one thing that is meant; names of reminders and what is left of their text."""

    def titled(self, title: str) -> "Finding":
        """Return the same, said of `title` alone."""
        return replace(self, says=title + self.says)


def warning(check: str, says: str, todo: str, details: Iterable[str] = ()) -> Finding:
    """Return what may become a problem."""
    return Finding(check, says, Level.WARNING, todo, tuple(details))


def problem(check: str, says: str, todo: str, details: Iterable[str] = ()) -> Finding:
    """Return what is a problem now."""
    return Finding(check, says, Level.PROBLEM, todo, tuple(details))


def health(place: str) -> Flow[list[Finding]]:
    """Check the server itself: its version, persistence, eviction policy and memory."""
    [reply] = yield [command("INFO")]
    told = dict(
        line.split(":", 1) for line in reply.decode("utf-8", "replace").split("\r\n") if ":" in line
    )
    config: dict[str, str] = {}
    for name in ("appendfsync", "save"):
        try:
            [setting] = yield [command("CONFIG", "GET", name)]
        except StoreError:
            break  # a managed Redis, or one with ACLs, keeps its configuration to itself
        if len(setting) == 2:
            config[name] = setting[1].decode("utf-8", "replace")
    return [version(told, place), persistence(told, config), eviction(told), memory(told)]


def version(told: dict[str, str], place: str) -> Finding:
    """Judge the product and its version."""
    valkey = told.get("valkey_version")
    number = one_line(valkey or told.get("redis_version") or "?")
    says = f"{'valkey' if valkey else 'redis'} {number}, {place}"
    parts = number.split(".")
    known = tuple(int(part) for part in parts[:2] if part.isdecimal())
    if not valkey and known < OLDEST:
        return problem(
            "server",
            says,
            "use Redis 6.2 or newer, or Valkey: older ones lack commands that later needs",
        )
    return Finding("server", says)


def persistence(told: dict[str, str], config: dict[str, str]) -> Finding:
    """Judge whether what was acknowledged outlives the server's end."""
    name, todo = "persistence", "set appendonly yes on the server"
    if told.get("aof_enabled") != "1":
        if config.get("save") == "":
            return problem(name, "nothing is written to disk: a restart loses every reminder", todo)
        return warning(
            name, "no append-only file: a crash loses what came since the last snapshot", todo
        )
    if told.get("aof_last_write_status", "ok") != "ok":
        room = "make room on the server's disk"
        return problem(name, "the last write to the append-only file failed", room)
    fsync = config.get("appendfsync", "")
    says = f"append-only file, synced {_SYNCED.get(fsync, 'as the server does not tell')}"
    if fsync in ("everysec", "no"):
        todo = "set appendfsync always on the server, or live with a power cut losing the last adds"
        return warning(name, says, todo)
    return Finding(name, says)


_SYNCED = {"always": "at every write", "everysec": "every second", "no": "when the system likes"}


def eviction(told: dict[str, str]) -> Finding:
    """Judge whether the server drops keys when it is full."""
    policy = one_line(told.get("maxmemory_policy", "unknown"))
    if not policy.startswith("allkeys"):
        return Finding("eviction", policy)
    todo = "set maxmemory-policy noeviction on the server"
    if told.get("maxmemory", "0") == "0":
        return warning(
            "eviction",
            f"{policy}, though there is no limit yet at which it would drop reminders",
            todo,
        )
    return problem("eviction", f"{policy}: a full server drops reminders", todo)


def memory(told: dict[str, str]) -> Finding:
    """Judge how near the server is to its limit."""
    used, limit = int(told.get("used_memory", 0)), int(told.get("maxmemory", 0))
    if not limit:
        return Finding("memory", f"{_mb(used)} in use, no limit")
    says = f"{_mb(used)} of {_mb(limit)} in use"
    if used < 0.8 * limit:
        return Finding("memory", says)
    todo = "raise the server's maxmemory: a full one refuses new reminders"
    return (problem if used >= 0.95 * limit else warning)("memory", says, todo)


def _mb(size: int) -> str:
    return f"{size / (1 << 20):.1f} MB"


def run_id() -> Flow[str]:
    """Return what tells this run of a server from every other; empty where that is kept secret."""
    try:
        [reply] = yield [command("INFO", "server")]
    except StoreError:
        return ""
    lines = reply.decode("utf-8", "replace").split("\r\n")
    return next((line for line in lines if line.startswith("run_id:")), "")


def server_now() -> Flow[int]:
    """Return the server's clock, ms UTC."""
    [told] = yield [command("TIME")]
    return int(told[0]) * 1000 + int(told[1]) // 1000


def clock(offset_ms: int) -> Finding:
    """Judge how far this machine's clock is from the server's, ms (positive: ahead of it)."""
    if abs(offset_ms) <= CLOCK_MS:
        return Finding("clock", f"within {max(1, abs(offset_ms)) / 1000:.3f} s of the server's")
    way = "ahead of" if offset_ms > 0 else "behind"
    return warning(
        "clock",
        f"this machine's clock is {abs(offset_ms) / 1000:.0f} s {way} the server's",
        "set both by NTP: reminders keep to the server's clock",
    )


def workers(alive: Iterable[WorkerInfo]) -> Finding:
    """Judge whether somebody delivers."""
    alive = tuple(alive)
    if not alive:
        return warning("workers", "none is alive: nothing is delivered now", START)
    served = {channel for worker in alive for channel in worker.channels}
    return Finding(
        "workers", f"{len(alive)} alive, serving {', '.join(sorted(served)) or 'nothing'}"
    )


def records(found: Survey) -> list[Finding]:
    """Judge what is kept."""
    fix = "`later doctor --fix` mends that; no text is deleted"
    foreign = f", {found.foreign} of other programs to be adopted" if found.foreign else ""
    findings = [Finding("kept", f"{count(found.reminders, 'reminder')}{foreign}")]
    if found.bad:
        says = f"{count(len(found.bad), 'record')} cannot be read: never delivered, but not lost"
        details = [_named(bad.id, bad.why, bad.username, bad.text) for bad in found.bad]
        findings.append(problem("records", says, "keep the texts anew with `later add`", details))
    if found.misplaced:
        says = f"{count(len(found.misplaced), 'whole reminder')} not where they belong"
        details = [f"{name} {', '.join(wrong)}" for name, wrong in found.misplaced]
        findings.append(problem("places", says, fix, details))
    if found.wrong:
        says = f"{count(len(found.wrong), 'key')} of the wrong type: nothing can be put into them"
        details = [f"{one_line(key)} is a {kind}" for key, kind in found.wrong.items()]
        findings.append(problem("keys", says, fix, details))
    if found.orphans:
        says = f"{count(found.orphaned, 'entry', 'entries')} without a record"
        details = [f"{one_line(key)}: {number}" for key, number in found.orphans.items()]
        findings.append(warning("orphans", says, fix, details))
    if found.resolved:
        says = f"{count(found.resolved, 'id')} set aside with nothing left to deliver"
        findings.append(warning("quarantine", says, fix))
    if found.aside:
        says = f"{count(len(found.aside), 'key')} moved out of the way, whole"
        todo = "look whether anything of yours is in them, then delete them with redis-cli DEL"
        findings.append(warning("aside", says, todo, found.aside))
    return findings


def _named(name: str, why: str, username: str, text: str) -> str:
    said = f' "{one_line(text)[:200]}"' if text else ", without a text"
    return f"{name}{said}{f' of {username}' if username else ''}: {why}"
