import hashlib
import math
from bisect import bisect_right
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from later_tui.domain.draw import _GOLDEN, _mix, new_seed, nth, pick_apart
from later_tui.domain.window import Span

SEEDS = st.integers(0, 2**63 - 1)


@st.composite
def many_spans(draw):
    lengths = draw(st.lists(st.integers(1, 10**7), min_size=1, max_size=20))
    start, spans = draw(st.integers(0, 2 * 10**12)), []
    for length in lengths:
        spans.append(Span(start, start + length))
        start += length + draw(st.integers(1, 10**7))
    return tuple(spans)


def inside(spans, moment):
    return any(start <= moment < stop for start, stop in spans)


@given(many_spans(), SEEDS, st.integers(0, 10**6))
def test_a_draw_falls_into_a_span_and_is_the_same_again(spans, seed, pick):
    moment = nth(spans, seed, pick)
    assert inside(spans, moment)
    assert nth(list(spans), seed, pick) == moment


@given(many_spans(), SEEDS)
def test_a_draw_does_not_care_how_the_spans_are_split(spans, seed):
    split = []
    for start, stop in spans:
        middle = (start + stop) // 2
        split += [Span(start, middle), Span(middle, stop)]
    assert nth(split, seed) == nth(spans, seed)


def test_every_moment_of_small_spans_is_drawn():
    spans = (Span(10, 13), Span(20, 21), Span(30, 32))
    assert {nth(spans, 7, pick) for pick in range(200)} == {10, 11, 12, 20, 30, 31}


def test_the_generator_is_splitmix64():
    """The first outputs for the seed 1234567, as its authors' own code gives them."""
    outputs = [_mix(1234567 + (pick + 1) * _GOLDEN) for pick in range(5)]
    assert outputs == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_the_draws_of_a_seed_never_change():
    fortnight = (Span(1_800_000_000_000, 1_801_209_600_000),)
    assert [nth(fortnight, 42, pick) for pick in range(3)] == [
        1800896996877,
        1800193427611,
        1800336995927,
    ]
    nights_off = tuple(
        Span(n * 86_400_000, n * 86_400_000 + 54_000_000) for n in range(20_000, 20_014)
    )
    assert [nth(nights_off, 2**63 - 1, pick) for pick in range(3)] == [
        1728190029124,
        1729135994734,
        1729085986386,
    ]
    many = ",".join(str(nth(nights_off, seed, seed % 7)) for seed in range(1000))
    assert hashlib.sha256(many.encode()).hexdigest()[:16] == "0435b181f8d08c99"


@pytest.mark.parametrize("spans", [(), (Span(5, 5),)])
def test_where_there_is_no_moment_nothing_is_drawn(spans):
    with pytest.raises(ValueError, match="no moment"):
        nth(spans, 1)
    with pytest.raises(ValueError, match="no moment"):
        pick_apart(spans, 1, [], 5)


def test_a_seed_has_63_bits():
    assert new_seed(lambda size: b"\xff" * size) == 2**63 - 1
    assert new_seed(bytes) == 0
    assert len({new_seed() for _ in range(1000)}) == 1000


# --- uniform, by Pearson's chi-square -------------------------------------------------------

WEEK = tuple(
    # 15 waking hours a day, one day missing, one with a nap of 90 minutes: 5310 minutes
    Span(day * 86_400_000 + start * 60_000, day * 86_400_000 + stop * 60_000)
    for day in range(20_000, 20_007)
    for start, stop in ([(420, 780), (870, 1320)] if day == 20_002 else [(420, 1320)])
    if day != 20_004
)
LENGTHS = [stop - start for start, stop in WEEK]
ENDS = list(accumulate(LENGTHS))
MINUTES = ENDS[-1] // 60_000
DRAWS = 40 * MINUTES


def minute_of(moment):
    """Which of the allowed minutes, counted from 0, a moment falls into."""
    span = bisect_right([start for start, _ in WEEK], moment) - 1
    assert moment < WEEK[span].stop
    return (ENDS[span] - WEEK[span].stop + moment) // 60_000


def deviation(cells, count):
    """How far from uniform: the chi-square statistic as a standard normal deviate.

    By Wilson and Hilferty's cube root (1931). A uniform draw is within ±5 but for one in a million.
    """
    counts = [0] * count
    for cell in cells:
        counts[cell] += 1
    expected = sum(counts) / count
    chi_square = sum((seen - expected) ** 2 for seen in counts) / expected
    free = count - 1
    return ((chi_square / free) ** (1 / 3) - (1 - 2 / (9 * free))) / math.sqrt(2 / (9 * free))


def fair(seed):
    return nth(WEEK, seed)


def shifted(seed):
    """Draws over the whole week, and moves what falls into quiet hours to their end."""
    moment = nth((Span(WEEK[0].start, WEEK[-1].stop),), seed)
    return next(max(moment, start) for start, stop in WEEK if moment < stop)


def span_first(seed):
    """Draws a span and then a moment in it, as if all spans were equally long."""
    return nth((WEEK[nth((Span(0, len(WEEK)),), seed, 1)],), seed)


def leaning(seed):
    """Is likelier in the first half: one in four that falls into the second is drawn again."""
    first, second = nth(WEEK, seed), nth(WEEK, seed, 1)
    half = minute_of(first) >= MINUTES // 2
    return min(first, second) if half and nth((Span(0, 4),), seed, 2) == 0 else first


def stepping(seed):
    """Goes from minute to minute in turn: far too even to be random."""
    place = seed * 60_000 % ENDS[-1]
    span = bisect_right(ENDS, place)
    return WEEK[span].stop - (ENDS[span] - place)


@pytest.mark.parametrize("first_seed", [0, 10**9, 2**62])
def test_the_draw_is_uniform_over_the_allowed_minutes(first_seed):
    drawn = (minute_of(fair(first_seed + n)) for n in range(DRAWS))
    assert abs(deviation(drawn, MINUTES)) < 5


def test_the_later_picks_of_one_seed_are_uniform_too():
    drawn = (minute_of(nth(WEEK, 42, pick)) for pick in range(DRAWS))
    assert abs(deviation(drawn, MINUTES)) < 5


def test_a_seed_s_first_pick_does_not_tell_the_second():
    pairs = ((nth((Span(0, 64),), seed), nth((Span(0, 64),), seed, 1)) for seed in range(200_000))
    assert abs(deviation((64 * a + b for a, b in pairs), 64 * 64)) < 5


def test_neighbouring_seeds_do_not_tell_each_other_s_draw():
    pairs = ((nth((Span(0, 64),), s), nth((Span(0, 64),), s + 1)) for s in range(0, 400_000, 2))
    assert abs(deviation((64 * a + b for a, b in pairs), 64 * 64)) < 5


@pytest.mark.parametrize("biased", [shifted, span_first, leaning, stepping])
def test_a_biased_draw_is_found_out(biased):
    drawn = (minute_of(biased(seed)) for seed in range(DRAWS))
    assert abs(deviation(drawn, MINUTES)) > 10


# --- apart from the others ------------------------------------------------------------------


def slowly(spans, seed, taken, gap, tries):
    """The rule of `pick_apart`, word for word."""
    while True:
        for pick in range(tries):
            moment = nth(spans, seed, pick)
            if all(abs(moment - other) >= gap for other in taken):
                return pick, moment
        gap //= 2


@given(st.lists(st.integers(0, 3000), max_size=8), SEEDS, st.integers(0, 4000), st.integers(1, 20))
def test_the_first_pick_that_is_far_enough_is_taken(taken, seed, gap, tries):
    spans = (Span(0, 700), Span(900, 1000), Span(2000, 3000))
    pick, moment = pick_apart(spans, seed, taken, gap, tries)
    assert (pick, moment) == slowly(spans, seed, taken, gap, tries)
    assert nth(spans, seed, pick) == moment


@given(many_spans(), SEEDS)
def test_with_nothing_near_it_is_the_plain_draw(spans, seed):
    assert pick_apart(spans, seed, [], 300_000) == (0, nth(spans, seed))
    assert pick_apart(spans, seed, [spans[-1].stop + 300_000], 300_000) == (0, nth(spans, seed))


@given(SEEDS)
def test_the_gap_itself_is_far_enough(seed):
    assert pick_apart((Span(0, 2),), seed, [11], 11)[1] == 0
    assert pick_apart((Span(12, 14),), seed, [2], 11)[1] == 13


@given(SEEDS)
def test_as_many_as_fit_loosely_all_keep_the_gap(seed):
    taken = []
    for number in range(20):
        taken.append(pick_apart((Span(0, 100_000),), seed ^ number, taken, 1000)[1])
    taken.sort()
    assert min(b - a for a, b in pairwise(taken)) >= 1000


@given(SEEDS)
def test_in_a_crowded_window_they_stay_as_far_apart_as_it_allows(seed):
    taken = [0, 1000]
    _, moment = pick_apart((Span(0, 1001),), seed, taken, 3000)
    assert 375 <= moment <= 625
    assert pick_apart((Span(5, 6),), seed, [5], 300_000) == (0, 5)
