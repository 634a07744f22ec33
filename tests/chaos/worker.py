"""One worker of a chaos run, in a process of its own: SOCKET SENT LEASE_MS."""

import asyncio
import logging
import random
import sys
from pathlib import Path

from later_tui.channels.base import Notification, Receipt
from later_tui.store import open_store
from later_tui.worker.worker import Worker
from tests.worker.filechannel import FileChannel
from tests.worker.process import settings_on


class Wire(FileChannel):
    """A channel whose sends take a while, before and after the world sees them."""

    async def send(self, notification: Notification) -> Receipt:
        await asyncio.sleep(random.random() * 0.05)
        receipt = await super().send(notification)
        await asyncio.sleep(random.random() * 0.05)
        return receipt


async def main(socket: Path, sent: Path, lease_ms: int) -> None:
    settings = settings_on(socket, sent, lease_ms)
    channels = {
        "desktop": Wire(sent / "desktop", name="desktop"),
        "sms": Wire(sent / "sms", name="sms", idempotent=False),
    }
    while True:
        # A worker outlives its server; only a fault of ours would end it, and be seen as a loss.
        store = await open_store(settings)
        print("working", flush=True)
        await Worker(settings, store, channels).run()


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
