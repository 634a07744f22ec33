"""Several are marked and answered at once; the newest answer or edit is taken back by one key."""

from later_tui.config.settings import Settings
from later_tui.domain.reminder import State
from later_tui.store.asyncstore import Store
from later_tui.store.records import View
from tests.ui import stage
from tests.ui.conftest import Open
from tests.ui.stage import DAY, Thought, new, rest, until
from tests.widgets.showing import letters, lines, shown


async def keep(store: Store, *texts: str) -> list[str]:
    news = [
        new(Thought(text=text, ends=(at + 2) * DAY), dice=stage.Dice(at))
        for at, text in enumerate(texts)
    ]
    return [(await store.add(one)).reminder_id for one in news]


async def states(store: Store, ids: list[str]) -> list[State]:
    return [(await store.get(one)).state for one in ids]


async def test_marked_ones_are_answered_together_and_taken_back_together(
    running: Open, store: Store
) -> None:
    ids = await keep(store, "one", "two", "three")
    async with running() as (app, pilot):
        await pilot.press("space", "j", "space")
        await rest(pilot)
        assert [line[0] for line in lines(app, app.main._shelf.shown)[:3]] == ["✓", " ", "✓"]
        assert "2 marked" in shown(app)
        await pilot.press("d")
        await until(pilot, lambda: app.main.upcoming == 1)
        await rest(pilot)
        assert await states(store, ids) == [State.DONE, State.SCHEDULED, State.DONE]
        assert "done: 2 thoughts" in shown(app)
        assert "marked" not in shown(app)
        await pilot.press("u")
        await until(pilot, lambda: app.main.upcoming == 3)
        await rest(pilot)
        assert await states(store, ids) == [State.SCHEDULED] * 3
        assert "taken back: done, 2 thoughts" in shown(app)


async def test_escape_takes_the_marks_away_and_answers_nothing(running: Open, store: Store) -> None:
    ids = await keep(store, "one", "two")
    async with running() as (app, pilot):
        await pilot.press("asterisk")
        await rest(pilot)
        assert "2 marked" in shown(app)
        await pilot.press("escape")
        await rest(pilot)
        assert "marked" not in shown(app)
        await pilot.press("d")
        await until(pilot, lambda: app.main.upcoming == 1)
        assert (await states(store, ids)).count(State.DONE) == 1


async def test_marks_stay_with_their_reminders_across_views(
    running: Open, store: Store, settings: Settings
) -> None:
    await stage.fill(store, settings)
    async with running() as (app, pilot):
        await pilot.press("space", "3", "space")
        await rest(pilot)
        assert "2 marked" in shown(app)
        await pilot.press("1")
        await rest(pilot)
        assert lines(app, app.main._shelf.shown)[0].startswith("✓")
        await pilot.press("x")
        await until(pilot, lambda: app.main.upcoming == 11)
        assert (await store.counts("ada")).unanswered == 1


async def test_several_are_snoozed_to_one_time(running: Open, store: Store) -> None:
    ids = await keep(store, "one", "two")
    async with running() as (app, pilot):
        await pilot.press("asterisk", "s")
        await rest(pilot)
        assert "─ 2 thoughts ─" in shown(app)
        await pilot.press("2")
        await until(pilot, lambda: "snoozed until Tue 24 Nov 11:10: 2 thoughts" in shown(app))
        assert {(await store.get(one)).window.exact for one in ids} == {True}


async def test_an_answer_is_taken_back_after_a_restart(running: Open, store: Store) -> None:
    [mum] = await keep(store, "call mum")
    before = await store.get(mum)
    async with running() as (app, pilot):
        await pilot.press("x")
        await until(pilot, lambda: app.main.upcoming == 0)
    async with running() as (app, pilot):
        await pilot.press("u")
        await until(pilot, lambda: app.main.upcoming == 1)
        await rest(pilot)
        assert "taken back: let go, call mum" in shown(app)
    after = await store.get(mum)
    assert (after.state, after.window, after.due_at) == (
        before.state,
        before.window,
        before.due_at,
    )


async def test_an_edit_is_taken_back(running: Open, store: Store) -> None:
    [mum] = await keep(store, "call mum")
    async with running() as (app, pilot):
        await pilot.press("e", *letters(" and dad"), "enter")
        await until(pilot, lambda: "call mum and dad" in shown(app))
        await rest(pilot)
        await pilot.press("u")
        await until(pilot, lambda: "taken back: edited, call mum" in shown(app))
        assert (await store.get(mum)).text == "call mum"


async def test_where_there_is_nothing_to_take_back_it_says_so(running: Open, store: Store) -> None:
    async with running() as (app, pilot):
        await pilot.press("u")
        await until(pilot, lambda: "nothing to undo" in shown(app))
        assert (await store.page("ada", View.PAST, 0, 1)).total == 0
