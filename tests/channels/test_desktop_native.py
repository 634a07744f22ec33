"""desktop-notifier, the rung of macOS and Windows, tried here through its D-Bus half."""

import asyncio

import pytest

from later_tui.channels.desktop.native import Native
from later_tui.domain.errors import TransientError
from later_tui.domain.reminder import Answer
from tests.channels.desktop_rig import Answers, Desk, note, until

pytest.importorskip(
    "desktop_notifier", reason="desktop-notifier is installed on macOS and Windows only"
)


@pytest.fixture
async def native(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> tuple[Desk, Native, Answers]:
    await desk.bus()
    answers = Answers()
    return desk, Native(answers), answers


async def _hang_up(rung: Native) -> None:
    await rung.aclose()
    bus = getattr(rung._notifier._backend, "bus", None)
    if bus is not None:
        bus.disconnect()
        await bus.wait_for_disconnect()


async def test_it_counts_when_the_notification_centre_took_it_and_its_buttons_answer(
    native: tuple[Desk, Native, Answers],
) -> None:
    desk, rung, answers = native
    # desktop-notifier reads the interface's description, which dunst gives and ours does not.
    await _dunst(desk)
    assert (await rung.available()).ok
    receipt = await rung.send(note("call mum", round=2))
    assert (receipt.via, receipt.proof) == ("pop-up", "the notification centre took it")
    assert await desk.displayed() == 1
    backend = rung._notifier._backend
    (number,) = backend._platform_to_interface_notification_identifier
    backend._on_action(number, "again")
    await until(lambda: answers.heard)
    assert answers.heard == [("0123456789ab", Answer.AGAIN, 2)]

    await rung.send(note("call mum", reminder_id="b"))
    shown = await desk.displayed()
    await rung.withdraw("b")
    await rung.withdraw("b")
    assert await desk.displayed() == shown - 1
    await _hang_up(rung)


async def test_an_identifier_alone_is_not_believed(native: tuple[Desk, Native, Answers]) -> None:
    _desk, rung, _answers = native
    with pytest.raises(TransientError, match="did not take it"):
        await rung.send(note())
    await asyncio.sleep(0)
    await _hang_up(rung)


@pytest.fixture(autouse=True)
def _screen(display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", display)


async def _dunst(desk: Desk) -> None:
    import os

    await desk.dunst(os.environ["DISPLAY"])
