"""The channels of the rig, and its moments: far enough apart that no test is ever in a hurry."""

from later_tui.domain.route import Step
from tests.model.machine import Link

CHANNELS = ("desktop", "sms")
REPEATABLE = (True, False)
AHEAD_MS = 600_000
"""How far away is what is not due yet: longer than any run of this."""
PAST_MS = -AHEAD_MS
"""How long ago is what is due, or has ended."""
LEASE_MS = 1_800_000
WAIT_MS = 2 * AHEAD_MS
"""How long a further step waits: from what is past it is still ahead."""
WAKEUP_MS = 3_600_000
"""Longer than a lease, so that leases that still run are among what a claim looks at."""
NAG_MS = 2 * WAKEUP_MS
"""Longer than that: the next nag of one that may have been sent is not claimed with it."""


def steps_of(link: Link) -> tuple[Step, ...]:
    """Return the steps of a reminder on both channels."""
    if link is Link.NONE:
        return ()
    fallback = link is Link.FALLBACK
    return (Step(CHANNELS[:1]), Step(CHANNELS[1:], WAIT_MS, fallback=fallback))
