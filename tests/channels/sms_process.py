"""A worker with a channel of its own process, to be killed: SOCKET FOLDER sms|webhook URL."""

import asyncio
import sys
from pathlib import Path

from later_tui.channels.base import Channel, ChannelContext
from later_tui.channels.options import read_options
from later_tui.channels.webhook import Webhook
from later_tui.store import open_store
from later_tui.worker.worker import Worker
from tests.channels.sms_providers import TWILIO, sms
from tests.worker.process import settings_on

LEASE_MS = 1500


def webhook(url: str) -> Webhook:
    table = {"url": url, "allow_private": True, "secret": "a secret of the test's own"}
    return Webhook(read_options(Webhook.Options, table, "channel.webhook"), ChannelContext())


def channel(name: str, url: str) -> Channel:
    return sms(TWILIO, base_url=url) if name == "sms" else webhook(url)


async def main(socket: Path, folder: Path, name: str, url: str) -> None:
    settings = settings_on(socket, folder, LEASE_MS)
    store = await open_store(settings)
    print("working", flush=True)
    await Worker(settings, store, {name: channel(name, url)}).run()


if __name__ == "__main__":
    told = sys.argv[1:]
    asyncio.run(main(Path(told[0]), Path(told[1]), told[2], told[3]))
