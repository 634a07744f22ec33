"""Servers of our own, each with a socket and a folder that go away with it."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import redis

from later_tui.config.settings import RedisSettings, Settings
from later_tui.domain.quiet import Quiet
from later_tui.store.serverfiles import configuration, find_program

START_S = 20.0
USER = "ada"


@dataclass(frozen=True, slots=True)
class Kind:
    """A server's program and what its configuration says otherwise than ours."""

    name: str
    program: Callable[[], str | None]
    private: bool
    changes: tuple[tuple[str, str], ...] = ()


PRIVATE = Kind("private, always", find_program, True)
"""The private server as it comes: every write is on the disk before its answer."""
EVERYSEC = Kind("private, everysec", find_program, True, (("appendfsync", "everysec"),))
REDIS = Kind(
    "redis, everysec", lambda: shutil.which("redis-server"), False, (("appendfsync", "everysec"),)
)
"""A Redis of the user's own, as it comes but for the append-only file."""
MEMORY_ONLY = Kind("private, no file", find_program, True, (("appendonly", "no"),))


def installed(*kinds: Kind) -> list[Kind]:
    """Return those whose program is here."""
    return [kind for kind in kinds if kind.program() is not None]


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs."""

    kind: Kind
    folder: Path
    socket: Path
    client: redis.Redis

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    @property
    def settings(self) -> Settings:
        """Settings of a user on this server."""
        zone = ZoneInfo("UTC")
        return Settings(
            user=USER,
            timezone=zone,
            quiet=Quiet(zone=zone),
            data_dir=self.folder,
            state_dir=self.folder,
            config_file=self.folder / "config.toml",
            redis=RedisSettings(url=self.url),
        )

    def memory(self) -> int:
        """Return the bytes in use."""
        return int(self.client.info("memory")["used_memory"])


@contextmanager
def serving(kind: Kind) -> Iterator[Server]:
    """Run a server of this kind; it is killed and its folder removed in the end."""
    program = kind.program()
    if program is None:
        raise SystemExit(f"the server for {kind.name!r} is not installed")
    folder = Path(tempfile.mkdtemp(prefix="later-bench-"))
    try:
        socket = folder / "s"
        config = folder / "server.conf"
        config.write_text(_configuration(kind, folder, socket))
        with (
            (folder / "server.log").open("wb") as log,
            _killed(
                subprocess.Popen(
                    [program, str(config)], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                    start_new_session=True,
                )
            ) as process,
            redis.Redis(unix_socket_path=str(socket)) as client,
        ):  # fmt: skip
            _await(client, process, folder)
            yield Server(kind, folder, socket, client)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _killed(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _configuration(kind: Kind, folder: Path, socket: Path) -> str:
    if kind.private:
        text = configuration(folder, socket)
    else:
        text = f'port 0\nunixsocket {socket}\ndir {folder}\nsave ""\nappendonly yes\n'
    # A rewrite in the middle of one side of a comparison would fall on that side alone.
    changes = (*kind.changes, ("auto-aof-rewrite-percentage", "0"))
    return text + "".join(f"{key} {value}\n" for key, value in changes)


def _await(client: redis.Redis, process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + START_S
    while True:
        try:
            client.ping()
        except redis.RedisError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                log = (folder / "server.log").read_text("utf-8", "replace")
                raise SystemExit(f"a server did not start: {log[-500:]}") from error
            time.sleep(0.02)
        else:
            return
