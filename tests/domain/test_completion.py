"""Tags, channels and clauses are completed; prose is left alone."""

import pytest

from later_tui.domain.completion import MOST, completions

TAGS = ("family", "father", "Garden", "日本")
CHANNELS = ("desktop", "email", "sms")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("call mum #fa", ("mily", "ther")),
        ("call mum #FA", ("mily", "ther")),
        ("call mum #g", ("arden",)),
        ("call mum #日", ("本",)),
        ("call mum #family", ()),
        ("call mum #", ()),
        ("x !", ("desktop", "email", "sms")),
        ("x !e", ("mail",)),
        ("x via ", ("desktop", "email", "sms")),
        ("x via desktop then e", ("mail",)),
        ("x with", ("in",)),
        ("x withi", ("n",)),
        ("x betw", ("een",)),
        ("x within 3", ("d", "w", "h", "mo", "m", "y")),
        ("x after 2", ("d", "w", "h", "mo", "m", "y")),
        ("x by fri", ("day",)),
        ("x by dec", ("ember",)),
        ("x on tom", ("orrow",)),
        ("x every w", ("eek",)),
        ("x between ", ("9-18", "18-22", "7-12")),
    ],
)
def test_what_was_begun_is_completed(line: str, expected: tuple[str, ...]) -> None:
    assert completions(line, TAGS, CHANNELS) == expected


@pytest.mark.parametrize(
    "line",
    [
        "",
        "   ",
        "w",
        "within",
        "withi",
        "call mum",
        "wi wi",
        "buy milk ",
        "is it a match",
        "a#fa",
        "call mum within 3d",
        "call mum within 3d ",
        "version 3",
        "look at 3",
        "Withi Withi",
    ],
)
def test_prose_and_whole_clauses_are_left_alone(line: str) -> None:
    assert completions(line, TAGS, CHANNELS) == ()


def test_the_most_used_comes_first_and_there_are_not_too_many() -> None:
    tags = [f"t{at}" for at in range(50)]
    assert completions("x #t", tags, ()) == tuple(str(at) for at in range(MOST))
