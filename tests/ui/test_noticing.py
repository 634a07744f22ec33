"""What comes back while another page is in front: one notice, which says how to answer."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from textual.widgets._toast import Toast

from later_tui.channels.base import Notification
from later_tui.config.settings import Settings
from later_tui.domain.reminder import Answer, State
from later_tui.store.asyncstore import Store
from later_tui.store.claims import Event
from later_tui.ui import noticing
from later_tui.ui.app import LaterApp
from later_tui.widgets.arrival import Arrival, Arrived
from later_tui.widgets.hints import Hints
from later_tui.widgets.notice import Notice
from later_tui.widgets.status_bar import StatusBar
from tests.ui import stage
from tests.ui.conftest import Open, Running
from tests.ui.stage import DAY, NOW, Thought, rest, session, until
from tests.widgets.showing import letters, shown

MUM = Thought(text="call mum", ends=3 * DAY)
TIDES = Thought(text="what was that book about tides?", ends=4 * DAY)


def notices(app: LaterApp) -> list[Notice]:
    return [notice for screen in app.screen_stack for notice in screen.query(Notice)]


@pytest.fixture
async def elsewhere(running: Open) -> AsyncIterator[Running]:
    """The app on the page of pictures."""
    async with running(size=(80, 24)) as (app, pilot):
        await pilot.press("4")
        await rest(pilot)
        yield app, pilot


def direct(text: str, *, count: int = 1) -> Notification:
    return Notification(
        reminder_id=text,
        message_id=text,
        username="ada",
        round=0,
        text=text,
        origin=stage.new(MUM, dice=stage.Dice(1)).origin,
        due_at=NOW,
        count=count,
    )


async def test_one_notice_tells_of_all_that_comes_and_how_to_answer(
    elsewhere: Running, store: Store
) -> None:
    app, pilot = elsewhere
    await stage.deliver(store, MUM)
    await until(pilot, lambda: notices(app))
    await rest(pilot)
    said = shown(app)
    for words in ("it came back ─", "call mum", "esc, then D done  R again  S snooze  X let go"):
        assert words in said
    await stage.deliver(store, TIDES)
    await stage.deliver(store, Thought(text="[b]buy[/] milk", ends=DAY))
    await until(pilot, lambda: "3 came back; the last:" in shown(app))
    await rest(pilot)
    assert "[b]buy[/] milk" in shown(app)
    assert "call mum" not in shown(app)
    assert len(notices(app)) == 1
    assert not app.screen.query(Toast)


@pytest.mark.parametrize(("count", "told"), [(50, "50 came back"), (60, "many came back")])
async def test_of_a_storm_it_says_no_count_that_is_not_so(
    elsewhere: Running, count: int, told: str
) -> None:
    app, pilot = elsewhere
    panel = app.main.query_one(Arrival)
    for at in range(count):
        panel.add(Arrived(f"a{at}", 0, "👩‍👩‍👧‍👦 dinner"))
    await until(pilot, lambda: f"{told}; the last:" in shown(app))
    assert "👩👩👧👦 dinner" in shown(app)


async def test_of_what_comes_in_one_go_it_says_no_count_either(running: Open, store: Store) -> None:
    ids = [await stage.deliver(store, MUM, dice=stage.Dice(at)) for at in range(25)]
    async with running() as (app, pilot):
        await pilot.press("4")
        events = [Event(f"{at}-1", "delivered", one, "ada", None, ()) for at, one in enumerate(ids)]
        await app.main.arrivals.hear(events)
        await until(pilot, lambda: "many came back; the last:" in shown(app))
        await pilot.press("escape")
        await until(pilot, lambda: "it came back, and many more" in shown(app))
        panel = app.main.query_one(Arrival)
        assert len(panel.waiting) < len(ids)
        for one in panel.waiting:
            panel.take(one.key)
        panel.add(Arrived("another", 0, "call mum"))
        await until(pilot, lambda: "it came back ─" in shown(app))


async def test_its_keys_answer_the_one_that_it_tells_of(running: Open, store: Store) -> None:
    async with running() as (app, pilot):
        await stage.deliver(store, MUM)
        await until(pilot, lambda: "call mum" in shown(app))
        await pilot.press("question_mark")
        tides = await stage.deliver(store, TIDES)
        await until(pilot, lambda: notices(app))
        await rest(pilot)
        assert "book about tides?" in shown(app, notices(app)[0])
        await pilot.press("escape", "D")
        await rest(pilot)
        assert (await store.get(tides)).state is State.DONE
        assert "call mum" in shown(app, app.main.query_one(Arrival))


async def test_what_comes_twice_is_told_once(elsewhere: Running, store: Store) -> None:
    app, pilot = elsewhere
    came = await store.get(await stage.deliver(store, MUM))
    notification = replace(direct("call mum"), reminder_id=came.id, round=came.round)
    assert app._show_toast(notification)
    await until(pilot, lambda: notices(app))
    await rest(pilot)
    assert "it came back ─" in shown(app)


async def test_what_a_digest_stands_for_is_told_by_the_reminders_themselves(
    elsewhere: Running, store: Store
) -> None:
    app, pilot = elsewhere
    assert app._show_toast(direct("3 reminders", count=3))
    for thought in (MUM, TIDES):
        await stage.deliver(store, thought)
    await until(pilot, lambda: "2 came back; the last:" in shown(app))


async def test_it_goes_with_the_page_and_when_it_is_answered(
    elsewhere: Running, store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, pilot = elsewhere
    monkeypatch.setattr(noticing, "SHOWN_S", 3600)
    first = await stage.deliver(store, MUM)
    await until(pilot, lambda: notices(app))
    await store.answer(settings, first, Answer.DONE, now=NOW)
    await until(pilot, lambda: not notices(app))
    second = await stage.deliver(store, TIDES)
    await until(pilot, lambda: notices(app))
    await rest(pilot)
    await pilot.press("escape")
    await until(pilot, lambda: app.screen is app.main)
    await rest(pilot)
    assert not notices(app)
    await pilot.press("D")
    await rest(pilot)
    assert (await store.get(second)).state is State.DONE
    await pilot.press("4")
    await rest(pilot)
    assert not notices(app)


async def test_it_goes_on_its_own_after_the_last_one(
    elsewhere: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, pilot = elsewhere
    monkeypatch.setattr(noticing, "SHOWN_S", 0.4)
    app._show_toast(direct("one"))
    await until(pilot, lambda: notices(app))
    await asyncio.sleep(0.2)
    app._show_toast(direct("two"))
    await asyncio.sleep(0.3)
    await pilot.pause()
    assert notices(app)
    await until(pilot, lambda: not notices(app))


async def test_it_follows_to_the_next_page_and_names_each_way_back(
    elsewhere: Running, store: Store
) -> None:
    app, pilot = elsewhere
    await stage.deliver(store, MUM)
    await until(pilot, lambda: notices(app))
    await pilot.press("question_mark")
    await until(pilot, lambda: "esc esc, then D done" in shown(app))
    assert len(notices(app)) == 1
    await pilot.press("escape")
    await until(pilot, lambda: "─ esc, then D done" in shown(app))
    assert len(notices(app)) == 1


async def test_where_words_are_being_written_at_home_one_more_key_is_named(
    running: Open, store: Store
) -> None:
    async with running(size=(80, 24)) as (app, pilot):
        await pilot.press("a", *letters("half a thought"), "ctrl+p")
        await rest(pilot)
        await stage.deliver(store, MUM)
        await until(pilot, lambda: "esc esc, then D done" in shown(app))


async def test_the_persons_own_keys_are_named(
    running: Open, settings: Settings, store: Store
) -> None:
    own = {"arrived.done": "K", "arrived.again": "", "pictures.close": "b"}
    async with running(session=session(replace(settings, keys=own)), size=(80, 24)) as (app, pilot):
        await pilot.press("4")
        await rest(pilot)
        await stage.deliver(store, MUM)
        await until(pilot, lambda: "b, then K done  S snooze  X let go" in shown(app))


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36)])
@pytest.mark.parametrize("key", ["4", "question_mark", "i"])
async def test_it_covers_neither_the_status_line_nor_the_keys(
    running: Open, store: Store, size: tuple[int, int], key: str
) -> None:
    async with running(size=size) as (app, pilot):
        await pilot.press(key)
        await rest(pilot)
        long = Thought(text="a thought of a great many words, more than a line holds " * 3)
        await stage.deliver(store, long)
        await until(pilot, lambda: notices(app))
        await rest(pilot)
        (notice,) = notices(app)
        assert notice.region.height == 3
        assert notice.region.x >= 1
        assert notice.region.right < size[0]
        told = [*app.screen.query(Hints), *app.screen.query(StatusBar)]
        assert told
        assert not any(notice.region.overlaps(one.region) for one in told)
        assert notice.region.y >= 1
        assert "…" in shown(app, notice)
        assert "X" in shown(app, notice)


async def test_a_click_on_it_goes_to_where_it_is_answered(elsewhere: Running, store: Store) -> None:
    app, pilot = elsewhere
    await pilot.press("question_mark")
    await rest(pilot)
    await stage.deliver(store, MUM)
    await until(pilot, lambda: notices(app))
    await rest(pilot)
    await pilot.click(Notice)
    await until(pilot, lambda: app.screen is app.main)


async def test_at_home_the_panel_is_enough(running: Open, store: Store) -> None:
    async with running() as (app, pilot):
        await stage.deliver(store, MUM)
        await rest(pilot)
        assert "it came back" in shown(app)
        assert not notices(app)


async def test_what_comes_as_the_app_ends_is_no_fault(running: Open) -> None:
    async with running() as (app, _):
        noticing = app.noticing
    app.on_arrival_changed(Arrival.Changed(()))
    noticing.follow((Arrived("a", 0, "call mum"),))
    noticing._moved(app.main)
    app.make_way()
