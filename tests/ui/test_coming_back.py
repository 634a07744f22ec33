"""What comes back while the app is open: shown without taking a key, answered, put aside."""

from later_tui.config.settings import Settings
from later_tui.domain.reminder import Answer, State
from later_tui.store.asyncstore import Store
from later_tui.ui.giving import target
from later_tui.widgets.arrival import Arrival
from later_tui.widgets.quick_add import QuickAdd
from tests.ui import stage
from tests.ui.conftest import Open
from tests.ui.stage import DAY, NOW, UPCOMING, Thought, new, rest, until
from tests.widgets.showing import letters, shown

MUM = Thought(text="call mum", ends=3 * DAY, tags=("family",))


async def test_what_comes_back_appears_and_takes_no_key_from_who_is_writing(
    running: Open, store: Store, settings: Settings
) -> None:
    async with running() as (app, pilot):
        await pilot.press("a", *letters("half "))
        came = await stage.deliver(store, MUM)
        await until(pilot, lambda: app.main.query_one(Arrival).current)
        await pilot.press(*letters("a Thought"))
        assert app.main.unkept == "half a Thought"
        assert "it came back" in shown(app)
        await rest(pilot)
        await pilot.press("escape", "D")
        await until(pilot, lambda: app.main.query_one(Arrival).current is None)
        assert (await store.get(came)).state is State.DONE
        assert app.main.unkept == "half a Thought"


async def test_what_came_back_can_be_answered_with_the_mouse_and_put_aside(
    running: Open, store: Store
) -> None:
    async with running() as (app, pilot):
        panel = app.main.query_one(Arrival)
        came = await stage.deliver(store, MUM)
        await until(pilot, lambda: panel.current)
        await rest(pilot)
        await pilot.click("Arrival Hints", offset=(1, 0))
        await until(pilot, lambda: panel.current is None)
        assert (await store.get(came)).state is State.DONE
        other = await stage.deliver(store, UPCOMING[0])
        await until(pilot, lambda: panel.current)
        await pilot.press("escape")
        assert panel.current is None
        assert (await store.get(other)).state is State.DELIVERED
        await rest(pilot)
        assert "Unanswered 1" in shown(app)


async def test_an_answer_given_elsewhere_takes_it_off_the_panel(
    running: Open, store: Store, settings: Settings
) -> None:
    async with running() as (app, pilot):
        panel = app.main.query_one(Arrival)
        came = await stage.deliver(store, MUM)
        await until(pilot, lambda: panel.current)
        await store.answer(settings, came, Answer.DONE, now=NOW)
        await until(pilot, lambda: panel.current is None)


async def test_an_answer_to_an_earlier_round_is_void_and_says_so(
    running: Open, store: Store, settings: Settings
) -> None:
    mum = new(MUM)
    await store.add(mum)
    async with running() as (app, pilot):
        app.main.action_view("past")  # the screen goes on showing what it read
        reminder = await store.get(mum.id)
        await store.answer(settings, mum.id, Answer.AGAIN, now=NOW, round_=0)
        app.main._answer(Answer.DONE, [target(reminder)])
        await rest(pilot)
        assert (await store.get(mum.id)).state is State.SCHEDULED
        assert app.main.query_one(QuickAdd).said.problem


async def test_in_a_low_terminal_the_box_makes_room_for_what_answers(
    running: Open, store: Store
) -> None:
    async with running(size=(60, 16)) as (app, pilot):
        await pilot.press("a")
        app.main.query_one(QuickAdd).text = " ".join(f"word{number}" for number in range(60))
        await pilot.pause()
        await stage.deliver(store, Thought(text="lorem ipsum " * 30, ends=DAY, tags=("latin",)))
        await until(pilot, lambda: "it came back" in shown(app))
        await rest(pilot)
        said = shown(app)
        for words in ("word59", "lorem ipsum", "#latin", "X let go", "from you", "esc back"):
            assert words in said, said
        await pilot.press("escape", "D")
        await rest(pilot)
        assert "word50" in shown(app)
        assert "word30" in shown(app)  # it has its room again
