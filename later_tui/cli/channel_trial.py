"""`later channels test NAME`: sends one real notification, and tells how it went."""

import asyncio
import socket
import time

from later_tui.channels.base import Notification, Receipt
from later_tui.cli.channel_states import closed, opened
from later_tui.cli.output import say, say_json
from later_tui.config.settings import Settings
from later_tui.domain.errors import BadInputError, OutsideError
from later_tui.domain.ids import new_id
from later_tui.domain.inert import check_text
from later_tui.domain.reminder import Origin

TEXT = "This is a test by `later channels test`: it arrived."
PATIENCE_S = 180.0
"""How long a channel may take, s; each has a shorter bound of its own."""


def run(chosen: Settings, name: str, text: str | None, *, as_json: bool) -> int:
    """Send and print what came of it; return the exit code.

    Raises ConfigError: it cannot be opened; DeliveryError, OutsideError: it did not arrive.
    """
    one = _notification(chosen, TEXT if text is None else text)
    began = time.monotonic()
    receipt = asyncio.run(_sent(chosen, name, one))
    took_ms = round((time.monotonic() - began) * 1000)
    if as_json:
        say_json({"channel": name, "via": receipt.via, "proof": receipt.proof, "took_ms": took_ms})
    else:
        proof = f": {receipt.proof}" if receipt.proof else "; nothing proves that it was seen"
        say(f"sent by {receipt.via} in {took_ms / 1000:.1f} s{proof}")
    return 0


async def _sent(chosen: Settings, name: str, one: Notification) -> Receipt:
    channel = opened(name, chosen)
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await channel.send(one)
    except TimeoutError:
        raise OutsideError(f"{name} did not end within {PATIENCE_S:.0f} s") from None
    finally:
        await closed(channel)


def _notification(chosen: Settings, text: str) -> Notification:
    now = time.time_ns() // 1_000_000
    reminder_id = new_id()
    try:
        kept = check_text(text)
    except BadInputError as error:
        raise BadInputError(f"--text: {error}") from None
    return Notification(
        reminder_id=reminder_id,
        round=0,
        text=kept,
        due_at=now,
        origin=Origin(socket.gethostname(), "", now),
        message_id=f"{reminder_id}.0",
        username=chosen.user,
    )
