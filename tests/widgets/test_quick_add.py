import re

import pytest
from textual import events

from later_tui.widgets.chip_line import Chip, ChipLine, Said
from later_tui.widgets.quick_add import QuickAdd
from later_tui.widgets.thought_area import ThoughtArea
from tests.widgets.showing import BAD_TEXTS, IDS, Showing, active, letters, lines, shown


class Adding(Showing):
    def __init__(
        self, *, start: bool = True, placeholder: str = "call mum within 3d", example: str = ""
    ) -> None:
        box = QuickAdd("what's on your mind?", placeholder=placeholder, example=example)
        super().__init__(box)
        self._start = start
        self.heard: list[tuple[str, str]] = []

    @property
    def box(self) -> QuickAdd:
        assert isinstance(self.widget, QuickAdd)
        return self.widget

    def on_mount(self) -> None:
        if self._start:
            self.box.start()

    def on_quick_add_changed(self, message: QuickAdd.Changed) -> None:
        self.heard.append(("changed", message.text))

    def on_quick_add_submitted(self, message: QuickAdd.Submitted) -> None:
        self.heard.append(("submitted", message.text))

    def on_quick_add_pasted(self, message: QuickAdd.Pasted) -> None:
        self.heard.append(("pasted", message.text))

    def on_quick_add_left(self) -> None:
        self.heard.append(("left", self.box.text))


async def test_what_is_typed_is_told_and_stays() -> None:
    app = Adding()
    async with app.run_test(size=(80, 6)) as pilot:
        await pilot.press(*letters("call mum"), "enter", "escape")
        assert app.heard[-3:] == [
            ("changed", "call mum"),
            ("submitted", "call mum"),
            ("left", "call mum"),
        ]
        assert "what's on your mind?" in lines(app)[0]
        assert "call mum" in lines(app)[1]


async def test_before_it_is_wanted_it_looks_the_same() -> None:
    app = Adding(start=False)
    async with app.run_test(size=(80, 6)) as pilot:
        await pilot.pause()
        before = app.export_screenshot()
        assert "call mum within 3d" in lines(app)[1]
        assert not app.query(ThoughtArea)
        await app.box.open_up()
        await app.box.open_up()
        await pilot.pause()
        assert len(app.query(ThoughtArea)) == 1
        names = re.compile(r"terminal-\d+")
        assert names.sub("", app.export_screenshot()) == names.sub("", before)
        assert app.box.text == ""


async def test_which_key_leads_to_the_box_is_said_until_the_keys_are_in_it() -> None:
    app = Adding(start=False, placeholder="press a: call mum", example="call mum")
    async with app.run_test(size=(80, 6)) as pilot:
        await app.box.open_up()
        await pilot.pause()
        assert "press a: call mum" in lines(app)[1]
        app.box.start()
        await pilot.pause()
        assert lines(app)[1].strip("│ ") == "call mum"
        # In another window: whoever comes back goes on writing.
        app.app_focus = False
        await pilot.pause()
        assert not app.box.editing
        assert lines(app)[1].strip("│ ") == "call mum"
        app.app_focus = True
        await pilot.pause()
        app.set_focus(None)
        await pilot.pause()
        assert "press a: call mum" in lines(app)[1]


@pytest.mark.parametrize("opened", [True, False])
async def test_the_cursor_may_stand_before_the_end(opened: bool) -> None:
    app = Adding(start=False)
    async with app.run_test(size=(80, 8)) as pilot:
        if opened:
            await app.box.open_up()
        app.box.write("sourdough 👍🏽\nagain #kitchen", behind=" #kitchen")
        await app.box.open_up()
        app.box.start()
        await pilot.pause()
        await pilot.press("!")
        assert app.box.text == "sourdough 👍🏽\nagain! #kitchen"
        app.box.write("call mum", behind=" #kitchen")
        await pilot.press("!")
        assert app.box.text == "call mum!"


async def test_words_that_are_put_in_before_are_there_afterwards() -> None:
    app = Adding(start=False)
    async with app.run_test(size=(80, 6)) as pilot:
        app.box.text = "call mum"
        assert app.box.text == "call mum"
        await app.box.open_up()
        await pilot.pause()
        assert "call mum " in lines(app)[1]
        assert app.box.text == "call mum"


@pytest.mark.parametrize("how", ["start", "click"])
async def test_it_opens_when_it_is_wanted(how: str) -> None:
    app = Adding(start=False)
    async with app.run_test(size=(80, 6)) as pilot:
        if how == "start":
            app.box.start()
        else:
            await pilot.click(QuickAdd, offset=(5, 1))
        await pilot.pause()
        await pilot.pause()
        assert app.box.editing
        await pilot.press("h", "i")
        assert app.box.text == "hi"


async def test_coming_back_never_overwrites_what_is_there() -> None:
    app = Adding()
    async with app.run_test(size=(80, 6)) as pilot:
        await pilot.press(*letters("call"))
        app.set_focus(None)
        await pilot.pause()
        assert not app.box.editing
        app.box.start()
        await pilot.pause()
        await pilot.press(*letters(" mum"))
        assert app.box.text == "call mum"


def paste(app: Adding, text: str) -> None:
    app.box.query_one(ThoughtArea).post_message(events.Paste(text))


async def test_pasted_lines_all_stay_and_stand_below_each_other() -> None:
    app = Adding()
    async with app.run_test(size=(80, 10)) as pilot:
        await pilot.press("x")
        paste(app, "one\ntwo\r\n  three\n")
        await pilot.pause()
        assert app.box.text == "xone\ntwo\n  three"
        assert [line.strip("│ ") for line in lines(app)[1:4]] == ["xone", "two", "three"]
        await pilot.press("ctrl+j", *letters("four"))
        assert app.box.text.splitlines() == ["xone", "two", "  three", "four"]


async def test_a_list_pasted_into_the_empty_box_is_told_and_not_taken() -> None:
    app = Adding()
    async with app.run_test(size=(80, 10)) as pilot:
        paste(app, "one\n\ntwo\n")
        await pilot.pause()
        assert app.heard[-1] == ("pasted", "one\n\ntwo")
        assert app.box.text == ""
        paste(app, "only one\n\n")
        await pilot.pause()
        assert app.box.text == "only one"


async def test_a_long_thought_wraps_and_a_very_long_one_scrolls() -> None:
    app = Adding()
    async with app.run_test(size=(40, 16)) as pilot:
        await app.box.open_up()
        await pilot.pause()
        app.box.text = "word " * 12
        await pilot.pause()
        assert sum("word" in line for line in lines(app)) == 2
        app.box.text = "word " * 400
        await pilot.pause()
        assert app.box.size.height <= 8


async def test_a_completion_stands_behind_the_cursor_until_tab_takes_it() -> None:
    app = Adding()
    async with app.run_test(size=(80, 6)) as pilot:
        await pilot.press(*letters("x #fa"))
        app.box.offer(["mily", "ther"])
        await pilot.pause()
        assert "x #family" in lines(app)[1]
        assert app.box.text == "x #fa"
        await pilot.press("down")
        await pilot.pause()
        assert "x #father" in lines(app)[1]
        await pilot.press("up", "tab")
        assert app.box.text == "x #family"


async def test_typing_on_through_a_completion_keeps_what_is_left_of_it() -> None:
    app = Adding()
    async with app.run_test(size=(80, 6)) as pilot:
        await pilot.press(*letters("#fa"))
        app.box.offer(["mily"])
        await pilot.press("m")
        assert app.box.query_one(ThoughtArea).suggestion == "ily"
        await pilot.press("x")
        assert app.box.query_one(ThoughtArea).suggestion == ""


async def test_nothing_is_offered_in_the_middle_of_the_words() -> None:
    app = Adding()
    async with app.run_test(size=(80, 6)) as pilot:
        await pilot.press(*letters("#fa"), "left")
        app.box.offer(["mily"])
        await pilot.press("tab")
        assert app.box.text == "#fa"


async def test_without_a_completion_tab_does_what_it_does_elsewhere() -> None:
    app = Adding()
    async with app.run_test(size=(80, 6)) as pilot:
        await pilot.press(*letters("x"), "tab")
        assert app.box.text == "x"


async def test_chips_and_odds_stand_in_the_lower_edge() -> None:
    app = Adding()
    async with app.run_test(size=(90, 6)) as pilot:
        chips = (Chip("within 3 days"), Chip("#family", "tag"), Chip("desktop", "channel"))
        app.box.say(Said(chips, "62 % by tomorrow", (1, 3, 5, 5, 2, 0, 1)))
        await pilot.pause()
        edge = lines(app)[2]
        assert edge.startswith("╰─ ⟨within 3 days⟩ ⟨#family⟩ ⟨desktop⟩ ─")
        assert "62 % by tomorrow" in edge
        assert edge.rstrip().endswith("─╯")


async def test_where_there_is_room_for_one_the_words_are_shown_and_not_the_bars() -> None:
    app = Adding()
    said = Said((Chip("before Sat"), Chip("#family", "tag")), "62 % by tomorrow", (1,) * 12)
    for width, wanted in ((62, "62 % by tomorrow ▃▃"), (54, "─ 62 % by tomorrow ─╯"), (46, "─ ▃▃")):
        async with app.run_test(size=(width, 6)) as pilot:
            app.box.say(said)
            await pilot.pause()
            assert wanted in lines(app)[2]
        app = Adding()


async def test_a_narrow_box_trims_the_odds_before_the_chips() -> None:
    app = Adding()
    async with app.run_test(size=(60, 6)) as pilot:
        chips = (Chip("within 3 days, before Thu 18:40"), Chip("#family", "tag"))
        app.box.say(Said(chips, "62 % by tomorrow", (1,) * 12))
        await pilot.pause()
        assert "⟨within 3 days, before Thu 18:40⟩ ⟨#family⟩" in lines(app)[2]
        assert "62 %" not in shown(app)
        app.box.say(Said((Chip("x" * 90), Chip("#family", "tag"))))
        await pilot.pause()
        assert "…⟩" in lines(app)[2]
        assert len(lines(app)[2].rstrip()) == 60


async def test_a_sentence_that_does_not_fit_gets_more_lines() -> None:
    app = Adding()
    sentence = '"3 dasy" has the unit "dasy"; write s, m, h, d, w, mo (months) or y instead of it'
    async with app.run_test(size=(60, 8)) as pilot:
        app.box.say(Said(problem=sentence))
        await pilot.pause()
        assert " ".join(line.strip("│╰╯─ ") for line in lines(app)[2:4]) == sentence
        assert app.box.size.height == 4
        app.box.say(Said())
        await pilot.pause()
        assert app.box.size.height == 3


@pytest.mark.parametrize("text", BAD_TEXTS, ids=IDS)
@pytest.mark.parametrize("width", [12, 80])
async def test_whatever_is_shown_is_inert(text: str, width: int) -> None:
    app = Adding()
    async with app.run_test(size=(width, 14)) as pilot:
        app.box.text = text
        app.box.set_heading(text)
        for said in (Said((Chip(text),), text, (1, 2)), Said(problem=text), Said(hint=text)):
            app.box.say(said)
            await pilot.pause()
            assert not active(app)
            assert app.query_one(ChipLine).render_line(0).cell_length == width
        assert app.is_running


async def test_escape_sequences_never_get_into_the_words() -> None:
    app = Adding()
    async with app.run_test(size=(80, 6)) as pilot:
        paste(app, "a\x1b]0;t\x07b\x9bc")
        await pilot.pause()
        assert app.box.text == "a]0;tbc"
