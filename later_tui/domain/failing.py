"""Sends that fail in a row on one channel, and how screens and commands put it."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from later_tui.domain.times import H24, TimeFormat
from later_tui.domain.wording import ago, moment

BRIEF = 40
"""The most characters of a reason in the status line."""


class Failing(NamedTuple):
    """The sends of a worker on one channel since the last that worked: each is tried again."""

    reason: str
    """Why the last one failed, in one inert sentence."""
    since: int
    """When the first of them failed, ms UTC by the server's clock."""
    times: int = 1
    """How many failed."""
    next_at: int | None = None
    """When one of them is tried again at the latest, ms UTC; None: that is not known."""


def brief(reason: str) -> str:
    """Return what tells most of a reason, which stands at its end: "connection refused"."""
    if len(reason) > BRIEF:
        reason = reason.rpartition(": ")[2] or reason
    return reason if len(reason) <= BRIEF else f"{reason[: BRIEF - 1].rstrip()}…"


def failing_words(one: Failing, now: int, zone: ZoneInfo, form: TimeFormat = H24) -> str:
    """Return all of it: "its last 3 sends failed, the first 10 min ago: …; tried again by …".

    `now` is ms UTC. A next try that is past is not told.
    """
    since = ago(max(now - one.since, 0))
    said = f"its last send failed {since}"
    if one.times > 1:
        said = f"its last {one.times} sends failed, the first {since}"
    again = "the next send shows whether it works again"
    if one.next_at is not None and one.next_at > now:
        again = f"tried again by {moment(one.next_at, now, zone, form)}"
    return f"{said}: {one.reason}; {again}"


def advice(channel: str) -> str:
    """Return what to do about a channel that fails: nothing of it is lost meanwhile."""
    return (
        f"check the network, the other side and [channel.{channel}]; "
        f"`later channels test {channel}` tries it now"
    )
