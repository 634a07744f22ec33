import pytest

from later_tui.widgets.hints import Hint
from later_tui.widgets.notice import Notice
from tests.widgets.showing import BAD_TEXTS, IDS, Showing, active, lines, shown

KEYS = (Hint("D", "done", "done"), Hint("X", "let go", "let-go"))


class Noticed(Showing):
    CSS = "Screen { layers: default notice; }"

    def __init__(self) -> None:
        super().__init__(Notice())
        self.pressed = 0

    @property
    def notice(self) -> Notice:
        assert isinstance(self.widget, Notice)
        return self.widget

    def on_notice_pressed(self) -> None:
        self.pressed += 1


async def test_it_says_what_it_is_about_and_what_to_press() -> None:
    app = Noticed()
    async with app.run_test(size=(60, 12)) as pilot:
        app.notice.say("it came back", "call mum", KEYS, "esc")
        await pilot.pause()
        for words in ("─ it came back ─", "│ call mum ", "─ esc, then D done  X let go ─"):
            assert words in shown(app)
        app.notice.say("it came back", "call mum", KEYS)
        await pilot.pause()
        assert "─ D done  X let go ─" in shown(app)


async def test_where_it_is_narrow_the_words_are_cut_and_the_keys_stay() -> None:
    app = Noticed()
    async with app.run_test(size=(26, 12)) as pilot:
        app.notice.say("it came back", "a thought of many words, too many", KEYS, "esc")
        await pilot.pause()
        assert "esc, then D X" in shown(app)
        assert "…" in shown(app)
        assert app.notice.region.right <= 25


async def test_it_can_be_clicked() -> None:
    app = Noticed()
    async with app.run_test(size=(60, 12)) as pilot:
        app.notice.say("it came back", "call mum", KEYS)
        await pilot.pause()
        await pilot.click(Notice)
        assert app.pressed == 1


@pytest.mark.parametrize("text", BAD_TEXTS, ids=IDS)
async def test_text_is_shown_and_never_obeyed(text: str) -> None:
    app = Noticed()
    async with app.run_test(size=(60, 12)) as pilot:
        app.notice.say("it came back", text, KEYS)
        await pilot.pause()
        assert not active(app)
        assert len(lines(app)) == 12
