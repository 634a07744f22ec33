"""When a delivery that failed for now is tried again."""

from collections.abc import Callable

BASE_MS = 60_000
CAP_MS = 3_600_000
LONGEST_WAIT_MS = 24 * 3_600_000
"""The longest wait that the other side may ask for, ms."""


def backoff(
    attempt: int, random: Callable[[], float], base_ms: int = BASE_MS, cap_ms: int = CAP_MS
) -> int:
    """Return how long to wait after attempt number `attempt` (from 1) failed, ms.

    Between 1 ms and the ceiling, which is `base_ms` after the first attempt, doubles with each
    and never passes `cap_ms`: "full jitter", so that many deliveries that failed together do not
    come back together (Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015).
    `random` returns a number in [0, 1).
    """
    doublings = min(max(attempt, 1) - 1, cap_ms.bit_length())
    ceiling = min(cap_ms, base_ms << doublings)
    return 1 + int(random() * ceiling)


def retry_at(
    now: int,
    attempt: int,
    random: Callable[[], float],
    retry_after_ms: int | None = None,
    base_ms: int = BASE_MS,
    cap_ms: int = CAP_MS,
) -> int:
    """Return the moment (ms UTC) of the next attempt.

    Never before the wait that the other side asked for (`retry_after_ms`, HTTP's `Retry-After`)
    is over, and spread over `base_ms` after it. A wait of more than a day is taken for a day: a
    reminder is not lost to a wrong number in a reply.
    """
    wait = backoff(attempt, random, base_ms, cap_ms)
    if retry_after_ms is not None and retry_after_ms > 0:
        asked = min(retry_after_ms, LONGEST_WAIT_MS)
        wait = max(wait, asked + backoff(1, random, base_ms, cap_ms))
    return now + wait
