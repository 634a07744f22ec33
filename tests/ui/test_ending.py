"""Leaving while something is under way, or while Redis does not answer: bounded, and said."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from later_tui.config.settings import Settings
from later_tui.store import open_store, open_sync_store
from later_tui.store.asyncstore import Store
from later_tui.store.outbox import Outbox
from later_tui.ui.app import LaterApp
from tests.store.test_embedded import server_pid
from tests.ui.stage import Thought, new, rest, session, until
from tests.ui.test_leaving import STARTS, Terminal, waiting
from tests.widgets.showing import shown


@pytest.fixture
def later(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path)
    yield terminal
    terminal.close()


@pytest.fixture
def frozen(later: Terminal, settings: Settings) -> Iterator[Terminal]:
    """The app in a terminal, whose private server has stopped answering."""
    later.see("0 kept for you")
    with open_sync_store(settings) as store:
        pid = server_pid(store)
    os.kill(pid, signal.SIGSTOP)
    yield later
    with suppress(ProcessLookupError):
        for number in (signal.SIGCONT, signal.SIGTERM):  # whoever did not wait left it there
            os.kill(pid, number)


def test_what_was_entered_is_kept_here_though_redis_does_not_answer(
    frozen: Terminal, settings: Settings
) -> None:
    frozen.type("acall mum within 3d\r\x11")
    said = frozen.rest()
    assert frozen.process.wait(15) == 0
    assert waiting(said) == 1
    assert "on this machine until Redis takes it: the next start of later" in said
    assert "Waiting for Redis, which does not answer; ctrl+c ends that." in said
    assert [one.text for one in Outbox(settings.data_dir).waiting()] == ["call mum"]


def test_who_does_not_want_to_wait_for_the_end_need_not(frozen: Terminal) -> None:
    frozen.type("q")
    frozen.see("ctrl+c ends that")
    frozen.process.send_signal(signal.SIGINT)
    assert frozen.process.wait(15) == 130
    assert "Traceback" not in frozen.rest()


def test_a_terminal_that_is_closed_meanwhile_brings_nothing_back(frozen: Terminal) -> None:
    frozen.type("q")
    frozen.see("ctrl+c ends that")
    for number in (signal.SIGHUP, signal.SIGCONT):  # as the kernel does
        frozen.process.send_signal(number)
    assert STARTS.decode() not in frozen.rest()
    assert frozen.process.wait(15) == 0


def test_it_ends_though_its_terminal_is_gone_before(later: Terminal) -> None:
    later.see("here")
    os.close(later.master)
    later.master = os.open(os.devnull, os.O_RDWR)  # to be closed in the end
    for _ in range(100):  # each a frame that nobody sees
        later.process.send_signal(signal.SIGWINCH)
        time.sleep(0.02)
    for number in (signal.SIGHUP, signal.SIGCONT):
        later.process.send_signal(number)
    later.process.wait(20)


def test_who_was_not_stopped_is_not_begun_anew_when_continued(later: Terminal) -> None:
    later.see("here")
    later.process.send_signal(signal.SIGCONT)
    later.type("q")
    said = later.rest()
    assert later.process.wait(20) == 0
    assert STARTS.decode() not in said


async def test_asked_twice_it_leaves_at_once_and_says_that_it_is_not_sure(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.add(new(Thought(text="one")))
    begun = asyncio.Event()

    async def hanging(*args: object) -> None:
        begun.set()
        await asyncio.Event().wait()

    app = LaterApp(session(settings), open_store, work=False)
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, lambda: app.main.upcoming == 1)
        await rest(pilot)
        monkeypatch.setattr(app.session.store, "edit", hanging)
        await pilot.press("e", "!", "enter")
        await begun.wait()
        # Held a little too long, the key is no wish to lose anything.
        await pilot.press("ctrl+q", "ctrl+q")
        assert app.is_running
        assert not app.ending.unsure
        await until(pilot, lambda: "finishing what was begun" in shown(app))
        await pilot.press("ctrl+q")
        await app.ending.begin()
        assert app.ending.unsure
        assert app.main.unkept == "one!"
    await app.aclose()
