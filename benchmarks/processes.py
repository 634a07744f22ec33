"""`later` and Python in processes of their own, that end with the block that started them."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.servers import USER, Server
from later_tui.store import open_sync_store

ROOT = Path(__file__).resolve().parent.parent
READY_S = 30.0
_POINTS = """[later.channels]
bench = benchmarks.channel:Recorder
once = benchmarks.channel:Once
"""


def environment(folder: Path, **given: str) -> dict[str, str]:
    """Return an environment with no trace of the user, where our channels are installed."""
    package = folder / "packages" / "later_benchmarks-1.dist-info"
    package.mkdir(parents=True, exist_ok=True)
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: later-benchmarks\nVersion: 1\n")
    (package / "entry_points.txt").write_text(_POINTS)
    # Among Python's own variables is one that forbids the bytecode that every installation has.
    foreign = ("LATER_", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    ours = {
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_STATE_HOME": str(folder / "state"),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/no-bus",
        "DISPLAY": "",
        "LATER_USER": USER,
        "LATER_TIMEZONE": "UTC",
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(package.parent))),
    }
    return {**kept, **ours, **given}


def later() -> list[str]:
    """Return the words that start `later` of this environment."""
    script = Path(sys.executable).parent / "later"
    return [str(script)] if script.exists() else [sys.executable, "-m", "later_tui"]


@dataclass(frozen=True, slots=True)
class WorkerProcess:
    """A `later worker` that works."""

    process: subprocess.Popen[bytes]
    sent: Path
    """What its channels wrote down."""

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def configured(
    server: Server, channel: str, *, slow_s: float = 0.0, lease: str = ""
) -> dict[str, str]:
    """Return an environment in which `later` is on the server, with our channels."""
    config = server.folder / "config.toml"
    options = f'file = "{server.folder / "sent"}"\nslow_s = {slow_s:.3f}\n'
    config.write_text(
        (f'[worker]\nlease = "{lease}"\n' if lease else "")
        + "".join(f"[channel.{name}]\n{options}" for name in ("bench", "once"))
    )
    return environment(
        server.folder,
        LATER_CONFIG=str(config),
        LATER_REDIS_URL=server.url,
        LATER_CHANNELS=channel,
    )


@contextmanager
def working(
    server: Server,
    channel: str = "bench",
    *,
    slow_s: float = 0.0,
    lease: str = "",
    extra: Mapping[str, str] | None = None,
) -> Iterator[WorkerProcess]:
    """Run `later worker` on the server with its default settings; it is killed in the end."""
    environ = {**configured(server, channel, slow_s=slow_s, lease=lease), **(extra or {})}
    with (server.folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [*later(), "worker"], env=environ, cwd=server.folder,
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            _await(server, process)
            yield WorkerProcess(process, server.folder / "sent")
        finally:
            process.kill()
            process.wait()


def _await(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_S
    with open_sync_store(server.settings) as store:
        while process.pid not in {worker.pid for worker in store.workers()}:
            if process.poll() is not None or time.monotonic() > deadline:
                log = (server.folder / "worker.log").read_text("utf-8", "replace")
                raise SystemExit(f"a worker did not start: {log[-500:]}")
            time.sleep(0.05)


def cpu_s(pid: int) -> float:
    """Return the CPU time that a process has used, s. Linux only."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def rss_mb(pid: int) -> float:
    """Return the memory that a process has in RAM, MB. Linux only."""
    found = re.search(r"^VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def importing_redis_mb(folder: Path) -> float:
    """Return the memory of a Python that has imported redis and does nothing, MB."""
    script = "import redis, sys; print(flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", script], env=environment(folder),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        return rss_mb(process.pid)
