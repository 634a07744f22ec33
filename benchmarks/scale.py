"""How much is measured: enough to judge by, or enough to see that it runs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """The sizes of all rows."""

    quick: bool
    rounds: int
    adds: int
    """Reminders added in one round."""
    synced_adds: int
    """The same where each waits for the disk."""
    burst: int
    burst_rounds: int
    pending: int
    """Reminders far ahead while lateness and idling are measured."""
    span_s: int
    """How long lateness and idling are measured, s; 50 reminders a second."""
    kept: int
    """Reminders kept to see what one takes."""
    lease: str
    """The workers' lease while one is killed; empty: the default."""
    killed: int
    """Reminders due when a worker is killed."""
    commands: int
    sizes: tuple[int, ...]
    """How much is pending while growth is measured."""
    keys: int
    """Keys pressed while the app's paints are timed."""


FULL = Scale(
    quick=False, rounds=15, adds=600, synced_adds=250, burst=10_000, burst_rounds=3,
    pending=100_000, span_s=20, kept=20_000, lease="", killed=1000, commands=15,
    sizes=(1_000, 10_000, 100_000, 1_000_000), keys=400,
)  # fmt: skip

QUICK = Scale(
    quick=True, rounds=3, adds=500, synced_adds=150, burst=2_000, burst_rounds=1,
    pending=10_000, span_s=4, kept=5_000, lease="3s", killed=300, commands=4,
    sizes=(1_000, 20_000), keys=60,
)  # fmt: skip
