"""The quick-add grammar: what is refused, each time with what would work."""

import pytest

from later_tui.domain.errors import GrammarError
from later_tui.domain.grammar import read
from tests.domain.lines import OWN, READING


@pytest.mark.parametrize(
    ("clause", "says"),
    [
        ("within 0", "no time at all"),
        ("in -1h", "past"),
        ("in \u22121h", "past"),
        ("within 1e309", "plain number"),
        ("within nan", "plain number"),
        ("in inf", "plain number"),
        ("every -inf", "not a period"),
        ("within 10000y", "over 10 years"),
        ("within 9223372036854775808s", "over 10 years"),
        ("within 9223372036854775808 s", "over 10 years"),
        ("within 1h1h", "twice"),
        ("within 1.5.2h", "not a length"),
        ("within 1ms", '"ms"'),
        ("after 1ms", '"ms"'),
        ("after -1h", "past"),
        ("in .5h", "not a length"),
        ("in PT0S", "no time at all"),
        ("within 3", "without a unit"),
        ("within 3 dasy", '"dasy"'),
        ("in 5", "without a unit"),
        ("in 3D", '"D"'),
        ("at 7", "number alone"),
        ("at 25:00", "18:00"),
        ("at 13pm", "18:00"),
        ("at 2026-13-01T00:00", "not a moment"),
        ("at 24 dec", "no time of day"),
        ("at fri 18", "no time of day"),
        ("on fri 25:00", "not a day"),
        ("by 31 feb", "not a day"),
        ("by 31st of february", "not a day"),
        ("on the 31st of february", "not a day"),
        ("by 2026-02-31", "not a day"),
        ("by 3/4", "not a day"),
        ("by april", "24 april"),
        ("by next friday", "different days"),
        ("on monday morning", "not a day"),
        ("by yesterday", "past"),
        ("on today", "past"),
        ("after today", "past"),
        ("by 2020-01-01", "past"),
        ("by 24 dec 2020", "past"),
        ("on 0001-01-01", "past"),
        ("by 0001-01-01T00:00+14:00", "not a moment"),
        ("by 2099-01-01", "over 10 years"),
        ("on 9999-12-31", "over 10 years"),
        ("by 9999-12-31", "beyond the calendar"),
        ("after 11y", "over 10 years"),
        ("by 3d", "within 3d"),
        ("on 3d", "in 3d"),
        ("every monday", "not a period"),
        ("every 1s", "too often"),
        ("every 0d", "no time at all"),
        ("between 9-9", "begins when it ends"),
        ("between 0-0", "begins when it ends"),
        ("between 24-0", "begins when it ends"),
        ("between 9-25", "no day has"),
        ("between 13pm-14pm", "no day has"),
        ("between 5-9pm", "one side"),
        ("between 9", "two times"),
        ("between 9 and", "two times"),
        ("between 9:5-10", "two times"),
        ("x0", "x1 to x100"),
        ("x101", "x1 to x100"),
        ("x" + "9" * 5000, "x1 to x100"),
        ("!important", "no channel"),
        ("within 3d within 4d", "twice"),
        ("#a x2 #b x3", "twice"),
        ("within 3d by fri", "contradict"),
        ("within 3d at 18:00", "contradict"),
        ("in 5m at 18:00", "contradict"),
        ("at 18:00 by fri", "contradict"),
        ("every week by fri", "contradict"),
        ("every week on fri", "contradict"),
        ("after 2d in 3d", "contradict"),
        ("in 3d between 9-18", "contradict"),
        ("on fri 6pm at 18:00", "contradict"),
        ("after 2d at 18:00", "contradict"),
        ("at 9:00 on fri 6pm", "contradict"),
        ("x3 in 20m", "one moment"),
        ("after 2w within 2d", "ends before"),
        ("after fri by thu", "ends before"),
    ],
)
def test_a_bad_clause_is_refused_with_what_would_work(clause, says):
    with pytest.raises(GrammarError) as caught:
        read(f"call mum {clause}", READING)
    sentence = str(caught.value)
    assert says in sentence
    assert any(word in sentence for word in ("write", "keep one", "give a", "give the"))
    assert len(sentence) < 260
    assert "\n" not in sentence


@pytest.mark.parametrize("line", ["", "   ", "\n", "within 3d", " #tag", "x3 at 18:00", "-- in 5m"])
def test_a_line_without_a_thought_is_refused(line):
    with pytest.raises(GrammarError, match="there is no thought"):
        read(line, OWN)
