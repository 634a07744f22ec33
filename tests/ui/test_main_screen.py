"""The lists of the main screen, their answers, and what other processes do to them."""

import asyncio

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.reminder import Answer, State
from later_tui.domain.wording import moment
from later_tui.store import open_sync_store
from later_tui.store.asyncstore import Store
from later_tui.ui.screens.detail import DetailScreen
from later_tui.ui.screens.help import HelpScreen
from later_tui.ui.screens.snooze import SnoozeScreen
from later_tui.widgets.hints import Hints
from later_tui.widgets.quick_add import QuickAdd
from later_tui.widgets.view_tabs import ViewTabs
from tests.ui import stage
from tests.ui.conftest import Open
from tests.ui.stage import DAY, HOUR, MINUTE, NOW, UPCOMING, ZONE, Thought, new, rest, until
from tests.widgets.showing import letters, shown

MUM = Thought(text="call mum", ends=3 * DAY, tags=("family",))


async def test_the_three_views_show_what_is_theirs(
    running: Open, store: Store, settings: Settings
) -> None:
    await stage.fill(store, settings)
    async with running() as (app, pilot):
        assert "Upcoming 12" in shown(app)
        assert "call mum" in shown(app)
        await pilot.press("tab")
        await rest(pilot)
        text = shown(app)
        for words in (
            "✓ done",
            "○ let go",
            "12 s late",
            "kept 19 days ago, ~/src/foo",
            "yesterday",
        ):
            assert words in text
        await pilot.press("3")
        await rest(pilot)
        assert "book the dentist" in shown(app)
        await pilot.press("1")
        await rest(pilot)
        assert "sourdough" in shown(app)
        await pilot.press("4", "shift+tab")
        await rest(pilot)
        assert "book the dentist" in shown(app)
        await pilot.click(ViewTabs, offset=(4, 0))
        await rest(pilot)
        assert app.main.query_one(ViewTabs).active == "upcoming"


async def test_no_drawn_moment_is_on_the_screen_until_it_is_peeked_at(
    running: Open, store: Store
) -> None:
    first, second = new(MUM), new(UPCOMING[4])
    for one in (first, second):
        await store.add(one)
    drawn = moment((await store.get(first.id)).due_at, NOW, ZONE)
    async with running() as (app, pilot):
        assert drawn not in shown(app)
        await pilot.press("p")
        await rest(pilot)
        assert drawn in shown(app)
        await pilot.press("p")
        await rest(pilot)
        assert drawn not in shown(app)
        await pilot.press("p", "j")
        await rest(pilot)
        assert drawn not in shown(app)


@pytest.mark.parametrize(
    ("key", "state", "words"),
    [("d", State.DONE, "done: call mum"), ("x", State.RELEASED, "let go: call mum")],
)
async def test_an_answer_by_one_key(
    running: Open, store: Store, key: str, state: State, words: str
) -> None:
    mum = new(MUM)
    await store.add(mum)
    async with running() as (app, pilot):
        await pilot.press(key)
        await until(pilot, lambda: app.main.upcoming == 0)
        await rest(pilot)
        assert (await store.get(mum.id)).state is state
        assert words in shown(app)
        assert "Nothing waits for you." in shown(app)
        assert "Past 1" in shown(app)


async def test_again_draws_anew_in_a_window_of_the_same_length(running: Open, store: Store) -> None:
    mum = new(MUM)
    await store.add(mum)
    async with running() as (app, pilot):
        await pilot.press("r")
        await rest(pilot)
        again = await store.get(mum.id)
        assert again.round == 1
        assert again.window.not_before == NOW
        assert again.window.length == mum.window.length
        assert "again, before" in shown(app)


async def test_one_key_snoozes_until_one_of_the_usual_times(running: Open, store: Store) -> None:
    mum = new(MUM)
    await store.add(mum)
    async with running() as (app, pilot):
        await pilot.press("s")
        await rest(pilot)
        assert "3  in the evening    Tue 24 Nov 18:00" in shown(app)
        await pilot.press("3")
        await until(pilot, lambda: not isinstance(app.screen, SnoozeScreen))
        await rest(pilot)
        assert (await store.get(mum.id)).due_at == NOW + 8 * HOUR + 50 * MINUTE


async def test_snooze_asks_for_a_time_and_takes_it_exactly(running: Open, store: Store) -> None:
    mum = new(MUM)
    await store.add(mum)
    async with running() as (app, pilot):
        await pilot.press("s", "t", *letters("soon"))
        await rest(pilot)
        assert isinstance(app.screen, SnoozeScreen)
        await pilot.press("enter")
        await rest(pilot)
        assert isinstance(app.screen, SnoozeScreen)
        await pilot.press(*["backspace"] * 4, *letters("2h"))
        await rest(pilot)
        assert "Tue 24 Nov 11:10, in 2 hours" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, SnoozeScreen))
        await rest(pilot)
        snoozed = await store.get(mum.id)
        assert snoozed.window.exact
        assert snoozed.due_at == NOW + 2 * HOUR
        assert "snoozed until Tue 24 Nov 11:10: call mum" in shown(app)


async def test_a_snooze_that_is_given_up_changes_nothing(running: Open, store: Store) -> None:
    mum = new(MUM)
    await store.add(mum)
    async with running() as (_, pilot):
        await pilot.press("s", "t", *letters("2h"), "escape")
        await rest(pilot)
        assert (await store.get(mum.id)).round == 0


async def test_the_detail_shows_everything_and_answers_from_there(
    running: Open, store: Store
) -> None:
    mum = new(MUM)
    await store.add(mum)
    drawn = moment((await store.get(mum.id)).due_at, NOW, ZONE)
    async with running() as (app, pilot):
        await pilot.press("enter")
        await rest(pilot)
        assert isinstance(app.screen, DetailScreen)
        for words in ("call mum", "some time before Fri 27 Nov 09:10", "#family", mum.id):
            assert words in shown(app)
        assert drawn not in shown(app)
        await pilot.press("p")
        assert drawn in shown(app)
        await pilot.press("d")
        await until(pilot, lambda: app.main.upcoming == 0)
        assert (await store.get(mum.id)).state is State.DONE


async def test_an_open_detail_follows_what_happens_elsewhere(
    running: Open, store: Store, settings: Settings
) -> None:
    mum = new(MUM)
    await store.add(mum)
    async with running() as (app, pilot):
        await pilot.press("enter")
        await store.answer(settings, mum.id, Answer.DONE, now=NOW)
        await until(pilot, lambda: "done, just now" in shown(app))
        await rest(pilot)
        assert isinstance(app.screen, DetailScreen)
        labels = [hint.label for hint in app.screen.query_one(Hints).hints]
        assert labels == ["again", "snooze", "edit", "why", "back"]


async def test_the_detail_can_be_left_and_edited_from(running: Open, store: Store) -> None:
    await store.add(new(MUM))
    async with running() as (app, pilot):
        await pilot.press("enter", "escape")
        assert app.screen is app.main
        await pilot.press("enter", "e")
        await rest(pilot)
        assert app.main.query_one(QuickAdd).text == "call mum #family"


async def test_help_says_the_keys_and_the_same_key_closes_it(running: Open) -> None:
    async with running(size=(120, 40)) as (app, pilot):
        await pilot.press("?")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await until(pilot, lambda: "call mum within 3d" in shown(app))
        await pilot.press("?")
        assert app.screen is app.main


async def test_light_and_dark_are_one_key_apart(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("t")
        assert app.theme == "later-light"
        await pilot.press("t")
        assert app.theme == "later-dark"


async def test_what_another_process_adds_and_answers_shows_by_itself(
    running: Open, settings: Settings
) -> None:
    mum = new(MUM)

    def add() -> None:
        with open_sync_store(settings) as elsewhere:
            elsewhere.add(mum)

    def finish() -> None:
        with open_sync_store(settings) as elsewhere:
            elsewhere.answer(settings, mum.id, Answer.DONE, now=NOW)

    async with running() as (app, pilot):
        await asyncio.to_thread(add)
        await until(pilot, lambda: "call mum" in shown(app))
        await asyncio.to_thread(finish)
        await until(pilot, lambda: "Nothing waits for you." in shown(app))


async def test_every_key_of_the_footer_can_be_clicked(running: Open, store: Store) -> None:
    await store.add(new(MUM))
    async with running() as (app, pilot):
        await pilot.click("KeyFooter", offset=(3, 0))
        assert app.main.query_one(QuickAdd).editing
        await pilot.press(*letters("half"))
        await pilot.pause()
        await pilot.click("KeyFooter", offset=(15, 0))
        assert not app.main.query_one(QuickAdd).editing


async def test_many_reminders_are_read_a_screen_at_a_time(running: Open, store: Store) -> None:
    dice = stage.Dice(5)
    for at in range(400):
        await store.add(new(Thought(text=f"thought {at}", ends=(at + 1) * HOUR), dice=dice))
    async with running() as (app, pilot):
        assert "Upcoming 400" in shown(app)
        await pilot.press("G")
        await until(pilot, lambda: "thought 399" in shown(app))
        await pilot.press("d")
        await until(pilot, lambda: app.main.upcoming == 399)
        await rest(pilot)
        assert "thought 398" in shown(app)
        assert "done: thought 399" in shown(app)
