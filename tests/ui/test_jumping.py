"""Jump mode: a letter on every place, and its key goes there."""

import pytest
from textual.color import Color
from textual.pilot import Pilot

from later_tui.config.settings import Settings
from later_tui.store.asyncstore import Store
from later_tui.ui.app import LaterApp
from later_tui.ui.jumping import places
from later_tui.ui.themes import contrast
from later_tui.widgets.hints import Hints
from later_tui.widgets.jump_overlay import LETTERS, JumpOverlay, labels
from later_tui.widgets.quick_add import QuickAdd
from later_tui.widgets.view_tabs import ViewTabs
from tests.ui import stage
from tests.ui.conftest import Open
from tests.ui.stage import rest, until
from tests.widgets.showing import lines, shown


@pytest.mark.parametrize("count", [0, 1, 26, 27, 300, 676, 2000])
def test_no_label_begins_another(count: int) -> None:
    made = labels(count)
    assert len(set(made)) == len(made) == min(count, len(LETTERS) ** 2)
    assert not any(a != b and b.startswith(a) for a in made[:80] for b in made)


async def letters_of(app: LaterApp, pilot: Pilot[None], key: str = "f") -> dict[int, list[str]]:
    """Open the letters; return them by the line of the screen they are on."""
    await pilot.press(key)
    await until(pilot, lambda: isinstance(app.screen, JumpOverlay))
    await rest(pilot)
    overlay = app.screen
    assert isinstance(overlay, JumpOverlay)
    found: dict[int, list[str]] = {}
    for label, spot in overlay.spots.items():
        found.setdefault(spot.at.y, []).append(label)
    return found


async def test_every_place_has_a_letter_and_is_reached_by_it(
    running: Open, settings: Settings, store: Store
) -> None:
    await stage.fill(store, settings)
    async with running() as (app, pilot):
        box, tabs = app.main.query_one(QuickAdd), app.main.query_one(ViewTabs)
        listed = app.main._shelf.shown
        lines = await letters_of(app, pilot)
        top = listed.content_region.y
        assert len(lines[tabs.region.y]) == 4
        assert all(len(lines[top + row]) == 1 for row in range(listed.total or 0))
        await pilot.press(lines[top + 4][0])
        await rest(pilot)
        assert (app.screen, listed.cursor, listed.has_focus) == (app.main, 4, True)

        lines = await letters_of(app, pilot)
        await pilot.press(lines[tabs.region.y][1])
        await rest(pilot)
        assert tabs.active == "past"

        lines = await letters_of(app, pilot)
        await pilot.press(lines[min(lines)][0])
        await rest(pilot)
        assert box.editing


async def test_it_opens_while_one_writes_and_what_is_no_letter_closes_it(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("a", "h", "i")
        await letters_of(app, pilot, "ctrl+o")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.main)
        await letters_of(app, pilot, "ctrl+o")
        await pilot.press("exclamation_mark")
        await until(pilot, lambda: app.screen is app.main)
        assert app.main.unkept == "hi"


async def test_a_letter_stands_before_the_words_and_not_on_them(
    running: Open, settings: Settings, store: Store
) -> None:
    await stage.fill(store, settings)
    async with running() as (app, pilot):
        before = lines(app)
        await letters_of(app, pilot)
        overlay = app.screen
        assert isinstance(overlay, JumpOverlay)
        for label, spot in overlay.spots.items():
            assert before[spot.at.y][spot.at.x : spot.at.x + len(label)] in (" ", "▌"), spot
        assert "apress a, and write" in shown(app)


async def test_the_last_line_says_what_can_be_pressed_and_the_mouse_can_press_it(
    running: Open, settings: Settings, store: Store
) -> None:
    await stage.fill(store, settings)
    async with running() as (app, pilot):
        await letters_of(app, pilot)
        last = lines(app)[-1]
        assert "a letter goes there  esc back" in last
        assert "done" not in last
        await pilot.click(Hints, offset=(24, 0))
        await until(pilot, lambda: app.screen is app.main)
        assert "d done" in shown(app)


@pytest.mark.parametrize("no_color", [False, True])
@pytest.mark.parametrize("theme", ["later-dark", "later-light", "later-ansi", "ansi-light"])
async def test_a_letter_can_be_told_from_the_words_beside_it_in_any_colours(
    running: Open, monkeypatch: pytest.MonkeyPatch, theme: str, no_color: bool
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    async with running() as (app, pilot):
        app.theme = theme
        await letters_of(app, pilot)
        label = app.screen.query(".jump--label").first()
        segments = label.render_line(0)._segments
        for line_filter in app.get_line_filters():
            segments = line_filter.apply(segments, Color(0, 0, 0))
        style = segments[0].style
        assert style is not None
        ground = app.current_theme.background or ""
        if style.reverse:
            assert not ground.startswith("#")
        else:
            assert style.bgcolor is not None
            assert style.bgcolor.triplet is not None
            assert contrast(style.bgcolor.triplet.hex, ground) >= 4.5


async def test_a_long_list_has_letters_in_pairs(
    running: Open, settings: Settings, store: Store
) -> None:
    for at in range(40):
        await store.add(stage.new(stage.Thought(text=f"thought {at}"), dice=stage.Dice(at * 100)))
    async with running(size=(100, 60)) as (app, pilot):
        listed = app.main._shelf.shown
        lines = await letters_of(app, pilot)
        pair = lines[listed.content_region.y + 30][0]
        assert len(pair) == 2
        await pilot.press(pair[0])
        await rest(pilot)
        assert f"{pair[0]} and a letter goes there" in shown(app)
        assert isinstance(app.screen, JumpOverlay)
        await pilot.press(pair[1])
        await rest(pilot)
        assert listed.cursor == 30


async def test_a_letter_goes_to_the_thought_it_stood_on_though_the_list_has_shifted(
    running: Open, store: Store
) -> None:
    for day in range(1, 6):
        thought = stage.Thought(text=f"day {day}", ends=(day + 1) * stage.DAY)
        await store.add(stage.new(thought, dice=stage.Dice(day)))
    async with running() as (app, pilot):
        listed = app.main._shelf.shown
        lines = await letters_of(app, pilot)
        letter = lines[listed.content_region.y + 3][0]
        first = stage.Thought(text="day 0", ends=stage.DAY)
        await store.add(stage.new(first, dice=stage.Dice(100)))
        await until(pilot, lambda: listed.total == 6 and listed.row_at(0).text == "day 0")  # type: ignore[union-attr]
        await pilot.press(letter)
        await rest(pilot)
        assert listed.selected.text == "day 4"  # type: ignore[union-attr]


async def test_where_there_is_nowhere_to_go_no_letters_are_shown(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("question_mark")
        await rest(pilot)
        under = app.screen
        assert places(under)[0] == []
        await pilot.press("f")
        await rest(pilot)
        assert app.screen is under


async def test_resizing_takes_the_letters_away(running: Open) -> None:
    async with running() as (app, pilot):
        await letters_of(app, pilot)
        await pilot.resize_terminal(70, 20)
        await until(pilot, lambda: app.screen is app.main)
