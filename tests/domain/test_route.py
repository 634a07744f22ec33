"""Routes: what is read, what is refused, and the words for it."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from later_tui.domain.duration import DAY, HOUR, MINUTE
from later_tui.domain.errors import GrammarError
from later_tui.domain.grammar import Options, quote, read, read_with
from later_tui.domain.habits import Habits
from later_tui.domain.route import FALLBACK_MS, Route, Step, joined, length, read_nag, read_route
from later_tui.domain.window import Window
from tests.domain.lines import NOW, OWN, READING, ms

DESKTOP, EMAIL, SMS = ("desktop",), ("email",), ("sms",)
FALLBACK = {"wait": FALLBACK_MS, "fallback": True}


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        ("desktop", [Step(DESKTOP)]),
        ("desktop email", [Step(("desktop", "email"))]),
        ("desktop,email", [Step(("desktop", "email"))]),
        ("desktop, email and sms", [Step(("desktop", "email", "sms"))]),
        ("!desktop !email", [Step(("desktop", "email"))]),
        ("desktop then email", [Step(DESKTOP), Step(EMAIL, **FALLBACK)]),
        ("desktop, then email", [Step(DESKTOP), Step(EMAIL, **FALLBACK)]),
        ("desktop THEN email 30m", [Step(DESKTOP), Step(EMAIL, 30 * MINUTE)]),
        ("desktop then email after 30m", [Step(DESKTOP), Step(EMAIL, 30 * MINUTE)]),
        ("desktop then email 90 min", [Step(DESKTOP), Step(EMAIL, 90 * MINUTE)]),
        ("desktop then email after two hours", [Step(DESKTOP), Step(EMAIL, 2 * HOUR)]),
        ("desktop then email,sms 1d", [Step(DESKTOP), Step(("email", "sms"), DAY)]),
        (
            "desktop then email 30m then sms",
            [Step(DESKTOP), Step(EMAIL, 30 * MINUTE), Step(SMS, **FALLBACK)],
        ),
    ],
)
def test_a_route_is_read_and_read_back(words: str, steps: list[Step]):
    route = read_route(words, {"desktop", "email", "sms"})
    assert route == Route(tuple(steps))
    assert read_route(route.typed) == route


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "lacks a channel"),
        ("then email", "lacks a channel"),
        ("desktop then", "lacks a channel"),
        ("desktop then then email", "lacks a channel"),
        ("desktop then 30m", "lacks a channel"),
        ("desktop,", "lacks a channel"),
        ("desktop,,email", "lacks a channel"),
        ("desktop 30m", "begins with a wait"),
        ("desktop then email 30m then email", '"email" stands in two steps'),
        ("desktop then desktop 1h", '"desktop" stands in two steps'),
        ("desktop then fax", 'no channel "fax"; there are desktop, email, sms'),
        ("desktop then email 0m", "no time at all"),
        ("desktop then email -30m", "lies in the past"),
        ("desktop then email 30", "without a unit"),
        ("desktop then email 1mo", "no fixed length"),
        ("desktop then email 30m 1h", "a unit twice or a small one first"),
    ],
)
def test_what_is_no_route_is_refused_with_what_would_work(words: str, said: str):
    with pytest.raises(GrammarError, match=said):
        read_route(words, {"desktop", "email", "sms"})


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("desktop", "desktop"),
        ("desktop,email", "desktop, email"),
        ("desktop then email 30m", "desktop, then email after 30 min"),
        ("desktop then email", "desktop, else email"),
        ("desktop,sms then email 2h", "desktop and sms, then email after 2 h"),
        ("desktop then email 1h30m then sms", "desktop, then email after 90 min, else sms"),
        ("desktop then email 2d", "desktop, then email after 2 days"),
        ("desktop then email 1d", "desktop, then email after 1 day"),
    ],
)
def test_a_route_in_words(words: str, said: str):
    assert str(read_route(words)) == said


names = st.sampled_from(["desktop", "terminal", "email", "sms", "webhook", "my_own-2"])
waits = st.one_of(st.none(), st.integers(1, 100 * DAY // 1000).map(lambda s: s * 1000))


@given(st.lists(st.tuples(names, waits), min_size=1, max_size=6, unique_by=lambda one: one[0]))
def test_every_route_is_typed_as_it_is_read(parts):
    steps = [Step((parts[0][0],))]
    for name, wait in parts[1:]:
        steps.append(Step((name,), **FALLBACK) if wait is None else Step((name,), wait))
    route = joined(steps)
    assert read_route(route.typed, {name for name, _ in parts}) == route
    assert "\n" not in str(route)


@given(st.text(max_size=40))
def test_no_text_makes_the_reading_of_a_route_fail_otherwise_than_in_words(text: str):
    with suppress(GrammarError):
        read_route(text, {"desktop"})


@pytest.mark.parametrize(
    ("line", "typed", "rest"),
    [
        ("call mum via desktop then email 30m", "desktop then email 30m", ()),
        ("call mum via desktop then email after 30m", "desktop then email 30m", ()),
        (
            "call mum within 3d via desktop then email after 30m",
            "desktop then email 30m",
            ("within",),
        ),
        (
            "call mum via desktop then email after 30m within 3d",
            "desktop then email 30m",
            ("within",),
        ),
        ("call mum via desktop then email #family", "desktop then email", ("#",)),
        ("call mum via desktop email", "desktop,email", ()),
        ("call mum via desktop and email !sms", "desktop,email,sms", ("!",)),
        ("call mum via desktop then email !sms", "desktop,sms then email", ("!",)),
        ("call mum VIA desktop THEN email", "desktop then email", ()),
        (
            "call mum via desktop then email 30m then sms after two hours within 3d",
            "desktop then email 30m then sms 2h",
            ("within",),
        ),
    ],
)
def test_a_line_may_end_with_a_route(line: str, typed: str, rest: tuple[str, ...]):
    draft = read(line, OWN)
    assert draft.text == "call mum"
    assert draft.route is not None
    assert draft.route.typed == typed
    assert draft.channels == draft.route.channels
    assert tuple(c.keyword for c in draft.clauses if c.keyword != "via") == rest
    for clause in draft.clauses:
        assert line[clause.start : clause.stop] == clause.source


def test_a_wait_of_a_route_is_no_beginning_of_a_window():
    draft = read("call mum via desktop then email after 30m", OWN)
    assert draft.window.not_before == NOW
    assert read("call mum after 30m via desktop then email", OWN).window.not_before > NOW


@pytest.mark.parametrize(
    "line",
    [
        "fly to rome via milan then bari",
        "send the form via email then call",
        "go via the old road",
        "we met via desktop publishing",
        "read via negativa then sleep",
        "call mum via",
        "call mum via desktop then email --",
    ],
)
def test_a_thought_that_looks_like_a_route_stays_a_thought(line: str):
    draft = read(line, OWN)
    assert draft.text == line.removesuffix(" --")
    assert draft.route is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("call mum via desktop then emial", 'no channel "emial"'),
        ("call mum via desktop then emial after 30m", 'no channel "emial"'),
        ("call mum via desktop then email 30x", 'the unit "x"'),
        ("call mum via desktop then email 30m via sms then email", "two routes"),
        ("call mum via desktop then email !email", "stands in two steps"),
        ("call mum via desktop then desktop", "stands in two steps"),
    ],
)
def test_a_slip_in_a_route_is_refused(line: str, said: str):
    with pytest.raises(GrammarError, match=said):
        read(line, OWN)


def test_without_knowing_the_channels_words_with_blanks_are_no_list_of_them():
    anything = replace(READING, channels=None)
    assert read("call mum via the old phone", anything).route is None
    draft = read("call mum via pager then email 5m", anything)
    assert draft.channels == ("pager", "email")


def test_an_option_takes_a_route_too_and_joins_the_line():
    draft = read_with("call mum !sms", Options(via=("desktop then email 30m",)), OWN)
    assert draft.route is not None
    assert draft.route.typed == "desktop,sms then email 30m"
    with pytest.raises(GrammarError, match="--via: "):
        read_with("call mum", Options(via=("desktop then fax",)), OWN)
    with pytest.raises(GrammarError, match="two routes"):
        read_with("x via sms then email", Options(via=("desktop then email",)), OWN)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("1h", HOUR),
        ("90 min", 90 * MINUTE),
        ("2d", 2 * DAY),
        ("off", 0),
        ("Never", 0),
        ("1m", MINUTE),
    ],
)
def test_a_nag_is_read(words: str, wanted: int):
    assert read_nag(words) == wanted
    assert read(f"take the pill nag {words}", OWN).nag_ms == wanted
    assert read_with("take the pill", Options(nag=words), OWN).nag_ms == wanted


@pytest.mark.parametrize(
    ("words", "said"), [("30s", "too often"), ("1mo", "no fixed length"), ("5", "unit")]
)
def test_a_nag_that_cannot_be_is_refused(words: str, said: str):
    with pytest.raises(GrammarError, match=said):
        read(f"take the pill nag {words}", OWN)
    with pytest.raises(GrammarError, match="--nag: "):
        read_with("take the pill", Options(nag=words), OWN)


@pytest.mark.parametrize(
    "line", ["do not nag", "nag the two kids", "nag 2 kids", "the nag is off now"]
)
def test_a_thought_about_nagging_stays_a_thought(line: str):
    assert read(line, OWN) == read(f"{line} --", OWN) or read(line, OWN).text == line


def test_a_line_without_a_nag_says_nothing_of_it():
    assert read("call mum", OWN).nag_ms is None


def test_nag_goes_with_an_exact_time():
    draft = read("take the pill at 18:00 nag 10m", OWN)
    moment = ms(2026, 6, 10, 18)
    assert (draft.window, draft.nag_ms) == (Window(moment, moment), 10 * MINUTE)


@given(st.sampled_from(["via desktop then email 30m", "nag 1h", "via desktop email", "nag off"]))
def test_what_looks_like_these_clauses_can_be_quoted(clause: str):
    text = f"write {clause}"
    assert read(quote(text, OWN), OWN).text == text


def test_the_first_tag_that_has_a_route_decides():
    work, home = read_route("email"), read_route("sms then email")
    habits = Habits(read_route("desktop"), {"work": work, "home": home})
    assert habits.route_of(()) == read_route("desktop")
    assert habits.route_of(("garden", "Work", "home")) == work
    assert habits.route_of(("home", "work")) == home


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (MINUTE, "1 min"),
        (HOUR, "1 h"),
        (DAY, "1 day"),
        (3 * DAY, "3 days"),
        (90 * MINUTE, "90 min"),
    ],
)
def test_lengths_in_few_words(span: int, said: str):
    assert length(span) == said
