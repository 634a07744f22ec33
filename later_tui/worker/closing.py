"""Closing channels at the end: all at once, and none of them holds up the leaving."""

import asyncio
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from later_tui.channels.base import Channel

logger = logging.getLogger(__name__)

CLOSE_S = 3.0
"""How long channels may take to close, s."""


async def close_channels(channels: "Mapping[str, Channel]") -> None:
    """Close all of `channels`; what fails, or takes longer than `CLOSE_S`, goes to the log."""
    if not channels:
        return
    closing = {asyncio.create_task(_close(one)): name for name, one in channels.items()}
    done, late = await asyncio.wait(closing, timeout=CLOSE_S)
    for task in late:
        task.cancel()
        logger.warning("the channel %s did not close within %.0f s", closing[task], CLOSE_S)
    for task in done:
        if not task.cancelled() and (error := task.exception()):
            logger.error("the channel %s failed to close", closing[task], exc_info=error)


async def _close(channel: "Channel") -> None:
    await channel.aclose()
