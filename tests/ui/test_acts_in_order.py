"""What changes something is done in the order of the keys, and to what the person saw."""

import asyncio
from collections.abc import Sequence
from functools import wraps

import pytest

from later_tui.channels.base import Notification
from later_tui.config.settings import Settings
from later_tui.domain.errors import StoreError
from later_tui.domain.reminder import State
from later_tui.store import open_store
from later_tui.store.asyncstore import Store
from later_tui.store.command import Batch, command
from later_tui.store.records import View
from later_tui.ui.app import LaterApp
from later_tui.widgets.arrival import READ_S, Arrival, Arrived
from later_tui.widgets.quick_add import QuickAdd
from tests.ui import stage
from tests.ui.conftest import Open
from tests.ui.stage import DAY, KEYS, Thought, new, rest, until
from tests.widgets.showing import shown


async def keep(store: Store, *texts: str) -> list[str]:
    thoughts = [Thought(text=text, ends=(at + 2) * DAY) for at, text in enumerate(texts)]
    kept = [new(one, dice=stage.Dice(at)) for at, one in enumerate(thoughts)]
    return [(await store.add(one)).reminder_id for one in kept]


async def came(store: Store, *texts: str) -> list[str]:
    dice = [stage.Dice(50 + at) for at in range(len(texts))]
    thoughts = [Thought(text=text) for text in texts]
    return [
        await stage.deliver(store, one, dice=die) for one, die in zip(thoughts, dice, strict=True)
    ]


async def states(store: Store, ids: Sequence[str]) -> list[State]:
    return [(await store.get(one)).state for one in ids]


def slow(monkeypatch: pytest.MonkeyPatch, name: str, seconds: float) -> None:
    """Have the store's operation `name` take as long as over a slow line."""
    real = getattr(Store, name)

    @wraps(real)
    async def later(*args: object, **named: object) -> object:
        await asyncio.sleep(seconds)
        return await real(*args, **named)

    monkeypatch.setattr(Store, name, later)


def said(app: LaterApp) -> str:
    words = app.main.query_one(QuickAdd).said
    return words.problem or words.hint


async def test_undo_is_for_the_answer_before_it_however_long_that_takes(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = await keep(store, "one", "two")
    async with running() as (app, pilot):
        await pilot.press("x")
        await until(pilot, lambda: app.main.upcoming == 1)
        await rest(pilot)
        await pilot.pause(0.5)
        slow(monkeypatch, "answer", 0.15)
        await pilot.press("d", "u")
        await rest(pilot)
        assert await states(store, ids) == [State.RELEASED, State.SCHEDULED]


async def test_a_key_answers_what_was_read_and_not_what_came_in_that_moment(
    running: Open, store: Store
) -> None:
    ids = await came(store, "seen", "unseen")
    async with running() as (app, pilot):
        panel = app.main.query_one(Arrival)
        panel.add(Arrived(ids[0], 0, "seen"))
        await pilot.pause(READ_S + 0.1)
        panel.add(Arrived(ids[1], 0, "unseen"))
        await pilot.press("X")
        await rest(pilot)
        assert await states(store, ids) == [State.RELEASED, State.DELIVERED]


async def test_a_key_for_one_that_was_answered_elsewhere_answers_no_other(
    running: Open, store: Store
) -> None:
    ids = await came(store, "one", "two")
    async with running() as (app, pilot):
        panel = app.main.query_one(Arrival)
        panel.add(Arrived(ids[0], 0, "one"))
        panel.add(Arrived(ids[1], 0, "two"))
        await pilot.pause(READ_S + 0.1)
        panel.take(ids[0])
        await pilot.press("X")
        await rest(pilot)
        assert await states(store, ids) == [State.DELIVERED, State.DELIVERED]
        assert "press that again" in shown(app)


async def test_a_click_is_for_the_reminder_that_was_clicked(running: Open, store: Store) -> None:
    ids = await came(store, "one", "two")
    async with running() as (app, pilot):
        panel = app.main.query_one(Arrival)
        one, two = Arrived(ids[0], 0, "one"), Arrived(ids[1], 0, "two")
        panel.add(one)
        panel.add(two)
        panel.post_message(Arrival.Answered(two, "arrived.done"))
        await rest(pilot)
        assert await states(store, ids) == [State.DELIVERED, State.DONE]


async def test_marks_are_taken_from_what_was_answered_alone(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(store, "one", "two", "three")
    (arrived,) = await came(store, "back")
    async with running() as (app, pilot):
        await pilot.press("j", "space", "space")
        panel = app.main.query_one(Arrival)
        panel.add(Arrived(arrived, 0, "back"))
        await pilot.pause(READ_S + 0.1)
        await pilot.press("D")
        await rest(pilot)
        assert await states(store, [arrived]) == [State.DONE]
        assert "2 marked" in shown(app)
        slow(monkeypatch, "answer_many", 0.3)
        await pilot.press("d", "k", "k", "space")
        await rest(pilot)
        assert "1 marked" in shown(app)


async def test_half_an_answer_is_told(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = await keep(store, *[f"thought {at:03}" for at in range(100)])
    async with running() as (app, pilot):
        assert app.session.opened is not None
        wire, big = app.session.opened._wire, []
        real = wire.execute

        async def execute(batch: Batch) -> list[object]:
            batch = list(batch)
            if len(batch) > 20:
                big.append(len(batch))
            if len(big) >= 3:
                raise StoreError("Redis at x does not answer")
            return await real(batch)

        monkeypatch.setattr(wire, "execute", execute)
        await pilot.press("G", "asterisk", "x")
        await rest(pilot)
        found = await states(store, ids)
        assert 0 < found.count(State.RELEASED) < 100
        assert "some of the" in said(app)
        assert "may have been answered" in said(app)
        # Nor is that forgotten for a list that cannot be read for the same reason.
        app.main._look(app.main._fill(View.UPCOMING, range(30)))
        await rest(pilot)
        assert "may have been answered" in said(app)


async def test_lists_are_read_to_the_end_in_a_storm_over_a_slow_line(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(store, "one")
    async with running() as (app, pilot):
        slow(monkeypatch, "counts", 0.25)
        slow(monkeypatch, "workers", 0.25)
        for at in range(20):
            thought = Thought(text=f"s{at}", ends=(at + 3) * DAY)
            await store.add(new(thought, dice=stage.Dice(100 + at)))
            await pilot.pause(0.15)
        assert (app.main.upcoming or 0) > 5
        await until(pilot, lambda: app.main.upcoming == 21)


async def test_a_damaged_record_hides_no_other_that_comes_back(
    running: Open, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = await came(store, "broken", "sound")
    await store.run(iter_of(command("HSET", KEYS.task(broken), "due_at", "x")))
    async with running() as (app, pilot):
        from later_tui.store.claims import Event

        events = [Event("1-1", "delivered", one, "ada", None, ()) for one in (broken, sound)]
        await app.main.arrivals.hear(events)
        await pilot.pause()
        panel = app.main.query_one(Arrival)
        assert [one.text for one in panel.waiting] == ["sound"]
        assert "cannot be shown" in caplog.text


async def test_what_should_not_happen_is_said_and_logged_and_ends_nothing(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await keep(store, "one")
    async with running() as (app, pilot):

        async def fails(*_: object, **__: object) -> None:
            raise ZeroDivisionError("a fault of ours")

        monkeypatch.setattr(Store, "answer", fails)
        await pilot.press("d")
        await rest(pilot)
        assert said(app) == "that went wrong (ZeroDivisionError); L shows the log"
        assert app.is_running
        assert "a fault of ours" in caplog.text


async def test_of_two_answers_to_one_the_second_waits_to_be_meant(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = await keep(store, "one", "two")
    async with running() as (_, pilot):
        slow(monkeypatch, "answer", 0.1)
        for key in ("d", "r", "x"):
            await pilot.press(key)
        await rest(pilot)
        assert await states(store, ids) == [State.DONE, State.SCHEDULED]
        assert (await store.get(ids[0])).round == 0
        await pilot.press("j", "x")
        await rest(pilot)
        assert await states(store, ids) == [State.DONE, State.RELEASED]


@pytest.mark.parametrize("page", ["4", "question_mark"])
async def test_what_comes_by_the_app_itself_is_seen_on_every_page(
    settings: Settings, page: str
) -> None:
    given = Notification(
        reminder_id="abc",
        message_id="abc",
        username="ada",
        round=0,
        text="[b]call[/] mum",
        origin=new(Thought(text="x"), dice=stage.Dice(1)).origin,
        due_at=stage.NOW,
    )
    app = LaterApp(stage.session(settings), open_store, work=False)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: app.main.upcoming is not None)
        await pilot.press(page)
        await rest(pilot)
        assert app._show_toast(given)
        await until(pilot, lambda: "[b]call[/] mum" in shown(app))
        app._terminal.lent = True
        assert not app._show_toast(given)
    await app.aclose()


def iter_of(*commands: object):  # type: ignore[no-untyped-def]
    yield list(commands)
