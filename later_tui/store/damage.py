"""A damaged data file of the private server: put a copy aside, cut off what cannot be read.

The server binary is its own check tool: which of the two it is depends on the name under which it
is started. The tool can cut only the file that is written last, which it is given by itself: handed
the manifest, it refuses a base file that Valkey wrote, since it looks for Redis's signature.
"""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from later_tui.domain.errors import ServerError
from later_tui.store.aofreader import sound
from later_tui.store.locks import FileLock
from later_tui.store.serverfiles import find_program

DATA = "appendonlydir"
CHECK_TIMEOUT_S = 600

_SIGNS = (
    "reading the append only file",
    "reading the RDB preamble of the append only file",
    "Short read or OOM loading DB",
    "Wrong signature trying to load DB",
    "RDB CRC error",
    "Internal error in RDB reading",
)


class DamagedDataError(ServerError):
    """The private server does not start: its data is damaged."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What the check tool says of a data file."""

    path: Path
    size: int
    whole: int
    """Up to here the file can be read, bytes."""

    @property
    def lost(self) -> int:
        """How many bytes a repair cuts off."""
        return self.size - self.whole


def says_damaged(log: str) -> bool:
    """Tell by its log whether a server did not start for damaged data."""
    return any(sign in log for sign in _SIGNS)


def damaged(folder: Path) -> DamagedDataError:
    """Return the error for the server folder's damaged data, after a copy of it was put aside."""
    try:
        copy = f"a copy is in {put_aside(folder)}"
    except OSError as error:
        copy = f"no copy could be made ({error.strerror})"
    return DamagedDataError(
        f"the data of the private server is damaged, so it does not start; {copy}; "
        "`later doctor --fix` offers the repair"
    )


def put_aside(folder: Path) -> Path:
    """Copy the data beside itself, once: the same damage is not copied again. Raises OSError."""
    data = folder / DATA
    for earlier in sorted(folder.glob("damaged-*")):
        if _fingerprint(earlier) == _fingerprint(data):
            return earlier
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    beside, copy = folder / f".{stamp}-{os.getpid()}", folder / f"damaged-{stamp}"
    try:
        shutil.copytree(data, beside)
        beside.chmod(0o700)
        beside.rename(copy)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return copy


def _fingerprint(folder: Path) -> list[tuple[str, int, int]]:
    files = ((path.name, path.stat()) for path in folder.iterdir())
    return sorted((name, found.st_size, found.st_mtime_ns) for name, found in files)


def examine(folder: Path) -> Damage:
    """Return what is damaged. Raises ServerError if that is not the file's end, the only part that
    can be cut off.
    """
    *earlier, last = _parts(folder / DATA)
    for path in earlier:
        if (found := _check(path)).lost:
            raise ServerError(
                f"{found.path} is damaged, and only the newest part of the data can be mended: "
                f"copy {folder / DATA} from a backup, or move it away to begin anew"
            )
    found = _check(last)
    if not found.lost:
        raise ServerError(
            f"the data's newest part can be read, so its base is damaged: "
            f"copy {folder / DATA} from a backup, or move it away to begin anew"
        )
    return found


def repair(folder: Path) -> tuple[Damage, Path]:
    """Cut off what cannot be read; return what that was, and the copy of the whole.

    Raises ServerError.
    """
    lock = FileLock(folder / "server.lock")
    try:
        if not lock.try_exclusive():
            raise ServerError("the private server runs: its data is not touched")
        try:
            copy = put_aside(folder)
        except OSError as error:
            raise ServerError(
                f"no copy of the damaged data could be made ({error.strerror}), "
                "and without one it is not touched: make room on the disk"
            ) from error
        found = examine(folder)
        try:
            os.truncate(found.path, found.whole)
        except OSError as error:
            raise ServerError(f"{found.path} cannot be cut ({error.strerror})") from error
        _tool(found.path, "--fix")  # a transaction that lost its end goes, too
        if _check(found.path).lost:
            raise ServerError(f"{found.path} is still damaged after its repair")
        return Damage(found.path, found.size, found.path.stat().st_size), copy
    finally:
        lock.close()


def _parts(data: Path) -> list[Path]:
    """Return the files of commands that the manifest names, in the order of their writing."""
    try:
        manifest = next(data.glob("*.manifest")).read_text("utf-8")
    except (OSError, StopIteration, UnicodeDecodeError):
        raise ServerError(f"the manifest in {data} is missing: copy {data} from a backup") from None
    named = re.findall(r"^file (\S+) seq (\d+) type i", manifest, re.MULTILINE)
    if not named:
        raise ServerError(f"the manifest in {data} names no file: copy {data} from a backup")
    return [data / name for name, _ in sorted(named, key=lambda one: int(one[1]))]


def _check(path: Path) -> Damage:
    told = _tool(path)
    found = re.search(r"size=(\d+), ok_up_to=(\d+)", told)
    if not found:
        raise ServerError(
            f"{path} cannot be checked: {told.strip().splitlines()[-1:] or 'no word'}"
        )
    try:
        whole = min(int(found[2]), sound(path))
    except OSError as error:
        raise ServerError(f"{path} cannot be read ({error.strerror})") from error
    return Damage(path, int(found[1]), whole)


def _tool(path: Path, *options: str) -> str:
    program = find_program()
    name = "redis-check-aof" if "redis" in Path(program).name else "valkey-check-aof"
    try:
        ended = subprocess.run(  # noqa: S603  (our own server binary)
            [name, *options, str(path)],
            executable=program,
            input=b"y\n",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=CHECK_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ServerError(f"the check of {path} failed: {error}") from error
    return ended.stdout.decode("utf-8", "replace")
