import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from later_tui.domain.draw import nth
from later_tui.domain.odds import chance_before, density
from later_tui.domain.window import Span, Window


@st.composite
def many_spans(draw):
    start, spans = draw(st.integers(0, 2 * 10**12)), []
    for length in draw(st.lists(st.integers(1, 10**7), min_size=1, max_size=20)):
        spans.append(Span(start, start + length))
        start += length + draw(st.integers(1, 10**7))
    return tuple(spans)


@given(many_spans(), st.lists(st.integers(-(10**7), 4 * 10**8), min_size=2))
def test_the_chance_grows_from_none_to_certainty(spans, steps):
    moments = sorted(spans[0].start + step for step in steps)
    chances = [chance_before(spans, moment) for moment in moments]
    assert chances == sorted(chances)
    assert all(0 <= chance <= 1 for chance in chances)
    assert chance_before(spans, spans[0].start) == 0
    assert chance_before(spans, spans[-1].stop) == 1


@given(many_spans(), st.integers(1, 200), st.booleans())
def test_the_density_sums_to_one(spans, buckets, wider):
    window = Window(spans[0].start - 10**7, spans[-1].stop + 10**6) if wider else None
    shares = density(spans, buckets, window)
    assert len(shares) == buckets
    assert min(shares) >= 0
    assert math.isclose(sum(shares), 1)


@given(many_spans(), st.integers(1, 60), st.integers(0, 10**7))
def test_all_stretches_without_quiet_have_the_same_share(spans, buckets, later):
    whole = Span(spans[0].start, spans[0].start + later + 1)
    assert len(set(density([whole], buckets))) == 1
    shares = density(spans, buckets)
    start, length = spans[0].start, spans[-1].stop - spans[0].start
    open_ = {
        shares[at]
        for at in range(buckets)
        for first, last in spans
        if first * buckets <= start * buckets + length * at
        and start * buckets + length * (at + 1) <= last * buckets
    }
    assert len(open_) <= 1


def test_quiet_stretches_have_no_density():
    spans = (Span(0, 10), Span(20, 30))
    assert density(spans, 3) == [0.5, 0, 0.5]
    assert density(spans, 4, Window(0, 40)) == [0.5, 0, 0.5, 0]
    assert density((Span(0, 10),), 2, Window(5, 20)) == [1, 0]
    assert density((Span(7, 8),), 3, Window(7, 7)) == [1 / 3] * 3
    assert chance_before(spans, 15) == 0.5


def test_the_chance_is_how_often_it_happens():
    spans = (Span(0, 700), Span(900, 1000), Span(2000, 3000))
    draws = [nth(spans, 42, pick) for pick in range(20_000)]
    for moment in (100, 800, 950, 2500):
        seen = sum(draw < moment for draw in draws) / len(draws)
        assert math.isclose(seen, chance_before(spans, moment), abs_tol=0.02)


def test_no_moment_and_no_bucket_are_refused():
    with pytest.raises(ValueError, match="no moment"):
        chance_before((), 5)
    with pytest.raises(ValueError, match="no moment"):
        density((), 5)
    with pytest.raises(ValueError, match="bucket"):
        density((Span(0, 1),), 0)
