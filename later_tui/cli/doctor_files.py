"""Doctor: the outbox, the modes of files, and where the log is."""

import os
import stat
from pathlib import Path

from later_tui.cli.doctor_report import Report
from later_tui.config.settings import Settings
from later_tui.domain.inert import one_line
from later_tui.store.checkup import Finding, problem, warning
from later_tui.store.outbox import Outbox
from later_tui.store.room import full, is_full
from later_tui.store.serverfiles import socket_path
from later_tui.store.wording import count

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700


def check(chosen: Settings, report: Report, *, fix: bool) -> None:
    """Check the files and the disk of this machine; with `fix`, correct their modes."""
    for finding in outbox(chosen.data_dir):
        report.found(finding)
    report.found(disk(chosen.data_dir))
    report.found(_modes(chosen, report, fix=fix))
    report.found(_log(chosen))


def outbox(data_dir: Path) -> list[Finding]:
    """Say what waits on this machine for Redis, and what can never go there."""
    findings = []
    if waiting := len(Outbox(data_dir)):
        wait = "waits" if waiting == 1 else "wait"
        says = f"{count(waiting, 'thought')} {wait} on this machine for the server"
        todo = "nothing: they go there as soon as it can be reached"
        findings.append(warning("outbox", says, todo))
    folder = data_dir / "outbox" / "damaged"
    if damaged := sorted(folder.glob("*")):
        says = f"{count(len(damaged), 'thought')} could not be handed on"
        todo = "read them there, keep them anew with `later add`, and delete the files"
        findings.append(problem("outbox", says, todo, [one_line(str(path)) for path in damaged]))
    return findings or [Finding("outbox", "empty")]


def disk(data_dir: Path) -> Finding:
    """Say whether the disk of the private server and of the outbox has room."""
    folder = next((one for one in (data_dir, *data_dir.parents) if one.exists()), data_dir)
    if is_full(str(folder)):
        says = full(one_line(str(folder)))
        return problem("disk", says, "what is kept stays; nothing new can be kept before that")
    return Finding("disk", "has room")


def _modes(chosen: Settings, report: Report, *, fix: bool) -> Finding:
    open_ones = [(path, mode) for path, mode in _private(chosen) if _mode(path) & 0o077]
    left = []
    for path, mode in open_ones:
        if fix and _close(path, mode, report):
            continue
        left.append(f"{one_line(str(path))} has mode {_mode(path):04o}, not {mode:04o}")
    if not left:
        return Finding("files", "nobody else can read them")
    says = f"others may get at {count(len(left), 'file or folder', 'files or folders')}"
    return problem("files", says, "`later doctor --fix` closes them", left)


def _private(chosen: Settings) -> list[tuple[Path, int]]:
    """Return what only its owner may use, with the mode that it should have."""
    server = chosen.data_dir / "server"
    folders = [chosen.data_dir, server, chosen.data_dir / "outbox"]
    files = [server / "server.conf", server / "server.log", chosen.log_file]
    made = [(path, PRIVATE_FOLDER) for path in folders if path.is_dir()]
    made += [(path, PRIVATE_FILE) for path in files if path.is_file()]
    if server.is_dir() and (socket := socket_path(server)).is_socket():
        made.append((socket, PRIVATE_FOLDER))
    return made


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0  # gone meanwhile


def _close(path: Path, mode: int, report: Report) -> bool:
    try:
        path.chmod(mode)
    except OSError:
        return False
    report.did(f"gave {one_line(str(path))} the mode {mode:04o}")
    return True


def mend_config(option: str | None, report: Report) -> bool:
    """Close the configuration file to others, if that is what is wrong with it."""
    from later_tui.config.load import config_file

    path, _ = config_file(option, os.environ)
    if not path.is_file() or not _mode(path) & 0o077:
        return False
    return _close(path, PRIVATE_FILE, report)


def _log(chosen: Settings) -> Finding:
    there = "" if chosen.log_file.exists() else " (nothing unexpected has happened)"
    server = chosen.data_dir / "server" / "server.log"
    beside = f"; the private server's is {one_line(str(server))}" if server.exists() else ""
    return Finding("log", f"{one_line(str(chosen.log_file))}{there}{beside}")
