"""The footer offers what does something now, and never more than fits."""

import asyncio

from later_tui.domain.reminder import Delivery, State
from later_tui.store.asyncstore import Store
from later_tui.store.records import View
from later_tui.ui import footers
from later_tui.widgets.hints import Hint
from later_tui.widgets.key_footer import KeyFooter
from tests.ui.conftest import Open
from tests.ui.stage import Thought, deliver, new, rest, until
from tests.ui.test_detail import unsure
from tests.widgets.showing import letters, shown


def footer(app: object) -> str:
    return shown(app, app.main.query_one(KeyFooter))  # type: ignore[attr-defined,arg-type]


async def test_an_empty_list_offers_no_answer(running: Open) -> None:
    async with running() as (app, pilot):
        await rest(pilot)
        assert "done" not in footer(app)
        assert "a add" in footer(app)
        assert footer(app).strip().endswith("? help")
        await pilot.press("a", *letters("call mum"), "enter", "escape")
        await until(pilot, lambda: "d done" in footer(app))


async def test_the_box_says_that_words_stay_where_there_are_any(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("a")
        await rest(pilot)
        assert "esc back" in footer(app)
        assert "words stay" not in footer(app)
        await pilot.press("x")
        await rest(pilot)
        assert "esc back, words stay" in footer(app)
        assert "ctrl+p palette" in footer(app)


async def test_tab_is_offered_only_while_there_is_a_completion(running: Open, store: Store) -> None:
    await store.add(new(Thought(text="call mum", tags=("family",))))
    async with running() as (app, pilot):
        await pilot.press("a", *letters("fig #fa"))
        await until(pilot, lambda: "tab complete" in footer(app))
        await pilot.press("tab")
        await until(pilot, lambda: "tab complete" not in footer(app))
        assert app.main.unkept == "fig #family"


async def test_marks_are_counted_and_taken_away_by_escape(running: Open, store: Store) -> None:
    for text in ("one", "another"):
        await store.add(new(Thought(text=text)))
    async with running() as (app, pilot):
        await pilot.press("space", "space")
        await rest(pilot)
        assert "2 marked" in footer(app)
        assert "esc unmark" in footer(app)
        await pilot.press("escape")
        await rest(pilot)
        assert "marked" not in footer(app)


async def test_a_narrow_terminal_keeps_help(running: Open, store: Store) -> None:
    await store.add(new(Thought(text="call mum")))
    async with running(size=(60, 16)) as (app, pilot):
        await rest(pilot)
        for keys in ((), ("2",), ("1", "space"), ("escape", "slash", *letters("mum"), "enter")):
            await pilot.press(*keys)
            await rest(pilot)
            await asyncio.sleep(0)
            assert footer(app).strip().endswith("? help")


async def test_the_way_out_of_marks_stays_in_a_narrow_terminal(running: Open, store: Store) -> None:
    for text in ("one", "another"):
        await store.add(new(Thought(text=text)))
    async with running(size=(60, 16)) as (app, pilot):
        await pilot.press("space", "space")
        await rest(pilot)
        assert footer(app).strip().startswith("2 marked  esc unmark  r again  d done  x let go")


async def test_what_can_be_sent_again_is_offered_first(running: Open) -> None:
    async with running() as (app, _):
        for told in (
            footers.footer(app.main, View.UNANSWERED, again=True),
            footers.found(app.main, again=True),
        ):
            assert told[0] == Hint("n", "send again", "answer.send-again")
        marks = footers.marked(app.main, 2, again=True)
        assert [hint.label for hint in marks[:3]] == ["", "unmark", "send again"]
        for told in (footers.footer(app.main, View.UNANSWERED), footers.marked(app.main, 2)):
            assert "n" not in [hint.key for hint in told]


async def test_what_failed_is_unsure_or_is_tried_again_can_be_sent_again(store: Store) -> None:
    mum = new(Thought(text="call mum"))
    await store.add(mum)
    kept = await store.get(mum.id)
    sendable = {state for state in State if footers.sendable(kept._replace(state=state))}
    assert sendable == {State.FAILED, State.UNKNOWN}
    tried = Delivery("desktop", State.SCHEDULED, attempt=1, error="no bus")
    assert footers.sendable(kept._replace(deliveries=(tried,)))


async def test_enter_is_offered_where_it_does_something(running: Open) -> None:
    async with running() as (app, _):
        keys = [hint.key for hint in footers.writing(app.main, editing=False, fault=True)]
        assert keys == ["esc", "ctrl+j", "ctrl+p"]
        assert [hint.key for hint in footers.finding(app.main, empty=True)] == ["esc", "ctrl+p"]
        assert footers.finding(app.main)[0].label == "to the list"


async def test_no_footer_is_cut_in_the_middle_of_a_key(running: Open, store: Store) -> None:
    for text in ("one", "another"):
        await store.add(new(Thought(text=text)))
    async with running() as (app, pilot):
        for size in ((30, 8), (20, 8), (44, 10), (60, 16)):
            await pilot.resize_terminal(*size)
            for keys in ((), ("space", "space"), ("escape", "a", "x"), ("escape", "slash")):
                await pilot.press(*keys)
                await rest(pilot)
                bar = app.main.query_one(KeyFooter)
                whole = {f"{one.key} {one.label}".strip() for one in bar.hints}
                told = footer(app).strip()
                assert set(told.split("  ")) <= {*whole, bar.hints[-1].key}, (size, told)
            await pilot.press("escape")


async def test_the_row_under_the_cursor_says_whether_it_is_sent_again(
    running: Open, store: Store
) -> None:
    await deliver(store, Thought(text="book the dentist"))
    await unsure(store)
    async with running(size=(60, 16)) as (app, pilot):
        await pilot.press("3")
        await rest(pilot)
        seen = {}
        for key in ("g", "j"):
            await pilot.press(key)
            await rest(pilot)
            [row] = [one for one in (app.main._shelf.selected,) if one]
            seen[row.state] = footer(app).strip()
        assert seen[State.UNKNOWN].startswith("n send again")
        assert "send again" not in seen[State.DELIVERED]
        await pilot.press("space", "k", "space")
        await rest(pilot)
        assert "send again" not in footer(app)


async def test_to_the_list_is_offered_where_something_is_found(running: Open, store: Store) -> None:
    await store.add(new(Thought(text="call mum")))
    async with running() as (app, pilot):
        await pilot.press("slash")
        await rest(pilot)
        assert "enter" not in footer(app)
        await pilot.press(*letters("mum"))
        await until(pilot, lambda: "enter to the list" in footer(app))
        await pilot.press(*letters("zzqq"))
        await until(pilot, lambda: "enter" not in footer(app))


async def test_under_a_fault_in_the_box_keep_is_not_offered(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("a", *letters("call mum within 3 dasy"))
        await until(pilot, lambda: "enter keep" not in footer(app))
        await pilot.press(*["backspace"] * 5, *letters("days"))
        await until(pilot, lambda: "enter keep" in footer(app))
