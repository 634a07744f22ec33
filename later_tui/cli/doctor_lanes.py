"""Doctor: what waits for a channel that no worker serves, why none does, and what would work."""

from collections.abc import Iterable, Sequence

from later_tui.channels.registry import channel_names
from later_tui.config.settings import Settings
from later_tui.domain.route import is_channel
from later_tui.store.checkup import START, Finding, problem, warning
from later_tui.store.claims import WorkerInfo
from later_tui.store.survey import Lane
from later_tui.worker.opening import named_channels


def lanes(found: Iterable[Lane], alive: Sequence[WorkerInfo], chosen: Settings) -> list[Finding]:
    """Judge the lanes in which something waits and that none of the workers serves."""
    findings = []
    for lane in found:
        if not lane.pending or any(one.serves(lane.username, lane.channel) for one in alive):
            continue
        whose = f" of {lane.username}" if lane.username else ""
        overdue = f", {lane.overdue} of them overdue" if lane.overdue else ""
        why, todo = _why(lane, alive, chosen)
        says = f"no worker serves {lane.channel}{whose}: {lane.pending} wait{overdue}{why}"
        findings.append((problem if lane.overdue else warning)("lane", says, todo))
    return findings


def _why(lane: Lane, alive: Sequence[WorkerInfo], chosen: Settings) -> tuple[str, str]:
    """Return why nobody serves a lane, if that can be told, and what would work."""
    paused = [
        f"it is paused on {one.host}: {one.waiting[lane.channel]}"
        for one in alive
        if one.works_for(lane.username) and lane.channel in one.waiting
    ]
    if paused:
        todo = "mend that, or run `later worker` where the channel can be used"
        return f"; {'; '.join(paused)}", todo
    if lane.channel not in channel_names():
        return "; no package here provides it", _provide(lane)
    if lane.username == chosen.user and lane.channel not in named_channels(chosen):
        return "; the configuration here does not name it", (
            f"add a table [channel.{lane.channel}] and start the worker anew, or run "
            "`later worker` where it is named"
        )
    return "", START


def _provide(lane: Lane) -> str:
    # Another program's key may have any name, and this one is to be copied into a shell.
    name = lane.channel if is_channel(lane.channel) else "NAME"
    return (
        f"install the package that does, add a table [channel.{name}] and start the worker anew; "
        f"or send them another way: `later find '!{name}'` lists them, and "
        "`later edit ID TEXT via CHANNEL` changes one"
    )
