"""A worker in a process of its own, to be killed: SOCKET SENT SLOW_S LEASE_MS idempotent|once."""

import asyncio
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from later_tui.config.settings import RedisSettings, Settings, WorkerSettings
from later_tui.domain.quiet import Quiet
from later_tui.store import open_store
from later_tui.worker.worker import Worker
from tests.worker.filechannel import FileChannel


def settings_on(socket: Path, folder: Path, lease_ms: int = 30_000) -> Settings:
    """Return settings on a server that a test started."""
    zone = ZoneInfo("UTC")
    return Settings(
        user="ada",
        timezone=zone,
        quiet=Quiet(zone=zone),
        data_dir=folder,
        state_dir=folder,
        config_file=folder / "config.toml",
        redis=RedisSettings(url=f"unix://{socket}"),
        worker=WorkerSettings(lease_ms=lease_ms),
    )


async def main(socket: Path, sent: Path, slow_s: float, lease_ms: int, idempotent: bool) -> None:
    settings = settings_on(socket, sent.parent, lease_ms)
    name = "desktop" if idempotent else "sms"
    channel = FileChannel(sent, name=name, slow_s=slow_s, idempotent=idempotent)
    store = await open_store(settings)
    print("working", flush=True)
    await Worker(settings, store, {name: channel}).run()


if __name__ == "__main__":
    told = sys.argv[1:]
    asyncio.run(
        main(Path(told[0]), Path(told[1]), float(told[2]), int(told[3]), told[4] == "idempotent")
    )
