"""Doctor: which channels can be used here."""

import asyncio

from later_tui.cli.channel_states import State, states
from later_tui.config.settings import Settings
from later_tui.store.checkup import Finding, problem, warning


def channels(chosen: Settings) -> list[Finding]:
    """Ask every configured channel whether it could deliver from here."""
    return [_judged(state) for state in asyncio.run(states(chosen)) if state.used]


def _judged(state: State) -> Finding:
    says = f"{state.name} is {state.sentence}"
    if state.ok:
        return Finding("channel", says)
    if state.problem:
        todo = "mend its settings, or take it out of the configuration"
        return problem("channel", says, todo)
    todo = "a worker elsewhere may deliver it; else mend that, or choose another channel"
    return warning("channel", says, todo)
