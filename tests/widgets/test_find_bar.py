import pytest
from textual import events

from later_tui.widgets.capture_input import CaptureInput
from later_tui.widgets.find_bar import FindBar
from tests.widgets.showing import BAD_TEXTS, IDS, Showing, active, letters, shown


class Finding(Showing):
    def __init__(self) -> None:
        super().__init__(FindBar(placeholder="words, #tag"))
        self.heard: list[str] = []

    @property
    def bar(self) -> FindBar:
        assert isinstance(self.widget, FindBar)
        return self.widget

    def on_find_bar_changed(self, message: FindBar.Changed) -> None:
        self.heard.append(message.text)

    def on_find_bar_entered(self) -> None:
        self.heard.append("(entered)")

    def on_find_bar_left(self) -> None:
        self.heard.append("(left)")


async def test_it_is_not_there_until_it_is_opened_and_takes_the_keys_then() -> None:
    app = Finding()
    async with app.run_test(size=(60, 4)) as pilot:
        assert shown(app).strip() == ""
        app.set_focus(None)
        app.bar.open()
        await pilot.pause()
        assert "/ words, #tag" in shown(app)
        assert app.bar.typing


async def test_what_is_typed_is_told_and_how_far_the_search_is_stands_at_its_end() -> None:
    app = Finding()
    async with app.run_test(size=(60, 4)) as pilot:
        app.bar.open()
        await pilot.press(*letters("fig"))
        await pilot.pause()
        assert app.heard[-1] == app.bar.text == "fig"
        app.bar.say("2 found")
        await pilot.pause()
        assert shown(app).rstrip().endswith("2 found")


@pytest.mark.parametrize(
    ("key", "told"), [("enter", "(entered)"), ("down", "(entered)"), ("escape", "(left)")]
)
async def test_each_key_says_what_it_is_for(key: str, told: str) -> None:
    app = Finding()
    async with app.run_test(size=(60, 4)) as pilot:
        app.bar.open()
        await pilot.press(key)
        await pilot.pause()
        assert app.heard == [told]


async def test_closing_forgets_what_was_looked_for() -> None:
    app = Finding()
    async with app.run_test(size=(60, 4)) as pilot:
        app.bar.open()
        await pilot.press(*letters("fig"))
        app.bar.close()
        await pilot.pause()
        assert app.bar.text == ""
        assert shown(app).strip() == ""


@pytest.mark.parametrize("text", BAD_TEXTS, ids=IDS)
async def test_what_is_pasted_and_said_is_inert(text: str) -> None:
    app = Finding()
    async with app.run_test(size=(60, 4)) as pilot:
        app.bar.open()
        app.query_one(CaptureInput).post_message(events.Paste(text))
        app.bar.say(text)
        await pilot.pause()
        assert not active(app)
        assert app.is_running


async def test_where_it_has_no_room_for_how_far_the_search_is_it_says_so() -> None:
    app = Finding()
    async with app.run_test(size=(60, 4)) as pilot:
        app.bar.open()
        app.bar.say("3 found, 2,000 of 1,000,000 looked at")
        await pilot.pause()
        assert "3 found, 2,000 of 1,0" in shown(app)
        assert shown(app).rstrip().endswith("…")
