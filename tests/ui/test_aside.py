"""Work beside the app: it computes in its own thread, and is heard at home."""

import asyncio
import threading
import time

import pytest

from later_tui.ui.aside import Aside

PATIENCE_S = 30


async def test_a_loop_that_is_held_up_beside_holds_up_nothing_at_home() -> None:
    aside, released, held = Aside(), threading.Event(), asyncio.Event()

    async def work() -> None:
        aside.tell(held.set)
        released.wait(PATIENCE_S)  # as a computation would, it lets nobody else have a turn there

    aside.start(work)
    async with asyncio.timeout(PATIENCE_S):
        await held.wait()
        for _ in range(100):
            await asyncio.sleep(0)
        released.set()
        await aside.ended()


async def test_what_is_asked_at_home_is_done_there_and_answered_beside() -> None:
    aside = Aside()
    home, found = threading.get_ident(), list[object]()

    async def there() -> int:
        return threading.get_ident()

    async def fails() -> None:
        raise LookupError("not here")

    async def work() -> None:
        found.append(await aside.ask(there))
        try:
            await aside.ask(fails)
        except LookupError as error:
            found.append(str(error))
        aside.tell(found.append, threading.get_ident() == home)

    aside.start(work)
    async with asyncio.timeout(PATIENCE_S):
        await aside.ended()
    assert found == [home, "not here", False]


async def test_it_can_be_called_from_home_and_once_it_is_over_nothing_happens() -> None:
    aside = Aside()
    called, heard = asyncio.Event(), list[int]()

    async def work() -> None:
        mine = asyncio.Event()
        aside.tell(called.set)
        aside.call(lambda: heard.append(threading.get_ident()))
        aside.call(mine.set)
        await mine.wait()

    aside.start(work)
    async with asyncio.timeout(PATIENCE_S):
        await called.wait()
        await aside.ended()
    assert heard != [threading.get_ident()]
    aside.call(lambda: heard.append(0))
    assert len(heard) == 1


async def test_waiting_for_the_end_has_an_end() -> None:
    aside, go_on = Aside(), threading.Event()

    async def work() -> None:
        go_on.wait(PATIENCE_S)

    aside.start(work)
    assert not await aside.ended(0.05)
    go_on.set()
    assert await aside.ended(PATIENCE_S)


async def test_a_failure_there_ends_it_and_goes_to_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def work() -> None:
        raise ZeroDivisionError

    aside = Aside()
    aside.start(work)
    async with asyncio.timeout(PATIENCE_S):
        await aside.ended()
    assert "the work beside the app failed" in caplog.text


async def test_whoever_gives_up_waiting_stops_the_waiting_and_not_the_work() -> None:
    aside, go_on, done = Aside(), asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun = asyncio.Event()

        async def answer() -> None:
            aside.call(begun.set)
            await go_on.wait()
            done.set()

        asking = asyncio.create_task(aside.ask(answer))
        await begun.wait()
        asking.cancel()

    aside.start(work)
    async with asyncio.timeout(PATIENCE_S):
        await aside.ended()
        go_on.set()
        await done.wait()


def test_a_home_that_is_closed_is_told_nothing() -> None:
    async def made() -> Aside:
        return Aside()

    aside = asyncio.run(made())
    mine: list[threading.Thread] = []

    async def work() -> None:
        mine.append(threading.current_thread())
        aside.tell(print, "nobody hears this")

    aside.start(work)
    deadline = time.monotonic() + PATIENCE_S
    while not mine or mine[0].is_alive():
        assert time.monotonic() < deadline
        time.sleep(0.001)
