"""A stretch of the day, by the wall clock."""

from dataclasses import dataclass

DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Hours:
    """From `start` to `stop`, in minutes of the day (0 … 1440), by the wall clock.

    `stop` before `start` crosses midnight: 22-6 is `Hours(1320, 360)`.
    """

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not (0 <= self.start <= DAY and 0 <= self.stop <= DAY):
            raise ValueError("hours lie between 0:00 and 24:00")
        if self.start == self.stop or (self.start, self.stop) == (DAY, 0):
            raise ValueError("hours that begin when they end leave nothing")

    def __str__(self) -> str:
        """Return the hours as the grammar reads them: "9-18", "22:30-6"."""
        return f"{_clock(self.start)}-{_clock(self.stop)}"

    def parts(self) -> tuple[tuple[int, int], ...]:
        """Return the hours as stretches of one day that do not cross midnight."""
        if self.start < self.stop:
            return ((self.start, self.stop),)
        return tuple(p for p in ((0, self.stop), (self.start, DAY)) if p[0] < p[1])


def _clock(minute: int) -> str:
    hour, rest = divmod(minute, 60)
    return f"{hour}:{rest:02d}" if rest else str(hour)
