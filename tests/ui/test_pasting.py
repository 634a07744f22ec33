"""A pasted list makes many thoughts after one look at them, or one, or none."""

import asyncio
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual import events

from later_tui.domain.errors import OutsideError
from later_tui.domain.reminder import NewReminder
from later_tui.store.asyncstore import Store
from later_tui.store.records import Kept, View
from later_tui.ui import capture
from later_tui.ui.app import LaterApp
from later_tui.ui.editor import command, sheet, words_of
from later_tui.ui.screens.pasted import PastedScreen
from later_tui.widgets.quick_add import QuickAdd
from later_tui.widgets.thought_area import ThoughtArea
from tests.ui.conftest import Open
from tests.ui.stage import rest, until
from tests.widgets.showing import letters, shown

LIST = "- call mum within 3d\n- [x] done already\n- [ ] water the fig #home\n"


def paste(app: LaterApp, text: str) -> None:
    app.main.query_one(ThoughtArea).post_message(events.Paste(text))


async def texts(store: Store) -> list[str]:
    return sorted(one.text for one in (await store.page("ada", View.UPCOMING, 0, 50)).reminders)


async def test_each_line_is_shown_as_it_is_read_and_one_key_keeps_them_all(
    running: Open, store: Store
) -> None:
    async with running() as (app, pilot):
        await pilot.press("a")
        paste(app, LIST)
        await rest(pilot)
        assert isinstance(app.screen, PastedScreen)
        assert "2 thoughts?" in shown(app)
        assert "before Sat" in shown(app)
        assert "done already" not in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.main.upcoming == 2)
        await rest(pilot)
        assert "kept: 2 thoughts" in shown(app)
        assert await texts(store) == ["call mum", "water the fig"]


async def test_a_line_that_cannot_be_read_stays_in_the_box_and_says_why(
    running: Open, store: Store
) -> None:
    async with running() as (app, pilot):
        await pilot.press("a")
        paste(app, "one\nbad within 3 dasy\ntwo")
        await rest(pilot)
        assert "dasy" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.main.upcoming == 2)
        await rest(pilot)
        assert app.main.unkept == "bad within 3 dasy"
        assert "dasy" in app.main.query_one(QuickAdd).said.problem
        assert await texts(store) == ["one", "two"]


async def test_all_lines_may_be_one_thought_and_escape_keeps_nothing(
    running: Open, store: Store
) -> None:
    async with running() as (app, pilot):
        await pilot.press("a")
        paste(app, "a poem\nof two lines")
        await rest(pilot)
        await pilot.press("escape")
        await rest(pilot)
        assert app.main.unkept == ""
        paste(app, "a poem\nof two lines")
        await rest(pilot)
        await pilot.press("o")
        await rest(pilot)
        assert app.main.unkept == "a poem\nof two lines"
        await pilot.press("enter")
        await until(pilot, lambda: app.main.upcoming == 1)
        assert await texts(store) == ["a poem\nof two lines"]


async def test_a_list_pasted_while_redis_is_away_is_kept_on_this_machine(
    running: Open, store: Store
) -> None:
    async with running() as (app, pilot):
        session = app.session
        opened, session.opened = session.opened, None
        await pilot.press("a")
        paste(app, "one\ntwo")
        await rest(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: len(session.outbox) == 2)
        session.opened = opened


async def test_a_tag_in_use_is_completed(running: Open, store: Store) -> None:
    async with running() as (app, pilot):
        await pilot.press("a", *letters("call mum #family"), "enter")
        await until(pilot, lambda: app.main.upcoming == 1)
        await rest(pilot)
        await pilot.press(*letters("write to dad #f"))
        await rest(pilot)
        assert "write to dad #family" in shown(app)
        await pilot.press("tab", "enter")
        await until(pilot, lambda: app.main.upcoming == 2)
        page = await store.page("ada", View.UPCOMING, 0, 5)
        assert {one.tags for one in page.reminders} == {("family",)}


def test_the_editor_is_the_persons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert command({"VISUAL": "code --wait", "EDITOR": "vi"}) == ["code", "--wait"]
    assert command({"EDITOR": "nano"}) == ["nano"]
    assert command({"EDITOR": ""}) == ["vi"]
    with pytest.raises(OutsideError, match="EDITOR=nano"):
        command({"EDITOR": "vi 'x"})


def test_what_stands_below_the_rule_is_not_kept() -> None:
    assert words_of(sheet("call mum\nand dad #family")) == "call mum\nand dad #family"
    assert words_of("all of it") == "all of it"


def test_the_editors_file_is_nobody_elses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from later_tui.ui.editor import _written

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = _written("secret")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == "secret"


async def test_a_long_list_says_how_far_it_is_and_escape_stops_it(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture, "STEP", 2)
    go_on = asyncio.Event()
    async with running() as (app, pilot):
        add_many, calls = app.session.store.add_many, 0

        async def slowly(news: Sequence[NewReminder]) -> list[Kept]:
            nonlocal calls
            calls += 1
            if calls > 1:
                await go_on.wait()
            return await add_many(news)

        monkeypatch.setattr(app.session.store, "add_many", slowly)
        await pilot.press("a")
        paste(app, "one\ntwo\nthree\nfour\nfive\nsix")
        await rest(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "2 of 6 kept; esc stops" in shown(app))
        await pilot.press("escape")
        go_on.set()
        await until(pilot, lambda: "4 thoughts; the others are here" in shown(app))
        assert app.main.unkept == "five\nsix"
        assert sorted(await texts(store)) == ["four", "one", "three", "two"]


async def test_what_is_written_while_a_list_is_kept_is_not_lost(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = asyncio.Event()
    async with running() as (app, pilot):
        add_many = app.session.store.add_many

        async def slowly(news: Sequence[NewReminder]) -> list[Kept]:
            await go_on.wait()
            return await add_many(news)

        monkeypatch.setattr(app.session.store, "add_many", slowly)
        await pilot.press("a")
        paste(app, "one\nbad within 3 dasy")
        await rest(pilot)
        await pilot.press("enter", *letters("more"))
        go_on.set()
        await until(pilot, lambda: app.main.unkept == "more\nbad within 3 dasy")
        assert await texts(store) == ["one"]
