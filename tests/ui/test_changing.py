"""While Redis hangs, what was asked of it is told, and can be stopped; nothing is done twice."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from later_tui.domain.reminder import State
from later_tui.store import asyncwire
from later_tui.store.asyncstore import Store
from later_tui.store.command import Flow, Reply, command
from later_tui.store.records import View
from later_tui.ui.app import LaterApp
from later_tui.ui.keeping import Keeper
from later_tui.ui.screens.main_base import FINISH_S
from later_tui.widgets.chip_line import Said
from later_tui.widgets.quick_add import QuickAdd
from tests.ui import stage
from tests.ui.conftest import Open
from tests.ui.stage import DAY, Thought, new, rest, until
from tests.ui.test_acts_in_order import slow, states
from tests.widgets.showing import letters, shown

STOPPED = "stopped; it may be {} all the same"


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ends here ends because it was stopped, and not since Redis was given up."""
    monkeypatch.setattr(asyncwire, "TIMEOUT_S", 60.0)


def box(app: LaterApp) -> QuickAdd:
    return app.main.query_one(QuickAdd)


def hint(app: LaterApp) -> str:
    return box(app).said.hint


async def keep(store: Store, *texts: str) -> list[str]:
    thoughts = [Thought(text=text, ends=(at + 2) * DAY) for at, text in enumerate(texts)]
    kept = [new(one, dice=stage.Dice(at)) for at, one in enumerate(thoughts)]
    return [(await store.add(one)).reminder_id for one in kept]


async def server_of(store: Store) -> int:
    """Return the process of the store's own server."""

    def flow() -> Flow[Reply]:
        (words,) = yield [command("INFO", "server")]
        return words

    words = await store.run(flow())
    assert isinstance(words, bytes)
    lines = dict(line.split(":", 1) for line in words.decode().splitlines() if ":" in line)
    return int(lines["process_id"])


@contextmanager
def hanging(process: int) -> Iterator[None]:
    """Have the server hang: it takes commands, and answers when it goes on."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


async def test_an_answer_that_hangs_is_told_and_given_when_redis_goes_on(
    running: Open, store: Store
) -> None:
    ids = await keep(store, "call mum")
    async with running() as (app, pilot):
        with hanging(await server_of(store)):
            await pilot.press("d")
            await until(pilot, lambda: box(app).said == Said(hint="answering…; esc stops"))
        await until(pilot, lambda: hint(app) == "done: call mum")
        assert await states(store, ids) == [State.DONE]


async def test_an_answer_that_hangs_is_stopped_and_what_came_after_it_is_not_begun(
    running: Open, store: Store
) -> None:
    ids = await keep(store, "one", "two", "three")
    async with running() as (app, pilot):
        with hanging(await server_of(store)):
            await pilot.press("d")
            await until(pilot, lambda: hint(app) == "answering…; esc stops")
            await pilot.press("j", "x")
            await until(pilot, lambda: hint(app) == "answering…, 1 more to do; esc stops")
            await pilot.press("escape")
            wanted = "stopped: the first may be answered all the same, the other is not"
            await until(pilot, lambda: hint(app) == wanted)
        await until(pilot, lambda: not app.session.trouble)
        await rest(pilot)
        first, *others = await states(store, ids)
        assert others == [State.SCHEDULED, State.SCHEDULED]
        # Whatever Redis did, the list says so by itself.
        await until(pilot, lambda: app.main.upcoming == 2 + (first is State.SCHEDULED))
        await pilot.press("j", "d")
        await until(pilot, lambda: hint(app).startswith("done: "))


@pytest.mark.parametrize(
    ("keys", "words", "done"),
    [("u", "taking back…", "taken back"), ("n", "sending again…", "sent again")],
)
async def test_so_are_undo_and_sending_again(
    running: Open, store: Store, keys: str, words: str, done: str
) -> None:
    await keep(store, "one", "two")
    async with running() as (app, pilot):
        await pilot.press("d")
        await until(pilot, lambda: hint(app) == "done: one")
        await pilot.press("2")
        await rest(pilot)
        with hanging(await server_of(store)):
            await pilot.press(keys)
            await until(pilot, lambda: hint(app) == f"{words}; esc stops")
            await pilot.press("escape")
            await until(pilot, lambda: hint(app) == STOPPED.format(done))


async def test_escape_stops_nothing_of_which_it_is_not_said(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = await keep(store, "one", "two")
    async with running() as (app, pilot):
        slow(monkeypatch, "answer", 0.1)
        await pilot.press("d", "escape")
        await until(pilot, lambda: hint(app) == "done: one")
        assert await states(store, ids) == [State.DONE, State.SCHEDULED]


async def test_the_persons_own_key_is_named_and_stops(running: Open, store: Store) -> None:
    await keep(store, "one")
    async with running() as (app, pilot):
        app.own_keys = {"arrived.aside": "z"}
        app.set_keymap({"arrived.aside": "z"})
        with hanging(await server_of(store)):
            await pilot.press("d")
            await until(pilot, lambda: hint(app) == "answering…; z stops")
            await pilot.press("z")
            await until(pilot, lambda: hint(app) == STOPPED.format("answered"))


async def test_escape_in_the_line_for_finding_stops_first(running: Open, store: Store) -> None:
    await keep(store, "one")
    async with running() as (app, pilot):
        with hanging(await server_of(store)):
            await pilot.press("d", "slash")
            await until(pilot, lambda: hint(app) == "answering…; esc stops")
            await pilot.press("escape")
            await until(pilot, lambda: hint(app) == STOPPED.format("answered"))
            assert app.main._shelf.finding
            await pilot.press("escape")
            await until(pilot, lambda: not app.main._shelf.finding)


async def test_a_thought_that_hangs_is_kept_here_by_escape_and_handed_on(
    running: Open, store: Store
) -> None:
    async with running() as (app, pilot):
        with hanging(await server_of(store)):
            await pilot.press("a", *letters("call mum"), "enter")
            keeping = "keeping…; esc keeps it on this machine"
            await until(pilot, lambda: hint(app) == keeping)
            await pilot.press("escape")
            await until(pilot, lambda: hint(app).startswith("kept on this machine until"))
            assert not box(app).text
            assert box(app).editing
            assert len(app.session.outbox) == 1
        await until(pilot, lambda: app.main.upcoming == 1)
        await until(pilot, lambda: len(app.session.outbox) == 0)
        await until(pilot, lambda: hint(app).startswith("kept; it comes back"))
        page = await store.page("ada", View.UPCOMING, 0, 9)
        assert [one.text for one in page.reminders] == ["call mum"]


async def test_a_change_that_hangs_stays_in_the_box_when_it_is_stopped(
    running: Open, store: Store
) -> None:
    ids = await keep(store, "call mum")
    async with running() as (app, pilot):
        with hanging(await server_of(store)):
            await pilot.press("e", *letters(" and dad"), "enter")
            await until(pilot, lambda: hint(app) == "changing…; esc stops")
            await pilot.press("escape")
            said = "stopped; it may be changed all the same. Enter tries again"
            await until(pilot, lambda: box(app).said.problem == said)
            assert box(app).text.startswith("call mum and dad")
            assert box(app).editing
        await until(pilot, lambda: not app.session.trouble)
        await pilot.press("enter")
        await until(pilot, lambda: hint(app).startswith("changed; it comes back"))
        assert (await store.get(*ids)).text == "call mum and dad"


async def test_a_list_that_hangs_is_kept_here_when_it_is_stopped(
    running: Open, store: Store
) -> None:
    async with running() as (app, pilot):
        with hanging(await server_of(store)):
            await pilot.press("a")
            box(app).paste("one\ntwo\nthree")
            await until(pilot, lambda: "keep them all" in shown(app))
            await pilot.press("enter")
            await until(pilot, lambda: hint(app) == "keeping…; esc stops")
            await pilot.press("escape")
            wanted = "kept on this machine until Redis is back: 3 thoughts"
            await until(pilot, lambda: hint(app) == wanted)
        await until(pilot, lambda: app.main.upcoming == 3)
        await until(pilot, lambda: len(app.session.outbox) == 0)


async def test_escape_stops_what_the_box_names_and_the_rest_is_told_again(
    running: Open, store: Store
) -> None:
    await keep(store, "one")
    async with running() as (app, pilot):
        with hanging(await server_of(store)):
            await pilot.press("d")
            await until(pilot, lambda: hint(app) == "answering…; esc stops")
            await pilot.press("a", *letters("call mum"), "enter")
            await until(pilot, lambda: hint(app).startswith("keeping…; esc keeps it"))
            await pilot.press("escape")
            await until(pilot, lambda: len(app.session.outbox) == 1)
            assert hint(app).startswith("kept on this machine")
            await until(pilot, lambda: hint(app) == "answering…; esc stops")
            await pilot.press("escape")
            await until(pilot, lambda: hint(app) == STOPPED.format("answered"))


async def test_what_hangs_is_told_again_over_any_other_sentence(
    running: Open, store: Store
) -> None:
    await keep(store, "one", "two")
    async with running() as (app, pilot):
        with hanging(await server_of(store)):
            await pilot.press("d")
            await until(pilot, lambda: hint(app) == "answering…; esc stops")
            await pilot.press("o")
            assert "order" in hint(app)
            await until(pilot, lambda: hint(app) == "answering…; esc stops")
        await until(pilot, lambda: hint(app) == "done: one")


async def test_the_key_that_stops_is_the_one_where_the_keys_go_now(
    running: Open, store: Store
) -> None:
    await keep(store, "one")
    async with running() as (app, pilot):
        app.own_keys = {"arrived.aside": "z"}
        with hanging(await server_of(store)):
            await pilot.press("d")
            await until(pilot, lambda: hint(app) == "answering…; z stops")
            await pilot.press("a")
            await until(pilot, lambda: hint(app) == "answering…; esc stops")


async def test_escape_is_remembered_while_the_words_are_still_being_read(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running() as (app, pilot):
        plan = Keeper.plan

        def slowly(*args: Any) -> Any:
            time.sleep(0.8)
            return plan(*args)

        monkeypatch.setattr(Keeper, "plan", slowly)
        with hanging(await server_of(store)):
            await pilot.press("a", *letters("call mum"), "enter")
            await until(pilot, lambda: hint(app).startswith("keeping…"))
            await pilot.press("escape")
            assert len(app.session.outbox) == 0
            await until(pilot, lambda: len(app.session.outbox) == 1)
            assert box(app).editing


@pytest.mark.parametrize("count", [1, 5])
async def test_the_app_is_left_in_time_however_many_answers_hang(
    running: Open, store: Store, count: int
) -> None:
    await keep(store, *map(str, range(count)))
    async with running() as (app, pilot):
        with hanging(await server_of(store)):
            for _ in range(count):
                await pilot.press("d", "j")
            await pilot.press("q")
            await until(pilot, lambda: not app.is_running, FINISH_S + 3)
