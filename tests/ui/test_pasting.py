"""A pasted list makes many thoughts after one look at them, or one, or none."""

import asyncio
import stat
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual import events

from later_tui.domain import pasted
from later_tui.domain.errors import OutsideError
from later_tui.domain.inert import MAX_TEXT_BYTES
from later_tui.domain.reminder import NewReminder
from later_tui.store.asyncstore import Store
from later_tui.store.outbox import Outbox, OutboxError
from later_tui.store.records import Kept, View
from later_tui.ui import keeping, lists
from later_tui.ui.app import LaterApp
from later_tui.ui.screens.pasted import PastedScreen
from later_tui.ui.sheet import command, sheet, words_of
from later_tui.widgets import thought_area
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


async def test_the_panel_says_how_many_are_kept_and_where_the_others_go(
    running: Open, store: Store
) -> None:
    async with running() as (app, pilot):
        await pilot.press("a")
        paste(app, "one\nbad within 3 dasy\nrenew it, within 2mo #papers\ntwo x3")
        await rest(pilot)
        assert isinstance(app.screen, PastedScreen)
        text = shown(app)
        assert "3 thoughts? 1 is not read" in text
        assert "enter keep 3  o as one thought" in text
        assert "what is not read goes into the box" in text
        assert "renew it · #papers" in text
        await pilot.press("enter")
        await until(pilot, lambda: app.main.upcoming == 5)
        await until(pilot, lambda: "kept: 3 thoughts; the other is here: " in shown(app))
        assert "renew it," in await texts(store)


async def test_in_a_small_terminal_all_the_panels_keys_are_there(
    running: Open, store: Store
) -> None:
    async with running(size=(60, 16)) as (app, pilot):
        await pilot.press("a")
        paste(app, "\n".join(f"thought number {number}" for number in range(20)))
        await rest(pilot)
        assert "enter keep all  o as one  j k scroll  esc leave it" in shown(app)
        await pilot.press("escape")
        paste(app, "\n".join(f"thought number {number} within 3 dasy" for number in range(20)))
        await rest(pilot)
        for key in ("enter put into the box", "o as one", "j k scroll", "esc leave it"):
            assert key in shown(app)
        assert "20 are not read" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: "nothing is kept; they are here: " in shown(app))


async def test_what_cannot_be_read_is_counted_beyond_what_is_shown(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("a")
        paste(app, "one\n" * 450 + "x within 3 dasy\n" * 3)
        await until(pilot, lambda: "enter keep 450" in shown(app))
        assert "450 thoughts? 3 are not read" in shown(app)


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
    from later_tui.ui.sheet import written

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = written("secret")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == "secret"


async def test_a_long_list_says_how_far_it_is_and_escape_stops_it(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "STEP", 2)
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


async def test_a_list_is_kept_once_when_the_disk_fills(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running() as (app, pilot):
        room, keep = 3, Outbox.keep

        def full(outbox: Outbox, new: NewReminder) -> None:
            nonlocal room
            room -= 1
            if room < 0:
                raise OutboxError("the disk is full: it is not saved")
            keep(outbox, new)

        monkeypatch.setattr(Outbox, "keep", full)
        app.session.opened, opened = None, app.session.opened
        await pilot.press("a")
        paste(app, "one\nbad within 3 dasy\ntwo x3\nthree")
        await rest(pilot)
        await pilot.press("enter")
        await rest(pilot)
        # Of the second there was room for two draws of three.
        assert [new.text for new in app.session.outbox.waiting()] == ["one"]
        assert app.main.unkept == "bad within 3 dasy\ntwo x3\nthree"
        assert app.main.query_one(QuickAdd).said.problem == (
            "kept on this machine until Redis is back: 1 thought; the others are here: "
            "the disk is full: it is not saved"
        )
        app.session.opened = opened


async def test_what_redis_has_taken_is_kept_though_the_disk_takes_no_copy(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running() as (app, pilot):
        add_many = app.session.store.add_many

        async def lonely(news: Sequence[NewReminder]) -> list[Kept]:
            return [kept._replace(alone=True) for kept in await add_many(news)]

        def full(outbox: Outbox, new: NewReminder) -> None:
            raise OutboxError("the disk is full: it is not saved")

        monkeypatch.setattr(app.session.store, "add_many", lonely)
        monkeypatch.setattr(Outbox, "keep", full)
        await pilot.press("a", *letters("one"), "enter")
        await until(pilot, lambda: app.main.upcoming == 1)
        await until(pilot, lambda: app.main.unkept == "")


async def test_a_list_that_is_being_kept_is_kept_here_on_leaving(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "HURRY_S", 0.1)
    begun, never = asyncio.Event(), asyncio.Event()
    async with running() as (app, pilot):

        async def hanging(news: Sequence[NewReminder]) -> list[Kept]:
            begun.set()
            await never.wait()
            return []

        monkeypatch.setattr(app.session.store, "add_many", hanging)
        await pilot.press("a")
        paste(app, "one\ntwo")
        await rest(pilot)
        await pilot.press("enter")
        await begun.wait()
        await app.ending.begin()
        # Whether Redis has them is not known: they are kept here, and it takes each once.
        assert app.main.unkept == ""
        assert not app.ending.unsure
        assert sorted(one.text for one in app.session.outbox.waiting()) == ["one", "two"]


async def test_a_long_list_is_read_beside_the_keys(
    running: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = list[threading.Thread]()
    thoughts = pasted.thoughts

    def noted(text: str) -> tuple[str, ...]:
        threads.append(threading.current_thread())
        return thoughts(text)

    monkeypatch.setattr(pasted, "thoughts", noted)
    async with running() as (app, pilot):
        await pilot.press("a")
        paste(app, "- one\n" * 5_000)
        await until(pilot, lambda: "5,000 thoughts?" in shown(app))
        assert threads
        assert threading.main_thread() not in threads


def test_the_area_takes_what_a_thought_may_have() -> None:
    assert thought_area.MOST_BYTES == MAX_TEXT_BYTES


async def test_what_is_too_long_for_a_thought_is_refused_in_words(running: Open) -> None:
    async with running() as (app, pilot):
        box = app.main.query_one(QuickAdd)
        await pilot.press("a", *letters("call "))
        paste(app, "é" * (MAX_TEXT_BYTES // 2))
        await until(pilot, lambda: "16,389 bytes" in box.said.problem)
        assert app.main.unkept == "call"
        await pilot.press("ctrl+u")
        paste(app, "é" * (MAX_TEXT_BYTES // 2))
        await until(pilot, lambda: len(box.text) == MAX_TEXT_BYTES // 2)
        await pilot.press("!")
        assert box.text.endswith("é!")


async def test_a_long_list_is_no_single_thought_and_says_so(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("a")
        paste(app, "a line of a long list\n" * 1_000)
        await rest(pilot)
        await pilot.press("o")
        await rest(pilot)
        assert "a thought has at most 16,384" in app.main.query_one(QuickAdd).said.problem
        assert app.main.unkept == ""


async def test_the_panel_shows_the_beginning_of_a_long_line(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("a")
        paste(app, f"one\n{'word ' * 4_000}")
        await rest(pilot)
        await pilot.press("end")
        assert isinstance(app.screen, PastedScreen)
        assert all(len(line.words) < 1_100 for line in app.screen._read_lines.lines)
