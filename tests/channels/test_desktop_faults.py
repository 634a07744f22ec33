"""The pop-up when the bus or the service is slow, silent, not there yet, or gone."""

import asyncio
import contextlib
import signal
import sys
import time

import pytest

from later_tui.channels.desktop import popup
from later_tui.channels.desktop.rung import PATIENCE
from tests.channels.desktop_rig import Answers, Desk, Open, note, until


async def test_a_slow_service_costs_five_seconds_and_its_late_pop_up_still_answers(
    bus: Desk, open_desktop: Open
) -> None:
    await bus.service(delay=5.5)
    answers = Answers()
    channel = open_desktop(on_answer=answers, toast=lambda _: True)
    began = time.monotonic()
    assert (await channel.send(note())).via == "toast"
    took = time.monotonic() - began
    assert took > PATIENCE - 0.1
    print(f"a slow service: the next rung after {took:.2f} s")

    async def answered() -> list[object]:
        await bus.tell(press=[1, "done"])  # of no effect until the pop-up is there
        return list(answers.heard)

    await until(answered)
    assert len(bus.notified()) == 1


async def test_a_pop_up_on_its_way_is_closed_when_it_was_answered_elsewhere_meanwhile(
    bus: Desk, open_desktop: Open
) -> None:
    await bus.service(delay=0.5)
    channel = open_desktop()
    sending = asyncio.create_task(channel.send(note()))
    await until(bus.notified)
    await channel.withdraw("0123456789ab")
    await sending
    assert bus.called()[-1]["member"] == "CloseNotification"


async def test_a_cancelled_send_leaves_a_pop_up_whose_buttons_work(
    bus: Desk, open_desktop: Open
) -> None:
    await bus.service(delay=0.3)
    answers = Answers()
    channel = open_desktop(on_answer=answers)
    sending = asyncio.create_task(channel.send(note()))
    await until(bus.notified)
    sending.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await sending
    assert (await channel.send(note(attempt=2))).via == "pop-up"
    assert len(bus.notified()) == 1, "it came up twice"
    await bus.tell(press=[1, "again"])
    await until(lambda: answers.heard)


async def test_a_send_cancelled_while_the_bus_is_silent_closes_what_it_opened(
    desk: Desk, open_desktop: Open
) -> None:
    process = await desk.bus()
    process.send_signal(signal.SIGSTOP)
    sending = asyncio.create_task(open_desktop().send(note()))
    await asyncio.sleep(0.2)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending


async def test_a_send_cancelled_in_the_middle_of_connecting_hangs_up(
    bus: Desk, open_desktop: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, hung_up = asyncio.Event(), asyncio.Event()

    async def between(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Hand everything on to the bus, but the first question after the greeting."""
        there, back = await asyncio.open_unix_connection(str(bus.socket))

        async def answers() -> None:
            while data := await there.read(4096):
                writer.write(data)

        answering = asyncio.create_task(answers())
        while data := await reader.read(4096):
            if b"AddMatch" in data:
                asked.set()
            else:
                back.write(data)
        hung_up.set()
        answering.cancel()
        for end in (back, writer):
            end.close()
            await end.wait_closed()

    path = bus.folder / "between"
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={path}")
    async with await asyncio.start_unix_server(between, path), asyncio.timeout(30):
        sending = asyncio.create_task(open_desktop().send(note()))
        await asked.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        await hung_up.wait()


async def test_a_bus_that_dies_while_a_pop_up_is_under_way_is_not_waited_for(
    desk: Desk, open_desktop: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(popup, "PATIENCE", 300)
    process = await desk.bus()
    await desk.service(delay=300)
    channel = open_desktop(toast=lambda _: True)
    sending = asyncio.create_task(channel.send(note()))
    await until(desk.notified)
    desk.stop(process)
    async with asyncio.timeout(60):
        assert (await sending).via == "toast"


async def test_a_silent_bus_costs_five_seconds_and_then_the_next_rung_shows_it(
    desk: Desk, open_desktop: Open
) -> None:
    process = await desk.bus()
    process.send_signal(signal.SIGSTOP)
    channel = open_desktop(toast=lambda _: True)
    began = time.monotonic()
    assert (await channel.send(note())).via == "toast"
    took = time.monotonic() - began
    assert took > PATIENCE - 0.1
    print(f"a silent bus: the next rung after {took:.2f} s")
    assert "the session bus does not answer" in (await channel.available()).reason


async def test_fifty_at_once_all_come(bus: Desk, open_desktop: Open) -> None:
    await bus.service()
    channel = open_desktop()
    receipts = await asyncio.gather(*(channel.send(note(reminder_id=f"r{n}")) for n in range(50)))
    assert len({receipt.proof for receipt in receipts}) == 50


async def test_a_service_that_the_bus_starts_when_it_is_called_is_started(
    bus: Desk, open_desktop: Open
) -> None:
    script = "tests/channels/notification_service.py"
    command = f"{sys.executable} {script} {bus.calls} {{}}"
    (bus.services / "notify.service").write_text(
        f"[D-BUS Service]\nName=org.freedesktop.Notifications\nExec={command}\n"
    )
    await bus.call("org.freedesktop.DBus", "ReloadConfig")
    channel = open_desktop()
    assert (await channel.available()).ok
    assert bus.called() == [], "looking started it"
    assert (await channel.send(note())).via == "pop-up"
    assert len(bus.notified()) == 1
