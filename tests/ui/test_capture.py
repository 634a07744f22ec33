"""Keeping a thought, changing one, on the screen."""

import os
import signal
from dataclasses import replace

from later_tui.config.settings import Settings
from later_tui.domain.window import Window
from later_tui.store.asyncstore import Store
from later_tui.store.command import Flow, command
from later_tui.store.records import View
from later_tui.widgets.quick_add import QuickAdd
from tests.ui.conftest import Open
from tests.ui.stage import DAY, NOW, Thought, new, rest, until
from tests.widgets.showing import letters, shown


def process_id() -> Flow[int]:
    [reply] = yield [command("INFO", "server")]
    [line] = [line for line in reply.decode().splitlines() if line.startswith("process_id:")]
    return int(line.partition(":")[2])


async def test_an_enter_while_the_last_thought_is_being_kept_is_for_the_next(
    running: Open, store: Store
) -> None:
    async with running() as (app, pilot):
        box = app.main.query_one(QuickAdd)
        await pilot.press("a")
        server = await store.run(process_id())
        os.kill(server, signal.SIGSTOP)  # a slow server, for a moment
        await pilot.press(*letters("call mum"), "enter", "enter", *letters("buy milk"), "enter")
        await pilot.press(*letters("and"))
        os.kill(server, signal.SIGCONT)
        await until(pilot, lambda: app.main.upcoming == 2)
        await until(pilot, lambda: box.text == "and")
        texts = {one.text for one in (await store.page("ada", View.UPCOMING, 0, 9)).reminders}
        assert texts == {"call mum", "buy milk"}


async def test_one_key_a_thought_and_enter_keeps_it_sealed(running: Open, store: Store) -> None:
    async with running() as (app, pilot):
        await pilot.press("a", *letters("call mum within 3d #family"))
        await rest(pilot)
        assert "⟨within 3 days, before Fri 27 Nov 09:10⟩ ⟨#family⟩ ⟨desktop⟩" in shown(app)
        assert "54 % by tomorrow" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.main.upcoming == 1)
        await rest(pilot)
        [kept] = (await store.page("ada", View.UPCOMING, 0, 10)).reminders
        assert (kept.text, kept.tags, kept.channels) == ("call mum", ("family",), ("desktop",))
        assert kept.window == Window(NOW, NOW + 3 * DAY)
        assert (kept.origin.host, kept.origin.folder) == ("mill", "~/src/later")
        text = shown(app)
        assert "kept; it comes back some time before Fri 27 Nov 09:10" in text
        assert "before Sat" in text
        assert app.main.unkept == ""


async def test_several_draws_are_kept_at_once(running: Open, store: Store) -> None:
    async with running() as (app, pilot):
        await pilot.press("a", *letters("idea x3 within 1w"), "enter")
        await until(pilot, lambda: app.main.upcoming == 3)
        await rest(pilot)
        assert "kept; it comes back 3 times" in shown(app)


async def test_what_cannot_be_read_is_not_kept_and_stays_in_the_box(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("a", *letters("call mum within 3 dasy"), "enter")
        await rest(pilot)
        assert "dasy" in app.main.query_one(QuickAdd).said.problem
        assert app.main.unkept == "call mum within 3 dasy"
        assert app.main.upcoming == 0


async def test_blanks_are_no_thought(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("a", "space", "space", "enter")
        await rest(pilot)
        assert app.main.upcoming == 0


async def test_escape_gives_the_keys_back_and_leaves_the_words(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("a", *letters("half a tho"), "escape")
        assert not app.main.query_one(QuickAdd).editing
        await pilot.press("2", "1", "a", *letters("ught"))
        assert app.main.unkept == "half a thought"


async def test_lines_stay_lines(running: Open, store: Store) -> None:
    async with running() as (app, pilot):
        await pilot.press("a", *letters("one"), "ctrl+j", *letters("two within 3d"), "enter")
        await until(pilot, lambda: app.main.upcoming == 1)
        [kept] = (await store.page("ada", View.UPCOMING, 0, 10)).reminders
        assert kept.text == "one\ntwo"


async def test_an_edit_changes_the_words_and_leaves_the_window(running: Open, store: Store) -> None:
    before = new(Thought(text="call mum", ends=3 * DAY, tags=("family",)))
    await store.add(before)
    async with running() as (app, pilot):
        await pilot.press("e")
        await rest(pilot)
        assert app.main.query_one(QuickAdd).text == "call mum #family"
        assert "before Sat, as it was" in shown(app)
        await pilot.press("home", *letters("please "), "enter")
        await rest(pilot)
        after = await store.get(before.id)
        assert (after.text, after.tags) == ("please call mum", ("family",))
        assert after.window.not_after == before.window.not_after
        assert after.origin == before.origin
        assert "changed; it comes back" in shown(app)
        assert not app.main.query_one(QuickAdd).editing


async def test_an_edit_with_a_time_changes_the_window(running: Open, store: Store) -> None:
    before = new(Thought(text="call mum", ends=3 * DAY))
    await store.add(before)
    async with running() as (_, pilot):
        await pilot.press("e", *letters(" within 1d"), "enter")
        await rest(pilot)
        assert (await store.get(before.id)).window == Window(NOW, NOW + DAY)


async def test_an_edit_that_is_given_up_changes_nothing_and_brings_the_words_back(
    running: Open, store: Store
) -> None:
    before = new(Thought(text="call mum"))
    await store.add(before)
    kept = await store.get(before.id)
    async with running() as (app, pilot):
        await pilot.press("a", *letters("half a tho"), "escape", "e", *letters(" and dad"))
        assert app.main.unkept == "half a tho\ncall mum and dad"
        await pilot.press("escape")
        await rest(pilot)
        assert await store.get(before.id) == kept
        assert app.main.query_one(QuickAdd).text == "half a tho"
        assert "what's on your mind?" in shown(app)


async def test_a_late_reading_of_earlier_words_is_not_shown(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("a", *letters("call mum"))
        await rest(pilot)
        now_said = app.main.query_one(QuickAdd).said
        await app.main._capture.read("other words within 3 dasy")
        assert app.main.query_one(QuickAdd).said == now_said


async def test_dates_are_read_without_holding_up_the_keys(
    running: Open, settings: Settings
) -> None:
    async with running() as (app, pilot):
        await pilot.press("a", *letters("call mum by 24 dec 18:00"))
        await rest(pilot)
        assert "before Thu 24 Dec 18:00" in shown(app)


async def test_the_settings_of_the_person_are_used(running: Open, settings: Settings) -> None:
    from tests.ui.stage import session

    told = session(replace(settings, window="3d", channels=("desktop", "email")))
    async with running(session=told) as (app, pilot):
        await pilot.press("a", *letters("call mum"))
        await rest(pilot)
        assert "⟨within 3 days, before Fri 27 Nov 09:10⟩ ⟨desktop⟩ ⟨email⟩" in shown(app)


async def test_a_word_that_is_no_channel_is_a_word_and_one_that_is_meant_as_one_is_told(
    running: Open, store: Store, settings: Settings
) -> None:
    async with running() as (app, pilot):
        await until(pilot, lambda: app.session.channels is not None)
        await pilot.press("a", *letters("fly home via munich"), "enter")
        await until(pilot, lambda: app.main.unkept == "")
        await rest(pilot)
        page = await store.page(settings.user, View.UPCOMING, 0, 9)
        assert [(one.text, one.channels) for one in page.reminders] == [
            ("fly home via munich", ("desktop",))
        ]
        await pilot.press(*letters("call mum !em"), "enter")
        await rest(pilot)
        assert 'there is no channel "em"' in shown(app)
        assert app.main.unkept == "call mum !em"


async def test_an_enter_is_for_what_it_was_pressed_at_though_that_before_it_is_kept_meanwhile(
    running: Open, store: Store, settings: Settings
) -> None:
    async with running() as (app, pilot):
        await pilot.press("a", *letters("one"), "enter")
        await until(pilot, lambda: app.main.unkept == "")
        await pilot.press(*letters("two"))
        # When it was pressed "one" stood in the box still.
        app.main.on_quick_add_submitted(QuickAdd.Submitted("onetwo"))
        await until(pilot, lambda: app.main.unkept == "")
        await rest(pilot)
        page = await store.page(settings.user, View.UPCOMING, 0, 9)
        assert sorted(one.text for one in page.reminders) == ["one", "two"]
