"""Whatever is in the store, the lists follow it."""

import pytest

from later_tui.config.settings import Settings
from later_tui.store import deliveries
from later_tui.store.asyncstore import Store
from later_tui.store.claims import Event
from later_tui.store.command import Flow, command
from later_tui.store.records import View
from tests.ui import stage
from tests.ui.conftest import Open
from tests.ui.stage import KEYS, Thought, new, rest, until
from tests.widgets.showing import shown


@pytest.mark.parametrize("due", ["soon", "nan", "inf", "1e999", "", "\xff"])
async def test_a_strange_event_ends_nothing(running: Open, store: Store, due: str) -> None:
    def strange() -> Flow[None]:
        yield [command("XADD", KEYS.events, "*", "kind", "x", "due", due)]

    async with running() as (app, pilot):
        await store.run(strange())
        await rest(pilot)
        assert not app.session.trouble
        await store.add(new(Thought(text="call mum")))
        await until(pilot, lambda: "call mum" in shown(app))


def test_an_event_without_a_number_has_no_due_time() -> None:
    entry = (b"1-1", [b"kind", b"x", b"due", b"soon", b"id", b"abc"])
    last, [event] = deliveries.events([[b"events", [entry]]])
    assert last == "1-1"
    assert event.due_at is None
    assert (event.kind, event.reminder_id) == ("x", "abc")


async def test_what_is_not_expected_is_logged_and_the_lists_follow_again(
    running: Open,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    events, fails = Store.events, [2]

    async def read(store: Store, after: str, block_ms: int) -> tuple[str, tuple[Event, ...]]:
        found = await events(store, after, block_ms)
        if fails[0]:
            fails[0] -= 1
            raise ZeroDivisionError("a fault of ours")
        return found

    async with running() as (app, pilot):
        monkeypatch.setattr(Store, "events", read)
        await store.add(new(Thought(text="call mum")))
        await store.add(new(Thought(text="book the dentist")))
        await until(pilot, lambda: "call mum" in shown(app) and "dentist" in shown(app))
        await until(pilot, lambda: not app.session.trouble)
        assert "a fault of ours" in caplog.text
        assert "following the store failed" in caplog.text


async def test_a_record_with_a_far_time_is_listed_and_opened(
    running: Open, store: Store, settings: Settings
) -> None:
    await stage.fill(store, settings)
    first = (await store.page("ada", View.PAST, 0, 1)).reminders[0].id

    def far() -> Flow[None]:
        yield [command("HSET", KEYS.task(first), "settled_at", 10**17)]

    await store.run(far())
    async with running() as (app, pilot):
        await pilot.press("2")
        await until(pilot, lambda: "9999" in shown(app))
        await pilot.press("enter")
        await rest(pilot)
        assert "state" in shown(app)
        await pilot.press("escape")
