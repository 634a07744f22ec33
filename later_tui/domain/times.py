"""How a time of day is written, and on which day a week begins."""

from typing import NamedTuple

MONDAY, SUNDAY = 0, 6


class TimeFormat(NamedTuple):
    """What of the person's locale the words for times follow; the words themselves are English."""

    twelve: bool = False
    """6:40pm instead of 18:40."""
    week_starts: int = MONDAY
    """The first day of the week, Monday being 0."""

    @property
    def week_ends(self) -> int:
        """The last day of the week, Monday being 0."""
        return (self.week_starts - 1) % 7

    def clock(self, hour: int, minute: int, second: int = 0) -> str:
        """Return a time of day; seconds only if there are any. The grammar reads both forms."""
        seconds = f":{second:02d}" if second else ""
        if not self.twelve:
            return f"{hour:02d}:{minute:02d}{seconds}"
        half = "am" if hour < 12 else "pm"
        return f"{(hour - 1) % 12 + 1}:{minute:02d}{seconds}{half}"


H24 = TimeFormat()
"""18:40, and weeks that begin on Monday (ISO 8601): where nobody has said otherwise."""
