"""The draw of a moment that keeps the minimum gap to a user's other reminders."""

from collections.abc import Sequence

from later_tui.domain.draw import nth, pick_apart
from later_tui.domain.window import Span, Window
from later_tui.store.command import Arg, Call, Flow
from later_tui.store.keys import Keys
from later_tui.store.scripts import script

CANDIDATES = 8
"""Draws that are tried in a second round trip, when the first one is too close to another."""


def draw_call(
    keys: Keys,
    name: str,
    head: list[Arg],
    window: Window,
    spans: Sequence[Span],
    seed: int,
    gap: int,
    picks: list[int],
    tail: list[Arg],
) -> Call:
    """Return the call of a script that takes the first of `picks` that keeps the minimum gap."""
    moments: list[Arg] = [nth(spans, seed, pick) for pick in picks]
    bounds = (window.not_before, window.not_after)
    args = (*head, *bounds, gap, picks[0], len(picks), *moments, *tail)
    return Call(script(name), keys.prefix, args)


def draw(
    keys: Keys,
    name: str,
    head: list[Arg],
    window: Window,
    spans: Sequence[Span],
    seed: int,
    gap: int,
    tail: list[Arg],
) -> Flow[list[bytes]]:
    """Run a script that takes the first of several draws that keeps the minimum gap.

    Where none does it answers with the moments that stand in the way, and the draw is made between
    them: as far apart as the window allows. Two that draw at once may come closer than the gap;
    neither can be lost.
    """
    gap = 0 if window.exact else gap
    # One candidate nearly always does; then several, at whose failure the neighbours are told.
    picks: list[int] = [0]
    while True:
        [reply] = yield [draw_call(keys, name, head, window, spans, seed, gap, picks, tail)]
        if reply[0] != b"crowded":
            result: list[bytes] = reply
            return result
        if len(picks) == 1:
            picks = list(range(1, CANDIDATES + 1))
            continue
        pick, _ = pick_apart(spans, seed, [int(moment) for moment in reply[1:]], gap)
        picks, gap = [pick], 0
