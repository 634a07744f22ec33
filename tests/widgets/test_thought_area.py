import pytest
from textual import events

from later_tui.widgets.thought_area import MOST_LINES, ThoughtArea
from tests.widgets.showing import BAD_TEXTS, IDS, Showing, active, letters, shown


class Writing(Showing):
    def __init__(self) -> None:
        super().__init__(ThoughtArea())
        self.submitted = 0
        self.pasted: list[str] = []
        self.offered: list[bool] = []

    @property
    def area(self) -> ThoughtArea:
        assert isinstance(self.widget, ThoughtArea)
        return self.widget

    def on_mount(self) -> None:
        self.area.focus()

    def on_thought_area_submitted(self) -> None:
        self.submitted += 1

    def on_thought_area_pasted(self, message: ThoughtArea.Pasted) -> None:
        self.pasted.append(message.text)

    def on_thought_area_offered(self) -> None:
        self.offered.append(self.area.offering)


async def test_enter_hands_over_and_leaves_the_words_alone() -> None:
    app = Writing()
    async with app.run_test(size=(40, 8)) as pilot:
        await pilot.press(*letters("call mum"), "enter")
        assert (app.area.text, app.submitted) == ("call mum", 1)


async def test_a_line_break_has_a_key_and_the_area_grows_up_to_its_most() -> None:
    app = Writing()
    async with app.run_test(size=(40, 12)) as pilot:
        assert app.area.size.height == 1
        await pilot.press("a", "ctrl+j", "b")
        await pilot.pause()
        assert (app.area.text, app.area.size.height) == ("a\nb", 2)
        await pilot.press(*["ctrl+j"] * 10)
        await pilot.pause()
        assert app.area.size.height == MOST_LINES
        assert app.submitted == 0


async def test_a_completion_stands_behind_the_cursor_until_tab_takes_it() -> None:
    app = Writing()
    async with app.run_test(size=(40, 8)) as pilot:
        await pilot.press(*letters("mum #f"))
        app.area.offer(("amily", "riends"))
        await pilot.pause()
        assert "mum #family" in shown(app)
        assert app.area.text == "mum #f"
        await pilot.press("down")
        assert "mum #friends" in shown(app)
        await pilot.press("up", "tab")
        await pilot.pause()
        assert app.area.text == "mum #family"
        assert app.offered == [True, False]


async def test_a_completion_goes_with_the_cursor_elsewhere() -> None:
    app = Writing()
    async with app.run_test(size=(40, 8)) as pilot:
        await pilot.press(*letters("mum #f"))
        app.area.offer(("amily",))
        await pilot.press("left")
        await pilot.pause()
        assert not app.area.offering
        app.area.offer(("amily",))
        assert not app.area.offering


async def test_a_list_into_the_empty_area_is_told_and_one_line_is_pasted() -> None:
    app = Writing()
    async with app.run_test(size=(40, 8)) as pilot:
        app.area.post_message(events.Paste("one\ntwo\n"))
        await pilot.pause()
        assert (app.pasted, app.area.text) == (["one\ntwo"], "")
        app.area.post_message(events.Paste("one\n"))
        await pilot.pause()
        app.area.post_message(events.Paste("\ntwo\nthree"))
        await pilot.pause()
        assert app.area.text.startswith("onetwo")
        assert len(app.pasted) == 1


@pytest.mark.parametrize("text", BAD_TEXTS, ids=IDS)
async def test_no_control_character_gets_in(text: str) -> None:
    app = Writing()
    async with app.run_test(size=(40, 8)) as pilot:
        app.area.post_message(events.Paste(text))
        await pilot.pause()
        app.area.write(app.area.text + text)
        await pilot.pause()
        assert not active(app)
        assert not set(app.area.text) & {"\x1b", "\x00", "\x9b", "\u202e", "\ud800"}


async def test_a_line_is_one_to_the_keys_however_it_is_wrapped() -> None:
    app = Writing()
    async with app.run_test(size=(20, 8)) as pilot:
        words = "renew the passport before the summer"
        await pilot.press("a", "ctrl+j", *letters(words))
        assert app.area.wrapped_document.height > 2
        await pilot.press("home")
        assert app.area.cursor_location == (1, 0)
        await pilot.press("end")
        assert app.area.cursor_location == (1, len(words))
        await pilot.press("ctrl+u")
        assert app.area.text == "a\n"
        await pilot.press("ctrl+z")
        assert app.area.text == f"a\n{words}"
        await pilot.press("home", "ctrl+k")
        assert app.area.text == "a\n"


async def test_the_cursor_is_seen_after_a_long_paste_and_where_lines_are_wrapped_anew() -> None:
    app = Writing()
    words = " ".join(f"w{number}" for number in range(200))
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press("a", *["ctrl+j", "b"] * MOST_LINES)
        app.area.post_message(events.Paste(f" {words} end"))
        await pilot.pause(0.1)
        assert "w199 end" in shown(app)
        await pilot.resize_terminal(24, 12)
        await pilot.pause(0.1)
        assert "end" in shown(app)
