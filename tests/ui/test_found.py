"""What was found is a list: it is gone through, answered, and left."""

from later_tui.config.settings import Settings
from later_tui.domain.reminder import Answer, State
from later_tui.store.asyncstore import Store
from tests.ui import stage
from tests.ui.conftest import Open
from tests.ui.stage import DAY, HOUR, NOW, Thought, new, rest, until
from tests.ui.test_finding import looked, rows
from tests.widgets.showing import letters, shown


async def test_escape_goes_back_to_the_list_that_was_shown(
    running: Open, store: Store, settings: Settings
) -> None:
    await stage.fill(store, settings)
    async with running() as (app, pilot):
        await pilot.press("2", "slash", *letters("tide"))
        await looked(app, pilot)
        assert rows(app) == ["what was that book about tides?"]
        await pilot.press("enter")
        await rest(pilot)
        assert app.main._shelf.shown.has_focus
        await pilot.press("escape")
        await rest(pilot)
        assert app.main._shelf.view == "past"
        assert len(rows(app)) == 7
        await pilot.press("slash")
        await rest(pilot)
        assert rows(app) == []


async def test_what_was_found_is_answered_and_stays_found_as_it_is_then(
    running: Open, store: Store
) -> None:
    mum = new(Thought(text="call mum"))
    await store.add(mum)
    async with running() as (app, pilot):
        await pilot.press("slash", *letters("mum"), "enter")
        await looked(app, pilot)
        await pilot.press("d")
        await until(pilot, lambda: "✓ done" in shown(app))
        assert (await store.get(mum.id)).state is State.DONE
        assert rows(app) == ["call mum"]


async def test_all_that_was_found_can_be_seen_and_answered(running: Open, store: Store) -> None:
    many = [
        new(Thought(text=f"tide {at:03}", ends=(at + 3) * HOUR), dice=stage.Dice(1000 + at))
        for at in range(300)
    ]
    await store.add_many(many)
    async with running() as (app, pilot):
        await pilot.press("slash", *letters("tide"), "enter")
        await looked(app, pilot)
        await pilot.press("G")
        await rest(pilot)
        assert "tide 299" in shown(app)
        assert app.main._shelf.selected.text == "tide 299"  # type: ignore[union-attr]
        await pilot.press("g")
        await rest(pilot)
        assert app.main._shelf.selected.text == "tide 000"  # type: ignore[union-attr]


async def test_what_is_found_by_other_words_is_looked_at_from_its_top(
    running: Open, store: Store
) -> None:
    for at in range(6):
        thought = Thought(text=f"thought {at}" + " mum" * (at == 5), ends=(at + 1) * DAY)
        await store.add(new(thought, dice=stage.Dice(at)))
    async with running() as (app, pilot):
        await pilot.press("slash", *"mum")
        await until(pilot, lambda: app.main._shelf.shown.total == 1)
        await pilot.press("ctrl+u", *"thought")
        await until(pilot, lambda: app.main._shelf.shown.total == 6)
        await pilot.press("enter")
        await rest(pilot)
        assert app.main._shelf.selected is not None
        assert app.main._shelf.selected.text == "thought 0"


async def test_after_an_answer_the_cursor_is_on_the_row_below(
    running: Open, store: Store, settings: Settings
) -> None:
    for back in range(6):
        thought = Thought(text=f"book {back}", ends=DAY)
        reminder_id = await stage.deliver(store, thought, dice=stage.Dice(100 * back))
        await store.run(stage.settled(reminder_id, NOW - back * HOUR, "past"))
        await store.run(stage.settled(reminder_id, NOW - back * HOUR, "unanswered"))
    async with running() as (app, pilot):
        await pilot.press("3")  # they are loaded
        await rest(pilot)
        await pilot.press("slash", *letters("is:unanswered"), "enter")
        await looked(app, pilot)
        assert rows(app) == [f"book {back}" for back in range(6)]
        await pilot.press("j", "d")
        await until(pilot, lambda: len(rows(app)) == 5)
        await rest(pilot)
        assert app.main._shelf.shown.cursor == 1
        await pilot.press("d")
        await until(pilot, lambda: len(rows(app)) == 4)
        assert rows(app) == ["book 0", "book 3", "book 4", "book 5"]


async def test_what_was_found_follows_what_happens_to_it(
    running: Open, store: Store, settings: Settings
) -> None:
    mum, ida = new(Thought(text="call mum")), new(Thought(text="call Ida"), dice=stage.Dice(7))
    await store.add_many([mum, ida])
    async with running() as (app, pilot):
        await pilot.press("slash", *letters("call"), "enter")
        await looked(app, pilot)
        await store.answer(settings, ida.id, Answer.DONE, now=NOW)
        await until(pilot, lambda: "✓ done" in shown(app))
        await rest(pilot)
        assert rows(app)[0] == "call mum"
        await pilot.press("e", *letters(" again"), "enter")
        await until(pilot, lambda: rows(app)[0] == "call mum again")
        # The list may hear of it before the box has its answer.
        await until(pilot, lambda: app.main._shelf.shown.has_focus)
        await rest(pilot)
        await pilot.press("d")
        await until(pilot, lambda: "call mum again" in app.main._box.said.hint)
        assert (await store.get(mum.id)).state is State.DONE


async def test_what_nearly_matches_is_shown_as_it_is_now(
    running: Open, store: Store, settings: Settings
) -> None:
    await store.add(new(Thought(text="visit the landlord")))
    async with running() as (app, pilot):
        await pilot.press("d")
        await until(pilot, lambda: app.main.upcoming == 0)
        await pilot.press("slash", *letters("landlord"))
        await looked(app, pilot)
        assert "✓ done" in shown(app)
        await pilot.press("escape", "3", "u")  # the list in which it stands is not read
        await until(pilot, lambda: app.main.upcoming == 1)
        await rest(pilot)
        await pilot.press("slash", *letters("landlrd"))
        await looked(app, pilot)
        assert rows(app) == ["visit the landlord"]
        assert "✓ done" not in shown(app)
