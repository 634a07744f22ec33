"""The quick-add grammar: what belongs to the thought, and how a clause is kept as words."""

import pytest

from later_tui.domain.duration import DAY, WEEK, Duration
from later_tui.domain.errors import GrammarError
from later_tui.domain.grammar import Reading, read
from later_tui.domain.window import Window
from tests.domain.lines import BERLIN, NOW, OWN, no_calendar

TITLES = [
    "come in peace",
    "stay within budget",
    "stand by me",
    "look at this",
    "look after mum",
    "book by Orwell",
    "call the bank between jobs",
    "via Roma",
    "send it via the post office",
    "turn it on",
    "log in",
    "every man for himself",
    "a play in 3 acts",
    "lunch on 5th avenue",
    "change oil every 5000 km",
    "buy after 3 beers",
    "look after nan",
    "look at sun",
    "read Paris -- a novel",
    "issue #42 is #1",
    "what?! really !!!",
    "test drive BMW X3",
    "build for x86",
    "learn C# or F#",
    "invest in P2P",
    "visit the museum by the river in the morning",
    "meet on friday, maybe",
    "buy [milk]",
    "[@click=app.quit]x[/]",
    "a  b\t c\nd",
    "call mum on 31 feb please",
    "buy milk tomorrow at 18:00 or so",
    "in",
    "by by",
    "at the at",
    "x3d",
    "email a@b.c by hand",
    "50% off at IKEA",
    "$(id) %s =cmd()",
    "the difference between",
]


@pytest.mark.parametrize("title", TITLES)
def test_an_ordinary_thought_is_kept_letter_for_letter(title):
    draft = read(title, OWN)
    assert (draft.text, draft.clauses) == (title, ())
    assert draft.window == Window(NOW, NOW + 2 * WEEK)


@pytest.mark.parametrize("title", TITLES)
def test_clauses_after_an_ordinary_thought_leave_it_alone(title):
    draft = read(f"  {title}  within 3d  #x ", OWN)
    assert (draft.text, draft.tags) == (title, ("x",))
    assert draft.window == Window(NOW, NOW + 3 * DAY)


@pytest.mark.parametrize(
    ("line", "text", "clauses"),
    [
        ("be there in 5 --", "be there in 5", []),
        ("be there in 5 -- within 3d #x", "be there in 5", ["within 3d", "#x"]),
        ("call mum within 3d --", "call mum within 3d", []),
        ("a -- b", "a -- b", []),
        ("a -- --", "a --", []),
        ("a --b", "a --b", []),
        ("watch it in -- 3d", "watch it in -- 3d", []),
        ("say \\#hello --", "say \\#hello", []),
    ],
)
def test_two_dashes_keep_what_is_before_them(line, text, clauses):
    draft = read(line, OWN)
    assert (draft.text, [clause.source for clause in draft.clauses]) == (text, clauses)


@pytest.mark.parametrize(
    ("line", "text", "tags"),
    [
        ("trend \\#hello", "trend #hello", ()),
        ("trend \\#hello  \\!now #x", "trend #hello  !now", ("x",)),
        ("sed s/\\#// and \\#a b", "sed s/\\#// and \\#a b", ()),
        ("path \\\\#x", "path \\\\#x", ()),
        ("trend #a \\#b", "trend #a #b", ()),
        ("\\#1", "#1", ()),
    ],
)
def test_a_backslash_makes_a_tag_or_a_channel_literal(line, text, tags):
    draft = read(line, OWN)
    assert (draft.text, draft.tags, draft.channels) == (text, tags, ())


def test_a_channel_that_is_not_there_is_a_word_after_via_and_refused_after_a_mark():
    assert read("reply via post", OWN).text == "reply via post"
    with pytest.raises(GrammarError, match=r"write \\!post to keep"):
        read("reply !post", OWN)
    unknown = Reading(NOW, BERLIN, Duration(ms=WEEK), no_calendar)
    assert read("reply via post !fax", unknown).channels == ("post", "fax")


@pytest.mark.parametrize("words", ["desktp", "emial", "emial then desktop", "desktop and emial"])
def test_a_channel_that_is_nearly_one_is_a_slip(words):
    with pytest.raises(GrammarError, match="there is no channel"):
        read(f"pay the rent via {words}", OWN)
    assert read(f"pay the rent via {words} --", OWN).text == f"pay the rent via {words}"


@pytest.mark.parametrize("words", ["post", "the post office", "Roma", "a friend", "satellite"])
def test_words_after_via_that_are_no_channel_stay_in_the_thought(words):
    assert read(f"send it via {words}", OWN).text == f"send it via {words}"


def test_clauses_say_where_they_stand():
    line = "  call mum  By  fri at 18:00   #family x2 "
    draft = read(line, OWN)
    assert [(c.keyword, c.source) for c in draft.clauses] == [
        ("by", "By  fri at 18:00"),
        ("#", "#family"),
        ("x", "x2"),
    ]
    assert all(line[c.start : c.stop] == c.source for c in draft.clauses)
