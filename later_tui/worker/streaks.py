"""Which channels fail again and again: the sends since the last one that worked."""

import asyncio
from collections.abc import Callable, Mapping

from later_tui.channels.secret import redacted
from later_tui.domain.failing import Failing
from later_tui.domain.inert import one_line

TOLD_AFTER_MS = 5_000
"""What works again within so long is a hiccup, and not told."""
LAPSES_MS = 3_600_000
"""So long after its last known retry a failure tells nothing of now: nothing is tried any more."""
LONGEST = 240
"""Characters of a reason."""
MOST_REMEMBERED = 256
"""Reminders of which it is remembered that they failed, for each channel."""


class Streaks:
    """Counts the sends of a worker that failed in a row, by channel.

    Only those count that are tried again, for nobody else tells of them: what failed for good, or
    was perhaps sent, stands in Unanswered, and an address that does not exist is no fault of the
    channel. A send that works ends the streak.
    """

    def __init__(self, now: Callable[[], int], changed: Callable[[], None]) -> None:
        """`now` returns ms UTC. `changed` is called on the loop when something is to be told."""
        self._now = now
        self._changed = changed
        self._streaks: dict[str, _Streak] = {}
        self._overtaken: dict[str, dict[str, None]] = {}

    @property
    def failing(self) -> Mapping[str, Failing]:
        """The channels that fail now."""
        now = self._now()
        return {name: one.failing(now) for name, one in self._streaks.items() if one.told(now)}

    def failed(self, channel: str, reminder_id: str, reason: str, next_at: int) -> None:
        """Take note of a send that failed for `reason`; it is tried again at `next_at`, ms UTC."""
        now = self._now()
        streak = self._streaks.get(channel)
        if streak is None or streak.lapsed(now):
            self._end(channel)
            overtaken = reminder_id in self._overtaken.get(channel, ())
            streak = self._streaks[channel] = _Streak(now, overtaken=overtaken)
            wait_s = TOLD_AFTER_MS / 1000 + 0.05
            streak.timer = asyncio.get_running_loop().call_later(wait_s, self._changed)
        streak.add(reminder_id, _short(one_line(redacted(reason))), now, next_at)
        self._changed()

    def worked(self, channel: str, reminder_id: str) -> None:
        """Take note of a send that worked."""
        overtaken = self._overtaken.get(channel)
        if overtaken is not None:
            overtaken.pop(reminder_id, None)
        if (streak := self._streaks.get(channel)) is None:
            return
        others = {name: None for name in streak.names if name != reminder_id}
        kept = {**self._overtaken.get(channel, {}), **others}
        self._overtaken[channel] = dict.fromkeys(list(kept)[-MOST_REMEMBERED:])
        self._end(channel)
        self._changed()

    def close(self) -> None:
        """Call nobody back any more."""
        for channel in tuple(self._streaks):
            self._end(channel)

    def _end(self, channel: str) -> None:
        streak = self._streaks.pop(channel, None)
        if streak is not None and streak.timer is not None:
            streak.timer.cancel()


class _Streak:
    """Failures in a row."""

    def __init__(self, since: int, *, overtaken: bool) -> None:
        """`since` is ms UTC. `overtaken`: the first of them failed before, and others have worked
        since. Once more may be its own fault; twice, and nothing worked between, is the channel's.
        """
        self.names: dict[str, None] = {}
        self.timer: asyncio.TimerHandle | None = None
        self._since = since
        self._least = 2 if overtaken else 1
        self._count = 0
        self._reason = ""
        self._next_at = self._last_at = since

    def add(self, reminder_id: str, reason: str, now: int, next_at: int) -> None:
        if len(self.names) < MOST_REMEMBERED:
            self.names[reminder_id] = None
        self._count += 1
        self._reason = reason
        # The earliest of those that are known and to come: by then one is tried.
        self._next_at = min(next_at, self._next_at) if self._next_at > now else next_at
        self._last_at = max(next_at, self._last_at)

    def lapsed(self, now: int) -> bool:
        return now > self._last_at + LAPSES_MS

    def told(self, now: int) -> bool:
        lasted = now - self._since >= TOLD_AFTER_MS
        return lasted and self._count >= self._least and not self.lapsed(now)

    def failing(self, now: int) -> Failing:
        after = self._next_at if self._next_at > now else None
        return Failing(self._reason, self._since, self._count, after)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
