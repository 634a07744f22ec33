"""A day that stands before a time is that time's day: it never stays behind in the thought."""

import pytest

from later_tui.domain.errors import GrammarError
from later_tui.domain.grammar import read
from later_tui.domain.window import Window
from tests.domain.lines import NOW, READING, ms


@pytest.mark.parametrize(
    ("clauses", "moment"),
    [
        ("tomorrow at 18:00", ms(2026, 6, 11, 18)),
        ("tuesday, at 3pm", ms(2026, 6, 16, 15)),
        ("on tuesday, at 3pm", ms(2026, 6, 16, 15)),
        ("tue. at 3pm", ms(2026, 6, 16, 15)),
        ("tomorrow morning at 9:00", ms(2026, 6, 11, 9)),
        ("tomorrow evening at 7pm", ms(2026, 6, 11, 19)),
        ("saturday morning at 10:00", ms(2026, 6, 13, 10)),
        ("sat morning at 10:00", ms(2026, 6, 13, 10)),
        ("friday night at 9pm", ms(2026, 6, 12, 21)),
        ("24 dec at 18:00", ms(2026, 12, 24, 18)),
        ("15 December at 5pm", ms(2026, 12, 15, 17)),
        ("dec 15th at 5pm", ms(2026, 12, 15, 17)),
        ("the 3rd of january at 9:00", ms(2027, 1, 3, 9)),
        ("15 dec 2027 at 9:00", ms(2027, 12, 15, 9)),
        ("2026-12-15 at 17:00", ms(2026, 12, 15, 17)),
        ("friday 4 december at 3pm", ms(2026, 12, 4, 15)),
        ("tonight at 21:00", ms(2026, 6, 10, 21)),
    ],
)
def test_it_goes_with_an_exact_time(clauses: str, moment: int) -> None:
    draft = read(f"see the dentist {clauses} #teeth", READING)
    assert (draft.text, draft.window) == ("see the dentist", Window(moment, moment))


@pytest.mark.parametrize("day", ["friday", "Fri,", "12 june"])
def test_it_goes_with_the_end_of_a_window(day: str) -> None:
    draft = read(f"send the report {day} by noon", READING)
    assert (draft.text, draft.window) == ("send the report", Window(NOW, ms(2026, 6, 12, 12)))


@pytest.mark.parametrize(
    ("clauses", "says"),
    [
        ("next week at 3pm", "different days"),
        ("this weekend at 10:00", "different days"),
        ("next wednesday by 5pm", "different days"),
        ("next monday between 9-12", "different days"),
        ("15/12 at 5pm", "24 dec"),
        ("31 feb at 5pm", "24 dec"),
        ("yesterday at noon", "past"),
        ("monday 4 december at 3pm", "two days"),
        ("friday night at 2am", "sat at 2:00"),
        ("mon and wed at 9:00", '"and wed" is not one day'),
        ("a week from friday at 3pm", '"from friday" is not one day'),
        ("every morning at 9:00", "every day between 9-10"),
        ("every weekday at 9:00", "every day between 9-10"),
        ("tomorrow after 2pm", "write after tomorrow 2pm by tomorrow,"),
        ("friday between 9-12", "write after friday 9:00 by friday 12:00,"),
        ("the day after tomorrow", "write on fri,"),
        ("the day after tomorrow at 9:00", "write on fri,"),
    ],
)
def test_what_is_no_one_day_is_refused(clauses: str, says: str) -> None:
    with pytest.raises(GrammarError) as caught:
        read(f"call mum {clauses}", READING)
    assert says in str(caught.value)
    assert "end the line with --" in str(caught.value)
    line = f"call mum {clauses}"
    assert read(f"{line} --", READING).text == line


@pytest.mark.parametrize(
    "text",
    ["watch the sun", "ask where she sat", "buy 2", "read chapter 7", "tomorrow", "24 dec", "a b"],
)
def test_what_is_none_stays_in_the_thought(text: str) -> None:
    draft = read(f"{text} at 18:00", READING)
    assert (draft.text, draft.window.not_after) == (text, ms(2026, 6, 10, 18))


def test_tonight_is_an_evening() -> None:
    assert read("party on tonight", READING).window.not_after == ms(2026, 6, 10, 20)


@pytest.mark.parametrize(("words", "every"), [("every 10m", 600_000), ("every hour", 3_600_000)])
def test_a_nag_may_be_written_as_it_is_told(words: str, every: int) -> None:
    draft = read(f"take the pill at 14:00 nag {words}", READING)
    assert (draft.text, draft.nag_ms, draft.every) == ("take the pill", every, "")


@pytest.mark.parametrize(
    ("words", "says"),
    [("9 and 5", "write 9-17, or 9am-5am"), ("12:30-7", "12:30-19, or 12:30pm-7am")],
)
def test_hours_that_would_be_through_the_night_are_asked_about(words: str, says: str) -> None:
    with pytest.raises(GrammarError, match=says):
        read(f"call mum between {words}", READING)
    assert str(read("call mum between 9am-5am", READING).between) == "9-5"
    assert str(read("sleep between 22-6", READING).between) == "22-6"
