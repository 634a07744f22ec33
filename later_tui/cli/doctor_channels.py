"""Doctor: which channels can be used here."""

import asyncio

from later_tui.channels.base import Availability, Channel, ChannelContext
from later_tui.channels.registry import open_channels
from later_tui.config.settings import Settings
from later_tui.store.checkup import Finding, problem, warning

ASK_S = 10.0


def channels(chosen: Settings) -> list[Finding]:
    """Ask every configured channel whether it could deliver from here."""
    return asyncio.run(_ask_all(chosen))


async def _ask_all(chosen: Settings) -> list[Finding]:
    def context(name: str) -> ChannelContext:
        return ChannelContext(options=chosen.channel_options.get(name, {}))

    opened = open_channels(chosen.channels, context)
    findings = []
    for name in chosen.channels:
        if name in opened.problems:
            todo = "mend its settings, or take it out of `channels`"
            findings.append(problem("channel", str(opened.problems[name]), todo))
        else:
            findings.append(_judged(name, await _availability(opened.channels[name])))
    for channel in opened.channels.values():
        await channel.aclose()
    return findings


async def _availability(channel: Channel) -> Availability:
    try:
        async with asyncio.timeout(ASK_S):
            return await channel.available()
    except TimeoutError:
        return Availability(ok=False, reason=f"it did not answer within {ASK_S:.0f} s")
    except Exception as error:  # noqa: BLE001  (a broken plugin is a finding, and stops no other)
        return Availability(ok=False, reason=f"it failed: {type(error).__name__}")


def _judged(name: str, answer: Availability) -> Finding:
    if answer.ok:
        why = f" ({answer.reason})" if answer.reason else ""
        return Finding("channel", f"{name} by {answer.via or 'its own way'}{why}")
    todo = "a worker elsewhere may deliver it; else mend that, or choose another channel"
    return warning("channel", f"{name} cannot be used here: {answer.reason}", todo)
