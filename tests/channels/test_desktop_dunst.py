"""The pop-up on a real screen, shown by a real notification daemon over a real bus."""

import asyncio
import signal
import subprocess
import time
from pathlib import Path

import pytest

from later_tui.channels.desktop import Desktop
from later_tui.channels.desktop.rung import PATIENCE
from later_tui.domain.errors import UnavailableError
from later_tui.domain.inert import inert
from later_tui.domain.reminder import Answer
from tests.channels.desktop_rig import (
    BAD_TEXTS,
    Answers,
    Desk,
    Open,
    note,
    picture,
    require,
    shown_text,
    until,
)


def click(display: str, x: int = 620, y: int = 80) -> None:
    subprocess.run(
        ["xdotool", "mousemove", str(x), str(y), "click", "1"],
        env={"DISPLAY": display, "PATH": "/usr/bin:/bin"},
        check=True,
    )


async def test_a_pop_up_comes_and_its_number_is_the_proof(
    bus: Desk, display: str, tmp_path: Path, open_desktop: Open
) -> None:
    assert picture(display, tmp_path / "before.png") == 1
    await bus.dunst(display)
    channel = open_desktop()
    assert (await channel.available()).via == "pop-up"
    receipt = await channel.send(note("call mum"))
    await bus.painted(display)
    (shown,) = await bus.history()
    assert (shown["summary"], shown["body"]) == ("later · from you, 19 days ago", "call mum")
    assert receipt.via == "pop-up"
    assert receipt.proof.endswith(f"number {shown['id']}")


async def test_pressing_done_with_the_mouse_answers_done_and_takes_the_pop_up_away(
    bus: Desk, display: str, open_desktop: Open
) -> None:
    # dunst shows actions in a menu program: this one chooses the line of Done.
    menu = bus.folder / "menu"
    menu.write_text("#!/bin/sh\nexec grep -m1 Done\n")
    menu.chmod(0o700)
    await bus.dunst(display, mouse_left_click="context", dmenu=str(menu))
    answers = Answers()
    channel = open_desktop(on_answer=answers)
    await channel.send(note("call mum", round=3))
    await bus.painted(display)
    click(display)
    await until(lambda: answers.heard)
    assert answers.heard == [("0123456789ab", Answer.DONE, 3)]
    await until(bus.empty)


@pytest.mark.parametrize("action", ["close_current", "do_action"])
async def test_clicking_the_pop_up_itself_answers_nothing(
    bus: Desk, display: str, action: str, open_desktop: Open
) -> None:
    menu = bus.folder / "menu"
    asked = bus.folder / "asked"
    menu.write_text(f"#!/bin/sh\ncat > {asked}\n")
    menu.chmod(0o700)
    await bus.dunst(display, mouse_left_click=action, dmenu=str(menu))
    answers = Answers()
    channel = open_desktop(on_answer=answers)
    await channel.send(note("call mum"))
    await bus.painted(display)
    click(display)
    if action == "do_action":
        await until(lambda: asked.exists() and "Let go" in asked.read_text())
    else:
        await until(bus.empty)
    await asyncio.sleep(0.1)
    assert answers.heard == []


async def test_a_pop_up_answered_elsewhere_is_taken_away(
    bus: Desk, display: str, open_desktop: Open
) -> None:
    await bus.dunst(display)
    channel = open_desktop()
    await channel.send(note("stays", reminder_id="stays"))
    await channel.send(note("goes", reminder_id="goes"))
    assert await bus.displayed() == 2
    await channel.withdraw("goes")
    assert await bus.displayed() == 1
    await channel.withdraw("goes")
    await channel.withdraw("never shown")


async def test_the_same_reminder_again_takes_the_place_of_its_pop_up(
    bus: Desk, display: str, open_desktop: Open
) -> None:
    await bus.dunst(display)
    channel = open_desktop()
    first = await channel.send(note("call mum"))
    again = await channel.send(note("call mum", attempt=2, lateness_ms=7_200_000))
    assert again == first
    assert await bus.displayed() == 1


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS.keys())
async def test_every_text_is_inert_in_the_pop_up(
    bus: Desk, display: str, open_desktop: Open, text: str
) -> None:
    await bus.dunst(display)
    channel = open_desktop()
    assert (await channel.send(note(text))).via == "pop-up"
    (shown,) = await bus.history()
    expected = inert(text).strip()
    assert shown_text(shown["body"]).rstrip("…") in expected
    assert len(shown_text(shown["body"])) == min(len(expected), 1000) or "word" in text
    # What dunst says about markup that it tried to read.
    assert [line for line in bus.log("dunst").splitlines() if "No icon found" not in line] == []


async def test_a_daemon_that_hangs_costs_five_seconds_and_then_the_next_rung_shows_it(
    bus: Desk, display: str, open_desktop: Open
) -> None:
    daemon = await bus.dunst(display)
    toasts: list[object] = []
    channel = open_desktop(toast=lambda n: not toasts.append(n))
    daemon.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    receipt = await channel.send(note("call mum"))
    took = time.monotonic() - began
    assert receipt.via == "toast"
    assert PATIENCE == 5
    assert took > PATIENCE - 0.1
    print(f"a daemon that hangs: the next rung after {took:.2f} s")
    assert len(toasts) == 1
    state = await channel.available()
    assert state.via == "toast"
    assert state.reason.startswith("pop-up and plain: the notification service does not answer")

    daemon.send_signal(signal.SIGCONT)
    await until(bus.empty)
    await _recovers(channel)
    assert await bus.displayed() == 1, "what another rung showed comes up late"


async def test_the_next_pop_up_comes_after_the_bus_was_killed_and_started_again(
    desk: Desk, display: str, open_desktop: Open
) -> None:
    first_bus = await desk.bus()
    first_daemon = await desk.dunst(display)
    answers = Answers()
    channel = open_desktop(on_answer=answers)
    await channel.send(note("call mum"))
    desk.stop(first_bus)
    desk.stop(first_daemon)
    with pytest.raises(UnavailableError, match="no session bus"):
        await channel.send(note("call mum"))

    await desk.bus()
    await desk.dunst(display)
    await _recovers(channel)
    assert await desk.displayed() == 1


async def test_plyer_shows_the_pop_up_when_the_bus_cannot_be_spoken_to_directly(
    bus: Desk, display: str, monkeypatch: pytest.MonkeyPatch, open_desktop: Open
) -> None:
    require("notify-send")
    await bus.dunst(display)
    # An address of a kind that only others understand, with the right one behind it.
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"nonce-tcp:host=localhost;{bus.address}")
    channel = open_desktop()
    state = await channel.available()
    receipt = await channel.send(note("--help"))
    assert (state.via, receipt.via) == ("plain", "plain")
    assert "of no kind" in state.reason
    (shown,) = await bus.history()
    assert shown["body"].strip() == "--help"


async def _recovers(channel: Desktop) -> None:
    async def pops_up() -> bool:
        try:
            return (await channel.send(note("again"))).via == "pop-up"
        except UnavailableError:
            return False

    began = time.monotonic()
    await until(pops_up)
    print(f"a pop-up again {time.monotonic() - began:.2f} s after the desktop is back")
