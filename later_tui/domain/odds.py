"""How likely a draw is to fall where: the numbers behind a sparkline."""

from collections.abc import Sequence
from itertools import pairwise

from later_tui.domain.window import Span, Window


def chance_before(spans: Sequence[Span], moment: int) -> float:
    """Return the chance, 0 to 1, that a draw from `spans` falls before `moment` (ms UTC).

    Raises ValueError when the spans have no moment.
    """
    return _before(spans, moment) / _total(spans)


def density(spans: Sequence[Span], buckets: int, window: Window | None = None) -> list[float]:
    """Return the chance of each of `buckets` equal stretches of time; together they make 1.

    The stretches reach over `window` (and over all spans, should these lie outside it), or from
    the first span's start to the last one's stop.

    Raises ValueError when the spans have no moment or there is no bucket.
    """
    if buckets < 1:
        raise ValueError("at least one bucket is needed")
    total = _total(spans)
    start, stop = spans[0].start, spans[-1].stop
    if window is not None:
        start, stop = min(start, window.not_before), max(stop, window.not_after)
    # In parts of a ms, of which each stretch has the same number: a ms more in one of them would
    # make an even draw look uneven.
    parts = [Span(first * buckets, last * buckets) for first, last in spans]
    edges = [start * buckets + (stop - start) * at for at in range(buckets + 1)]
    below = [_before(parts, edge) for edge in edges]
    return [(b - a) / (total * buckets) for a, b in pairwise(below)]


def _before(spans: Sequence[Span], moment: int) -> int:
    return sum(min(stop, moment) - start for start, stop in spans if start < moment)


def _total(spans: Sequence[Span]) -> int:
    total = sum(stop - start for start, stop in spans)
    if total <= 0:
        raise ValueError("there is no moment to draw")
    return total
