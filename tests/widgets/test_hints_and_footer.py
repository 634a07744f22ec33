import pytest

from later_tui.widgets.hints import Hint, Hints
from later_tui.widgets.key_footer import KeyFooter
from tests.widgets.showing import BAD_TEXTS, IDS, Showing, active, shown

WORDS = ("a add", "e edit", "r again", "d done", "x let go", "p peek", "? help")
HINTS = [Hint(word.split()[0], word.split(" ", 1)[1], f"do {word}") for word in WORDS]


class Footing(Showing):
    def __init__(self, widget: Hints) -> None:
        super().__init__(widget)
        self.pressed: list[str] = []

    def on_hints_pressed(self, message: Hints.Pressed) -> None:
        self.pressed.append(message.action)


async def test_every_key_is_shown_with_what_it_does() -> None:
    async with Footing(KeyFooter(HINTS)).run_test(size=(90, 5)) as pilot:
        assert "  ".join(WORDS) in shown(pilot.app)


async def test_a_narrow_footer_leaves_keys_out_and_keeps_help() -> None:
    async with Footing(KeyFooter(HINTS)).run_test(size=(40, 5)) as pilot:
        text = shown(pilot.app)
        assert "a add" in text
        assert "p peek" not in text
        assert text.strip().endswith("? help")


async def test_a_click_says_which_key_was_meant() -> None:
    app = Footing(KeyFooter(HINTS))
    async with app.run_test(size=(90, 5)) as pilot:
        await pilot.click(KeyFooter, offset=(2, 0))
        await pilot.click(KeyFooter, offset=(14, 0))
        await pilot.click(KeyFooter, offset=(88, 0))
        assert app.pressed == ["do a add", "do e edit"]


async def test_other_keys_take_their_place() -> None:
    footer = KeyFooter(HINTS)
    async with Footing(footer).run_test(size=(90, 5)) as pilot:
        footer.show([Hint("enter", "keep", "keep")], keep=0)
        await pilot.pause()
        assert shown(pilot.app).strip() == "enter keep"
        assert footer.hints == (Hint("enter", "keep", "keep"),)


@pytest.mark.parametrize("text", BAD_TEXTS, ids=IDS)
async def test_a_label_is_inert(text: str) -> None:
    app = Footing(KeyFooter([Hint(text, text, "x"), Hint("?", "help", "help")]))
    async with app.run_test(size=(90, 5)) as pilot:
        await pilot.click(KeyFooter, offset=(3, 0))
        assert not active(app)
        assert app.is_running


@pytest.mark.parametrize("width", range(1, 60))
async def test_no_key_is_cut_in_the_middle(width: int) -> None:
    app = Footing(Hints(HINTS, keep=1, lines=2))
    async with app.run_test(size=(width, 5)):
        for line in shown(app).splitlines()[:2]:
            assert set(line.strip().split("  ")) <= {*WORDS, "?", ""}


async def test_the_last_key_never_stands_alone_on_a_line() -> None:
    app = Footing(Hints(HINTS, keep=1, lines=2))
    async with app.run_test(size=(len("  ".join(WORDS)) - 1, 5)):
        first, second = shown(app).splitlines()[:2]
        assert first == "  ".join(WORDS[:4])
        assert second == "  ".join(WORDS[4:])
