"""Which rung shows a reminder, and what is said when none can."""

from pathlib import Path

import pytest

from later_tui.channels.base import Availability, Channel, ChannelContext, Notification, Receipt
from later_tui.channels.desktop import Desktop
from later_tui.channels.desktop.ladder import Ladder
from later_tui.channels.desktop.toast import Toast
from later_tui.channels.options import read_options
from later_tui.domain.errors import ConfigError, UnavailableError
from tests.channels.desktop_rig import Desk, Open, note


async def test_without_a_bus_the_next_rung_shows_it(desk: Desk, open_desktop: Open) -> None:
    toasts: list[Notification] = []
    channel = open_desktop(toast=lambda n: not toasts.append(n))
    receipt = await channel.send(note("call mum"))
    assert receipt == Receipt("toast", "the app has it on the screen")
    assert [toast.text for toast in toasts] == ["call mum"]
    state = await channel.available()
    assert (state.ok, state.via) == (True, "toast")
    assert state.reason == (
        f"pop-up and plain: no session bus at {desk.address} (No such file or directory); "
        "terminal: no terminal here"
    )


async def test_without_any_rung_nothing_is_delivered_and_every_reason_is_given(
    desk: Desk, open_desktop: Open
) -> None:
    channel = open_desktop(toast=lambda _: False)
    with pytest.raises(UnavailableError) as raised:
        await channel.send(note())
    for rung in ("pop-up", "plain", "terminal: no terminal here", "toast: the app is not on a"):
        assert rung in str(raised.value)
    assert "\n" not in str(raised.value)


async def test_without_a_notification_service_it_says_so(bus: Desk, open_desktop: Open) -> None:
    channel = open_desktop()
    with pytest.raises(UnavailableError, match="no notification service on the session bus"):
        await channel.send(note())
    assert not (await channel.available()).ok


async def test_without_an_address_the_bus_of_the_users_runtime_folder_is_used(
    bus: Desk, open_desktop: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bus.service()
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    assert (await open_desktop().send(note())).via == "pop-up"
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nonexistent")
    with pytest.raises(UnavailableError, match="DBUS_SESSION_BUS_ADDRESS is not set"):
        await open_desktop().send(note())


@pytest.mark.parametrize("address", ["", "nonsense", "unix:", "unix:path=/a b", "autolaunch:"])
async def test_an_address_of_no_use_ends_in_a_reason(
    desk: Desk, open_desktop: Open, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(UnavailableError, match="pop-up"):
        await open_desktop().send(note())


async def test_something_else_at_the_address_ends_in_a_reason(
    desk: Desk, open_desktop: Open, tmp_path: Path
) -> None:
    desk.socket.write_text("not a socket")
    with pytest.raises(UnavailableError, match="no session bus"):
        await open_desktop().send(note())


async def test_a_rung_that_breaks_does_not_cost_the_reminder() -> None:
    def broken(_: Notification) -> bool:
        raise RuntimeError("no app")

    ladder = Ladder([Toast(broken), Toast(lambda _: True)])
    assert (await ladder.send(note())).via == "toast"
    with pytest.raises(UnavailableError, match="it failed"):
        await Ladder([Toast(broken)]).send(note())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"stay": "yes"}, r'channel\.desktop\.stay is "yes"; expected true or false'),
        ({"stay": 1}, "stay is 1; expected true or false"),
        ({"terminal": "vt100"}, 'terminal is "vt100"; expected one of "auto", "osc-99",'),
        ({"terminal": ["auto"]}, "terminal is a list; expected one of"),
        ({"volume": 3}, 'has no option "volume"; expected one of sound, sound_name, stay,'),
    ],
)
def test_wrong_options_are_refused_in_a_sentence(options: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        read_options(Desktop.Options, options, "config.toml: channel.desktop")


def test_the_ladder_is_a_channel() -> None:
    channel = Desktop(Desktop.Options(), ChannelContext())
    assert isinstance(channel, Channel)
    assert (channel.name, channel.idempotent) == ("desktop", True)


def test_no_availability_is_said_without_a_reason() -> None:
    assert Availability(True) == Availability(ok=True, via="", reason="")
