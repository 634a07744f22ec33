"""The clauses as options: the same readers, strictly, and what they do to the line's own."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from later_tui.domain.duration import DAY, WEEK, Duration
from later_tui.domain.errors import GrammarError
from later_tui.domain.grammar import Options, Reading, read, read_with
from later_tui.domain.hours import Hours
from later_tui.domain.window import Window

BERLIN = ZoneInfo("Europe/Berlin")


def ms(*parts: int) -> int:
    return round(datetime(*parts, tzinfo=BERLIN).timestamp() * 1000)


NOW = ms(2026, 6, 10, 12)  # a Wednesday
READING = Reading(
    NOW, BERLIN, Duration(ms=2 * WEEK), lambda *_: None, frozenset({"desktop", "email", "sms"})
)


@pytest.mark.parametrize(
    ("clause", "options"),
    [
        ("within 3d", Options(within="3d")),
        ("by fri", Options(by="fri")),
        ("after 2d within 2w", Options(after="2d", within="2w")),
        ("between 9-18", Options(between="9-18")),
        ("in 20m", Options(in_="20m")),
        ("at 18:00", Options(at="18:00")),
        ("on fri", Options(on="fri")),
        ("on fri at 18:00", Options(on="fri", at="18:00")),
        ("by fri at 18:00", Options(by="fri at 18:00")),
        ("every week", Options(every="week")),
        ("x3", Options(count=3)),
        ("#a #b", Options(tags=("a", "#b"))),
        ("via email !sms", Options(via=("email", "sms"))),
        ("via email !sms", Options(via=("email,sms",))),
    ],
)
def test_an_option_means_what_its_clause_means(clause, options):
    said, chosen = read(f"call mum {clause}", READING), read_with("call mum", options, READING)
    for name in ("text", "window", "between", "every", "count", "tags", "channels"):
        assert getattr(chosen, name) == getattr(said, name)
    assert chosen.clauses == ()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (Options(within="budget"), "--within"),
        (Options(within=""), "--within: a length of time is missing"),
        (Options(within="0"), "--within"),
        (Options(in_="-1h"), "--in"),
        (Options(every=""), "--every"),
        (Options(every="monday"), "--every"),
        (Options(by=""), "--by"),
        (Options(by="Orwell"), "--by"),
        (Options(by="yesterday"), "--by yesterday"),
        (Options(at=" "), "--at"),
        (Options(at="7"), "--at"),
        (Options(at="1970-01-01T00:00Z"), "past"),
        (Options(on="the moon"), "--on"),
        (Options(after=""), "--after"),
        (Options(after="lunch"), "--after"),
        (Options(between=""), "--between"),
        (Options(between="jobs"), "--between"),
        (Options(count=0), "--times"),
        (Options(count=10**5000), "--times"),
        (Options(count=-1), "--times"),
        (Options(tags=("",)), "--tag"),
        (Options(tags=("a b",)), "--tag"),
        (Options(tags=("1",)), "--tag"),
        (Options(via=("",)), "--via"),
        (Options(via=("fax",)), "--via"),
        (Options(via=("email,",)), "--via"),
        (Options(within="3d", at="18:00"), "contradict"),
        (Options(on="fri 9:00", at="18:00"), "contradict"),
        (Options(count=3, in_="5m"), "one moment"),
    ],
)
def test_an_option_that_is_not_wholly_a_value_is_refused(options, says):
    with pytest.raises(GrammarError) as caught:
        read_with("call mum", options, READING)
    assert says in str(caught.value)
    assert "end the line with --" not in str(caught.value)


def test_an_option_replaces_the_clause_of_its_name():
    draft = read_with("call mum within 3d x2 between 1-2", Options(within="5d", count=4), READING)
    assert draft.text == "call mum"
    assert draft.window == Window(NOW, NOW + 5 * DAY)
    assert (draft.count, draft.between) == (4, Hours(60, 120))


def test_tags_and_channels_are_added_to_the_line_s():
    draft = read_with("call mum #a !sms", Options(tags=("b", "A"), via=("email",)), READING)
    assert draft.tags == ("a", "b")
    assert draft.channels == ("sms", "email")


def test_an_option_that_contradicts_the_line_is_refused():
    with pytest.raises(GrammarError, match='"--at 18:00" and "within 3d" contradict'):
        read_with("call mum within 3d", Options(at="18:00"), READING)


def test_the_time_of_an_option_belongs_to_the_day_of_the_line():
    draft = read_with("call mum on fri", Options(at="18:00"), READING)
    assert draft.window == Window(ms(2026, 6, 12, 18), ms(2026, 6, 12, 18))


texts = st.none() | st.text(max_size=12) | st.sampled_from(["3d", "fri", "18:00", "9-18", "week"])


@given(st.tuples(*[texts] * 8), st.none() | st.integers(), st.lists(st.text(max_size=5)))
def test_any_options_are_a_draft_or_a_grammar_error(values, count, names):
    keys = ("within", "by", "after", "between", "in_", "at", "on", "every")
    given_ = dict(zip(keys, values, strict=True))
    try:
        options = Options(**given_, count=count, tags=tuple(names), via=tuple(names[:1]))
        draft = read_with("call mum", options, READING)
    except GrammarError:
        return
    assert draft.text == "call mum"
