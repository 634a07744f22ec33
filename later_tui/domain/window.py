"""Windows and spans of time, in UTC milliseconds."""

from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch of time `[start, stop)`, ms UTC."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Window:
    """`not_before … not_after`, ms UTC: the draw falls inside; both ends equal is an exact time."""

    not_before: int
    not_after: int

    def __post_init__(self) -> None:
        if self.not_after < self.not_before:
            raise ValueError("a window ends before it begins")

    @property
    def exact(self) -> bool:
        """Whether the window is one moment."""
        return self.not_before == self.not_after

    @property
    def length(self) -> int:
        """The window's length, ms."""
        return self.not_after - self.not_before
