"""What a worker says of itself while it works."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from later_tui.domain.failing import Failing


class WorkerState(StrEnum):
    """What the worker is doing."""

    STARTING = "starting"
    WORKING = "working"
    NO_STORE = "no store"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class WorkerStatus:
    """A worker at one moment."""

    state: WorkerState
    busy: int
    slots: int
    saturated: bool = False
    """All slots are busy and something is due already."""
    waiting: Mapping[str, str] = field(default_factory=dict)
    """Channels that this worker cannot use now, and why."""
    failing: Mapping[str, Failing] = field(default_factory=dict)
    """Channels that it uses, and whose last sends failed."""
    trouble: str = ""
    """Why there is no store, in one sentence."""
