"""What the box says stays no longer than it is true, and nothing takes long without a word."""

import asyncio
from collections.abc import Sequence

import pytest

from later_tui.domain.errors import StoreError
from later_tui.domain.reminder import NewReminder
from later_tui.store.asyncstore import Store
from later_tui.store.records import Kept, View
from later_tui.ui import saying
from later_tui.ui.app import LaterApp
from later_tui.ui.bridge import StoreLost, StoreOpened
from later_tui.widgets.chip_line import Said
from later_tui.widgets.quick_add import QuickAdd
from tests.ui import stage
from tests.ui.conftest import Open
from tests.ui.stage import DAY, Thought, new, rest, until
from tests.widgets.showing import letters, shown

KEEPING = "keeping…; esc keeps it on this machine"


def box(app: LaterApp) -> QuickAdd:
    return app.main.query_one(QuickAdd)


async def mum(store: Store) -> str:
    thought = Thought(text="call mum", ends=3 * DAY, tags=("family",))
    return (await store.add(new(thought, dice=stage.Dice(1)))).reminder_id


async def away(app: LaterApp) -> None:
    app.session.trouble = "Redis does not answer"
    app.main.post_message(StoreLost("Redis does not answer"))


async def back(app: LaterApp) -> None:
    app.session.trouble = ""
    app.main.post_message(StoreOpened(await app.session.store.server(), 0))


def hold_adds(app: LaterApp, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    go_on, add_many = asyncio.Event(), app.session.store.add_many

    async def slowly(news: Sequence[NewReminder]) -> list[Kept]:
        await go_on.wait()
        return await add_many(news)

    monkeypatch.setattr(app.session.store, "add_many", slowly)
    return go_on


async def test_what_came_of_something_goes_by_itself(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await mum(store)
    monkeypatch.setattr(saying, "HINT_S", 0.3)
    async with running() as (app, pilot):
        await pilot.press("d")
        await until(pilot, lambda: box(app).said.hint)
        await until(pilot, lambda: box(app).said == Said())


async def test_it_goes_with_a_change_of_view_and_when_a_panel_opens(
    running: Open, store: Store
) -> None:
    await mum(store)
    async with running() as (app, pilot):
        for key in ("2", "question_mark", "L", "ctrl+p", "tab"):
            await pilot.press("1", "o")
            await until(pilot, lambda: "order" in box(app).said.hint)
            await pilot.press(key)
            await until(pilot, lambda: not box(app).said.hint)
            if app.screen is not app.main:
                await pilot.press("escape")
            await rest(pilot)


async def test_what_is_written_is_read_again_once_the_sentence_has_gone(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saying, "HINT_S", 0.3)
    async with running() as (app, pilot):
        await pilot.press("a", *letters("half"), "escape", "o")
        await until(pilot, lambda: "order" in box(app).said.hint)
        await until(pilot, lambda: [chip.text for chip in box(app).said.chips][1:] == ["desktop"])


async def test_what_is_wrong_with_the_words_stays_as_long_as_they_do(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saying, "HINT_S", 0.05)
    monkeypatch.setattr(saying, "PROBLEM_S", 0.05)
    async with running() as (app, pilot):
        await pilot.press("a", *letters("x within 3 dasy"), "enter", "escape", "2", "1")
        await rest(pilot)
        assert "dasy" in box(app).said.problem


async def test_what_redis_could_not_do_is_taken_back_when_it_is_back_and_that_when_it_goes(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await mum(store)
    async with running() as (app, pilot):
        bound = app.session.store.answer

        async def lost(*_: object, **__: object) -> None:
            raise StoreError("Redis does not answer")

        monkeypatch.setattr(app.session.store, "answer", lost)
        await pilot.press("d")
        await until(pilot, lambda: box(app).said.problem)
        monkeypatch.setattr(app.session.store, "answer", bound)
        await away(app)
        await back(app)
        await until(pilot, lambda: box(app).said == Said(hint="Redis answers again"))
        await away(app)
        await until(pilot, lambda: box(app).said == Said())


async def test_what_could_not_be_done_for_another_reason_is_not_redis_being_back(
    running: Open, store: Store
) -> None:
    async with running() as (app, pilot):
        await pilot.press("u")
        await until(pilot, lambda: box(app).said.problem)
        said = box(app).said
        await back(app)
        await rest(pilot)
        assert box(app).said == said


async def test_kept_here_becomes_kept_when_redis_has_it(running: Open, store: Store) -> None:
    async with running() as (app, pilot):
        await away(app)
        await pilot.press("a", *letters("call mum within 3d"), "enter")
        await until(pilot, lambda: "on this machine until Redis is back" in box(app).said.hint)
        assert box(app).said.brief == "kept here until Redis is back: before Fri 27 Nov 09:10"
        await back(app)
        wanted = "kept; it comes back some time before Fri 27 Nov 09:10"
        await until(pilot, lambda: box(app).said.hint == wanted)
        assert len(app.session.outbox) == 0


async def test_a_list_kept_here_becomes_kept_when_redis_has_it(running: Open, store: Store) -> None:
    async with running() as (app, pilot):
        await away(app)
        await pilot.pause()
        await app.main._keep_many(("one", "two"))
        assert box(app).said.hint == "kept on this machine until Redis is back: 2 thoughts"
        await back(app)
        await until(pilot, lambda: box(app).said.hint == "kept: 2 thoughts")


async def test_what_takes_long_is_said_and_no_longer_than_it_takes(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running() as (app, pilot):
        go_on = hold_adds(app, monkeypatch)
        await pilot.press("a", *letters("call mum within 3d"), "enter")
        await until(pilot, lambda: box(app).said == Said(hint=KEEPING))
        await pilot.press(*letters(" more"))
        await pilot.pause(0.15)
        assert box(app).said == Said(hint=KEEPING)
        go_on.set()
        await until(pilot, lambda: "kept; it comes back" in box(app).said.hint)
        assert box(app).text == " more"


async def test_what_is_quick_is_not_said(running: Open, store: Store) -> None:
    async with running() as (app, pilot):
        told: list[str] = []
        say = box(app).say
        box(app).say = lambda said: (told.append(said.hint), say(said))[1]  # type: ignore[method-assign]
        await pilot.press("a", *letters("call mum"), "enter")
        await until(pilot, lambda: app.main.upcoming == 1)
        await rest(pilot)
        assert not any("keeping" in one for one in told)


async def test_an_exception_leaves_no_word_of_progress(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running() as (app, pilot):

        async def broken(news: Sequence[NewReminder]) -> list[Kept]:
            await asyncio.sleep(0.4)
            raise RuntimeError("ours")

        monkeypatch.setattr(app.session.store, "add_many", broken)
        await pilot.press("a", *letters("call mum"), "enter")
        await until(pilot, lambda: box(app).said == Said(hint=KEEPING))
        await until(pilot, lambda: "that went wrong (RuntimeError)" in box(app).said.problem)
        assert box(app).text == "call mum"


async def test_while_redis_is_known_to_hang_a_thought_is_kept_here_at_once(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running() as (app, pilot):
        go_on = hold_adds(app, monkeypatch)
        app.session.trouble = "Redis does not answer"
        await pilot.press("a", *letters("call mum"), "enter")
        await until(pilot, lambda: len(app.session.outbox) == 1)
        await until(pilot, lambda: box(app).text == "")
        assert not go_on.is_set()


async def test_a_thought_that_waits_for_redis_is_kept_here_as_soon_as_that_is_lost(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running() as (app, pilot):
        hold_adds(app, monkeypatch)
        await pilot.press("a", *letters("call mum"), "enter")
        await until(pilot, lambda: box(app).said == Said(hint=KEEPING))
        await away(app)
        await until(pilot, lambda: len(app.session.outbox) == 1)
        await back(app)
        await until(pilot, lambda: app.main.upcoming == 1)
        page = await store.page("ada", View.UPCOMING, 0, 9)
        assert [one.text for one in page.reminders] == ["call mum"]


async def test_what_is_put_by_as_redis_comes_back_is_handed_on(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running() as (app, pilot):
        await away(app)
        await pilot.pause()
        put_by = app.main._capture._keeper._put_by
        opened = app.session.store
        server = await opened.server()
        loop = asyncio.get_running_loop()

        def late(lines: Sequence[Sequence[NewReminder]]) -> None:
            app.session.trouble = ""
            loop.call_soon_threadsafe(app.main.post_message, StoreOpened(server, 0))
            while app.main._capture._keeper._away.is_set():
                pass
            put_by(lines)

        monkeypatch.setattr(app.main._capture._keeper, "_put_by", late)
        await pilot.press("a", *letters("call mum"), "enter")
        await until(pilot, lambda: app.main.upcoming == 1)
        await until(pilot, lambda: len(app.session.outbox) == 0)


async def test_a_change_while_redis_is_known_to_hang_is_refused_at_once(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await mum(store)
    async with running() as (app, pilot):
        await away(app)
        await pilot.press("e", "!", "enter")
        await until(pilot, lambda: "Your words stay here; Enter tries again" in shown(app))
        await back(app)
        await until(pilot, lambda: "Enter keeps your words" in box(app).said.hint)
        await pilot.press("enter")
        await until(pilot, lambda: "changed; it comes back" in box(app).said.hint)


async def test_enter_at_what_cannot_be_read_says_so_once_more(running: Open, store: Store) -> None:
    await mum(store)
    async with running() as (app, pilot):
        await pilot.press("a")
        box(app).paste("x within 3 dasy")
        await until(pilot, lambda: box(app).said.problem.startswith('"3 dasy" has'))
        await rest(pilot)
        assert "enter keep" not in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: box(app).said.problem.startswith('not kept: "3 dasy" has'))
        await pilot.press("s")
        await until(pilot, lambda: box(app).said.problem.startswith('"3 dasys" has'))
        await pilot.press("ctrl+u", *letters("x"))
        await rest(pilot)
        assert "enter keep" in shown(app)
        await pilot.press("ctrl+u", "escape", "e", *letters(" within 3 dasy"), "enter")
        await until(pilot, lambda: box(app).said.problem.startswith("not changed: "))


async def test_whoever_changes_a_thought_writes_on_in_the_thought(
    running: Open, store: Store
) -> None:
    kept = await mum(store)
    async with running() as (app, pilot):
        await pilot.press("e", *letters(" and dad"))
        assert box(app).text == "call mum and dad #family"
        await pilot.press("enter")
        await until(pilot, lambda: "changed; it comes back" in box(app).said.hint)
        after = await store.get(kept)
        assert (after.text, after.tags) == ("call mum and dad", ("family",))


async def test_a_change_that_was_put_by_goes_on_in_the_thought(running: Open, store: Store) -> None:
    await mum(store)
    other = Thought(text="buy milk", ends=9 * DAY)
    await store.add(new(other, dice=stage.Dice(2)))
    async with running() as (app, pilot):
        await pilot.press("e", *letters(" and"), "tab", "j", "e", "tab", "k", "e", *letters(" dad"))
        assert box(app).text == "call mum and dad #family"
