"""Doctor: which channels can be used here, and with which the workers have trouble."""

import asyncio
import time
from collections.abc import Iterable

from later_tui.cli.channel_states import State, states
from later_tui.cli.channel_workers import troubles
from later_tui.config.settings import Settings
from later_tui.store.checkup import Finding, problem, warning
from later_tui.store.claims import WorkerInfo


def channels(chosen: Settings, workers: Iterable[WorkerInfo] = ()) -> list[Finding]:
    """Ask every configured channel whether it could deliver from here, and tell with which of them
    `workers`, those that are alive, have trouble.
    """
    told = troubles(workers, chosen, time.time_ns() // 1_000_000)
    findings = []
    for state in asyncio.run(states(chosen, told)):
        if state.used and state.word != "failing":
            findings.append(_judged(state))
        findings += [
            warning("channel", f"{one.channel} is {one.says}", one.todo) for one in state.troubles
        ]
    return findings


def _judged(state: State) -> Finding:
    says = f"{state.name} is {state.itself}"
    if state.available:
        return Finding("channel", says)
    if state.problem:
        todo = "mend its settings, or take it out of the configuration"
        return problem("channel", says, todo)
    todo = "a worker elsewhere may deliver it; else mend that, or choose another channel"
    return warning("channel", says, todo)
