"""Which pop-ups are on the screen, and for which reminders."""

import time
from dataclasses import dataclass

from later_tui.channels.desktop.service import Handle

_GRACE = 1.0
"""How long a closed pop-up's button counts, s: some services say closed before pressed."""


@dataclass(frozen=True, slots=True)
class Pop:
    """One pop-up, with what it takes to show it again."""

    handle: Handle
    reminder_id: str
    round: int
    summary: str
    body: str
    buttons: bool


class Shown:
    """The open pop-ups of this process."""

    def __init__(self) -> None:
        self._open: dict[Handle, Pop] = {}
        self._closed: dict[Handle, tuple[float, Pop]] = {}

    def add(self, pop: Pop) -> None:
        """Note a pop-up; it takes the place of one with the same handle.

        Those of an earlier service went with it.
        """
        self._closed.pop(pop.handle, None)
        if any(handle.owner != pop.handle.owner for handle in self._open):
            self._open = {h: p for h, p in self._open.items() if h.owner == pop.handle.owner}
        self._open[pop.handle] = pop

    def of(self, reminder_id: str) -> list[Pop]:
        """Return the reminder's open pop-ups."""
        return [pop for pop in self._open.values() if pop.reminder_id == reminder_id]

    def open(self) -> list[Pop]:
        """Return all open pop-ups."""
        return list(self._open.values())

    def close(self, handle: Handle) -> None:
        """Note that the pop-up is gone; for a moment its buttons still count."""
        now = time.monotonic()
        self._closed = {h: (t, pop) for h, (t, pop) in self._closed.items() if now - t < _GRACE}
        if pop := self._open.pop(handle, None):
            self._closed[handle] = (now, pop)

    def take(self, handle: Handle) -> Pop | None:
        """Return the pop-up and forget it, so that it is answered once; None if it is not ours."""
        if pop := self._open.pop(handle, None):
            return pop
        closed, pop = self._closed.pop(handle, (0.0, None))
        return pop if pop and time.monotonic() - closed < _GRACE else None

    def forget(self, reminder_id: str) -> list[Pop]:
        """Forget the reminder's pop-ups, and return those that were open."""
        pops = self.of(reminder_id)
        for pop in pops:
            del self._open[pop.handle]
        self._closed = {h: c for h, c in self._closed.items() if c[1].reminder_id != reminder_id}
        return pops
