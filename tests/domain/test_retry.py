import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from later_tui.domain.retry import BASE_MS, CAP_MS, LONGEST_WAIT_MS, backoff, retry_at

CHANCES = st.floats(0, 1, exclude_max=True)
ATTEMPTS = st.integers(1, 10**6)
NOW = 1_800_000_000_000


def most(attempt):
    return backoff(attempt, lambda: 1 - 2**-53)


@given(ATTEMPTS, CHANCES, st.integers(1, 10**6), st.integers(1, 10**8))
def test_a_wait_is_never_nothing_and_never_over_the_cap(attempt, chance, base, cap):
    wait = backoff(attempt, lambda: chance, base, cap)
    assert 1 <= wait <= cap
    assert wait <= base * 2 ** min(attempt - 1, 100)


def test_the_longest_wait_doubles_from_one_minute_to_one_hour():
    assert [most(attempt) // 60_000 for attempt in range(1, 9)] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert most(10**9) == CAP_MS


@given(ATTEMPTS, CHANCES, CHANCES)
def test_a_larger_chance_waits_longer(attempt, one, other):
    low, high = sorted((one, other))
    assert backoff(attempt, lambda: low) <= backoff(attempt, lambda: high)


def test_those_that_failed_together_spread_over_the_whole_wait():
    source = random.Random(42)
    waits = sorted(backoff(5, source.random) for _ in range(1000))
    assert waits[0] < 0.02 * 16 * BASE_MS
    assert waits[-1] > 0.98 * 16 * BASE_MS
    assert max(b - a for a, b in pairwise(waits)) < 0.02 * 16 * BASE_MS


@given(st.integers(-5, 0), CHANCES)
def test_an_attempt_that_was_never_begun_waits_like_the_first(attempt, chance):
    assert backoff(attempt, lambda: chance) == backoff(1, lambda: chance)


@given(ATTEMPTS, CHANCES, st.integers(1, LONGEST_WAIT_MS))
def test_what_the_other_side_asks_for_is_obeyed(attempt, chance, asked):
    at = retry_at(NOW, attempt, lambda: chance, asked)
    assert NOW + asked < at <= NOW + max(asked + BASE_MS, CAP_MS)


@given(ATTEMPTS, CHANCES, st.none() | st.integers(-(10**20), 0))
def test_nothing_asked_for_is_plain_backoff(attempt, chance, asked):
    assert retry_at(NOW, attempt, lambda: chance, asked) == NOW + backoff(attempt, lambda: chance)


def test_an_absurd_wait_is_taken_for_a_day():
    assert retry_at(NOW, 1, lambda: 0.5, 10**20) <= NOW + LONGEST_WAIT_MS + BASE_MS
