"""The lower edge of the box: bars that do not lie; what has no room is not left out unsaid."""

from hypothesis import given
from hypothesis import strategies as st

from later_tui.domain.odds import density
from later_tui.domain.window import Span
from later_tui.widgets.chip_line import BARS, LINES, Chip, ChipLine, Said, bars
from tests.widgets.showing import Showing, lines, shown

CHIPS = (
    Chip("within 3 weeks, before Sat 19 Dec 20:37", short="before 20 Dec"),
    Chip("between 9-18"),
    Chip("2 times"),
    Chip("nag every 1 h"),
    *(Chip(f"#{tag}", "tag") for tag in ("papers", "city", "office")),
    Chip("desktop", "channel"),
    Chip("then email after 30 min", "channel"),
)


def test_an_even_draw_has_bars_of_half_the_height_and_none_where_it_is_closed() -> None:
    assert bars([1, 1, 1, 1]) == "▃▃▃▃"
    assert bars([0, 0, 4, 0]) == "··▆·"
    assert bars([0, 0, 4, 0], "─") == "──▆─"
    assert bars([]) == bars([0, 0]) == ""


def test_a_trifle_more_or_less_does_not_show() -> None:
    assert bars([1, 1.1, 0.9, 1.0001, 0.9999]) == "▃▃▃▃▃"
    assert bars(density([Span(1000003, 9100007)], 24)) == "▃" * 24


@given(st.integers(0, 2 * 10**12), st.integers(1, 10**11), st.integers(1, 40))
def test_even_looks_even(start: int, length: int, buckets: int) -> None:
    assert bars(density([Span(start, start + length)], buckets)) == "▃" * buckets


@given(st.integers(0, 10**12), st.lists(st.booleans(), min_size=1, max_size=24))
def test_hours_that_are_open_look_alike_whatever_is_closed_between_them(
    start: int, hours: list[bool]
) -> None:
    hour = 3_600_000
    spans = [Span(start + hour * at, start + hour * (at + 1)) for at, is_open in enumerate(hours)]
    spans = [span for span, is_open in zip(spans, hours, strict=True) if is_open]
    if not spans:
        return
    first, last = hours.index(True), len(hours) - hours[::-1].index(True)
    drawn = bars(density(spans, last - first))
    assert [bar != "·" for bar in drawn] == hours[first:last]
    assert len(set(drawn) - {"·"}) == 1


class Line(Showing):
    def __init__(self, said: Said) -> None:
        super().__init__(ChipLine())
        assert isinstance(self.widget, ChipLine)
        self.widget.said = said


async def test_where_nothing_can_be_drawn_the_edge_goes_on() -> None:
    app = Line(Said(CHIPS[1:2], "62 % by tomorrow", (1, 1, 0, 0, 1, 1)))
    async with app.run_test(size=(80, 6)):
        assert lines(app)[0].endswith("─ 62 % by tomorrow ▄▄──▄▄ ─╯")
        strip = app.widget.render_line(0)
        inks = {segment.text: segment.style for segment in strip}
        assert inks["──"] == inks["╰─"] != inks["▄▄"]


async def test_chips_that_have_no_room_are_counted() -> None:
    async with Line(Said(CHIPS, "33 % within a week", (1,) * 12)).run_test(size=(60, 16)) as pilot:
        app = pilot.app
        assert lines(app)[0].startswith("╰─ ⟨before 20 Dec⟩ ⟨between 9-18⟩ ⟨2 times⟩ +6 ──")
        assert app.query_one(ChipLine).size.height == 1


async def test_where_there_is_room_they_have_a_second_row() -> None:
    for width, odds in ((80, "33 % within a week ─╯"), (120, "33 % within a week ▃▃▃▃▃▃▃▃▃▃▃▃ ─╯")):
        app = Line(Said(CHIPS, "33 % within a week", (1,) * 12))
        async with app.run_test(size=(width, 24)):
            first, second = lines(app)[:2]
            assert app.widget.size.height == 2
            assert first.startswith("│  ⟨")
            assert first.endswith(" │")
            assert second.endswith(odds)
            assert len(first) == len(second) == width
            for chip in CHIPS[1:]:
                assert f"⟨{chip.text}⟩" in first + second


async def test_more_than_two_rows_of_chips_are_counted_too() -> None:
    async with Line(Said(CHIPS * 3)).run_test(size=(80, 24)) as pilot:
        assert pilot.app.query_one(ChipLine).size.height == 2
        assert " +" in lines(pilot.app)[1]
        assert all(len(line) == 80 for line in lines(pilot.app)[:2])


async def test_a_chip_wider_than_the_box_is_cut_and_those_behind_it_are_counted() -> None:
    async with Line(Said((Chip("x" * 90), *CHIPS[4:6]))).run_test(size=(60, 16)) as pilot:
        assert "…⟩ +2 ─╯" in lines(pilot.app)[0]
        assert len(lines(pilot.app)[0]) == 60


async def test_a_hint_gets_fewer_words_before_it_gets_more_lines() -> None:
    long = "kept; it comes back 3 times, some time before Sat 5 Dec 09:10"
    short = "kept: 3 times before Sat 5 Dec 09:10"
    for width, wanted in ((80, long), (60, short)):
        async with Line(Said(hint=long, brief=short)).run_test(size=(width, 16)) as pilot:
            assert f"╰─ {wanted} ─" in lines(pilot.app)[0]
    async with Line(Said(hint=long)).run_test(size=(40, 16)) as pilot:
        assert " ".join(line.strip("│╰╯─ ") for line in lines(pilot.app)[:2]) == long


async def test_what_is_cut_off_a_sentence_is_said() -> None:
    for said in (Said(problem="word " * 90), Said(hint="word " * 90)):
        async with Line(said).run_test(size=(60, 16)) as pilot:
            assert pilot.app.query_one(ChipLine).size.height == LINES
            assert "… ─╯" in lines(pilot.app)[LINES - 1]
            assert shown(pilot.app).count("…") == 1


def test_the_mean_is_drawn_half_as_high_as_the_most() -> None:
    assert (BARS.index(bars([1])) + 1) * 2 == len(BARS)
