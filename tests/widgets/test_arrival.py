import pytest

from later_tui.widgets.arrival import HELD, READ_S, REPEAT_S, Arrival, Arrived
from later_tui.widgets.hints import Hint, Hints
from tests.widgets.showing import BAD_TEXTS, IDS, Showing, active, lines, shown

HINTS = (Hint("D", "done", "done"), Hint("X", "let go", "let go"))
MUM = Arrived("1", 0, "call mum", "from you, 19 days ago, in ~/src/foo", "#family")
TIDES = Arrived("2", 0, "what was that book about tides?", "from you, yesterday")


class Arriving(Showing):
    def __init__(self) -> None:
        super().__init__(Arrival(HINTS))
        self.answered: list[tuple[str, str]] = []

    @property
    def panel(self) -> Arrival:
        assert isinstance(self.widget, Arrival)
        return self.widget

    def on_arrival_answered(self, message: Arrival.Answered) -> None:
        self.answered.append((message.arrived.key, message.action))


async def test_it_is_not_there_until_something_comes() -> None:
    app = Arriving()
    async with app.run_test(size=(80, 12)) as pilot:
        assert shown(app).strip() == ""
        assert app.panel.add(MUM)
        await pilot.pause()
        text = shown(app)
        for words in ("it came back", "call mum", "19 days ago, in ~/src/foo", "#family", "D done"):
            assert words in text
        app.panel.clear()
        await pilot.pause()
        assert shown(app).strip() == ""


async def test_it_never_takes_the_keys() -> None:
    app = Arriving()
    async with app.run_test(size=(80, 12)) as pilot:
        app.panel.add(MUM)
        await pilot.pause()
        assert app.focused is None
        assert not any(widget.focusable for widget in app.panel.walk_children())


async def test_what_is_shown_stays_and_the_others_wait_behind_it_newest_first() -> None:
    app = Arriving()
    async with app.run_test(size=(80, 12)) as pilot:
        app.panel.add(MUM)
        app.panel.add(Arrived("3", 0, "buy milk"))
        app.panel.add(TIDES)
        await pilot.pause()
        assert "and 2 more" in shown(app)
        assert app.panel.current == MUM
        app.panel.take("1")
        await pilot.pause()
        assert app.panel.current == TIDES
        app.panel.take("2")
        await pilot.pause()
        assert "buy milk" in shown(app)
        assert "more" not in shown(app)
        app.panel.take("3")
        assert app.panel.current is None


async def test_a_storm_takes_neither_what_is_shown_nor_the_newest_away() -> None:
    app = Arriving()
    async with app.run_test(size=(80, 12)):
        app.panel.add(MUM)
        for at in range(3 * HELD):
            app.panel.add(Arrived(f"s{at}", 0, "storm"))
        assert app.panel.current == MUM
        assert len(app.panel.waiting) == HELD
        assert app.panel.waiting[-1].key == f"s{3 * HELD - 1}"


async def test_a_key_is_for_what_could_be_read_and_a_held_one_for_one_alone() -> None:
    now = 100.0
    panel = Arrival(HINTS, clock=lambda: now)
    async with Showing(panel).run_test(size=(80, 12)):
        panel.add(MUM)
        panel.add(TIDES)
        now += READ_S / 2
        assert panel.meant() is None
        now += READ_S
        assert panel.meant() == MUM
        panel.take("1")
        for _ in range(50):  # the key is held
            now += 0.03
            assert panel.meant() is None
        now += REPEAT_S * 1.1
        assert panel.meant() == TIDES


async def test_the_same_round_of_a_reminder_comes_once_and_the_next_replaces_it() -> None:
    app = Arriving()
    async with app.run_test(size=(80, 12)):
        assert app.panel.add(MUM)
        assert not app.panel.add(MUM)
        assert app.panel.add(Arrived("1", 1, "call mum"))
        assert [arrived.round for arrived in app.panel.waiting] == [1]


async def test_the_answers_can_be_clicked() -> None:
    app = Arriving()
    async with app.run_test(size=(80, 12)) as pilot:
        app.panel.add(MUM)
        await pilot.pause()
        await pilot.click(Hints, offset=(1, 0))
        await pilot.click(Hints, offset=(12, 0))
        assert app.answered == [("1", "done"), ("1", "let go")]


@pytest.mark.parametrize("text", BAD_TEXTS, ids=IDS)
async def test_whatever_comes_is_inert_and_does_not_fill_the_screen(text: str) -> None:
    app = Arriving()
    async with app.run_test(size=(60, 16)) as pilot:
        app.panel.add(Arrived("1", 0, text, text, text))
        await pilot.pause()
        assert not active(app)
        assert len(lines(app, app.panel)) <= 10
        assert "D done" in shown(app)
        await pilot.click(Arrival, offset=(4, 1))
        assert app.is_running


async def test_one_that_comes_before_it_is_mounted_or_after_it_was_taken_down_does_no_harm() -> (
    None
):
    panel = Arrival(())
    panel.add(Arrived("1", 0, "call mum", "from you"))
    app = Showing(panel)
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        assert "call mum" in shown(app)
        await panel.remove_children()
        panel.add(Arrived("2", 0, "buy milk", "from you"))
        assert [one.key for one in panel.waiting] == ["1", "2"]
