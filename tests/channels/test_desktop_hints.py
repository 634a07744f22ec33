"""Urgency, sound, and one pop-up a reminder: what the notification service is told."""

import asyncio
import re

import pytest

from later_tui.channels.base import ChannelContext
from later_tui.channels.desktop import Desktop
from later_tui.channels.options import read_options
from later_tui.domain.errors import ConfigError
from later_tui.domain.reminder import Answer
from tests.channels.desktop_rig import Answers, Desk, Open, note, until

ALL = ["body", "body-markup", "actions", "sound"]


def told(desk: Desk, number: int = -1) -> dict[str, str]:
    """Return the hints of a Notify, each value as text."""
    hints = str(desk.notified()[number]["body"][6])  # type: ignore[index]
    found = re.findall(r"'([\w-]+)': <dbus_fast\.signature\.Variant \('\w', (.*?)\)>", hints)
    return dict(found)


@pytest.mark.parametrize(("urgency", "byte"), [("low", "0"), ("normal", "1"), ("critical", "2")])
async def test_the_urgency_is_told(bus: Desk, open_desktop: Open, urgency: str, byte: str) -> None:
    await bus.service()
    await open_desktop(options={"urgency": urgency}).send(note())
    assert told(bus)["urgency"] == byte


@pytest.mark.parametrize(
    ("options", "name", "suppressed"),
    [
        ({}, None, None),
        ({"sound": True}, "message-new-instant", None),
        ({"sound": False}, None, "True"),
        ({"sound_name": "bell"}, "bell", None),
        ({"sound": True, "sound_name": "bell"}, "bell", None),
    ],
)
async def test_the_sound_is_told(
    bus: Desk,
    open_desktop: Open,
    options: dict[str, object],
    name: str | None,
    suppressed: str | None,
) -> None:
    await bus.service(capabilities=ALL)
    channel = open_desktop(options=options)
    await channel.send(note())
    hints = told(bus)
    assert hints.get("sound-name") == name
    assert hints.get("suppress-sound") == suppressed
    assert (await channel.available()).reason == ""


async def test_rules_can_tell_reminders_from_others(bus: Desk, open_desktop: Open) -> None:
    await bus.service()
    await open_desktop().send(note())
    assert told(bus)["category"] == "x-later.reminder"
    assert not set(told(bus)) & {"desktop-entry", "transient", "resident"}


async def test_what_the_service_lacks_is_said(bus: Desk, open_desktop: Open) -> None:
    await bus.service(capabilities=["body"])
    channel = open_desktop(options={"sound": True})
    answer = await channel.available()
    assert (answer.ok, answer.via) == (True, "pop-up")
    assert answer.reason == (
        "the notification service shows no buttons (answer in the app, or by later done) "
        "and plays no sounds"
    )
    await bus.tell(behave={"capabilities": ["actions", "sound"]})
    assert (await channel.available()).reason == "the notification service shows one line alone"


async def test_again_and_again_is_one_pop_up(bus: Desk, open_desktop: Open) -> None:
    await bus.service()
    channel = open_desktop()
    for changed in ({}, {"nag": 1}, {"nag": 2}, {"round": 1}, {"round": 2, "text": "edited"}):
        await channel.send(note(**changed))
    assert [call["body"][1] for call in bus.notified()] == [0, 1, 1, 1, 1]  # type: ignore[index]


async def test_a_round_that_comes_while_the_last_is_under_way_is_one_pop_up(
    bus: Desk, open_desktop: Open
) -> None:
    await bus.service(delay=0.5)
    answers = Answers()
    channel = open_desktop(on_answer=answers)
    await asyncio.gather(*(channel.send(note(round=number)) for number in range(3)))
    assert [call["body"][1] for call in bus.notified()] == [0, 1, 1]  # type: ignore[index]
    await bus.tell(press=[1, "done"])
    await until(lambda: answers.heard)
    assert answers.heard == [("0123456789ab", Answer.DONE, 2)]


async def test_digest_after_digest_is_one_pop_up_and_one_sound(
    bus: Desk, open_desktop: Open
) -> None:
    await bus.service(capabilities=ALL)
    channel = open_desktop(options={"sound": True})
    for count in (3, 7, 9):
        await channel.send(note(reminder_id="digest.ann", count=count))
    assert [call["body"][1] for call in bus.notified()] == [0, 1, 1]  # type: ignore[index]
    assert [("sound-name" in told(bus, n)) for n in range(3)] == [True, False, False]


async def test_after_it_was_dismissed_it_comes_anew_and_sounds(
    bus: Desk, open_desktop: Open
) -> None:
    await bus.service(capabilities=ALL)
    channel = open_desktop(options={"sound": True})
    await channel.send(note(reminder_id="digest.ann", count=3))
    await bus.tell(close=[1, 2])
    await channel.send(note(reminder_id="digest.ann", count=4))
    assert [call["body"][1] for call in bus.notified()] == [0, 0]  # type: ignore[index]
    assert "sound-name" in told(bus)


async def test_buttons_that_go_make_no_sound(bus: Desk, open_desktop: Open) -> None:
    await bus.service(capabilities=ALL)
    channel = open_desktop(options={"sound": True})
    await channel.send(note())
    await channel.aclose()
    assert bus.notified()[-1]["body"][1] == 1  # type: ignore[index]
    assert told(bus)["suppress-sound"] == "True"


async def test_dunst_shows_one_pop_up_for_two_processes(
    bus: Desk, display: str, open_desktop: Open
) -> None:
    await bus.dunst(display)
    first, second = open_desktop(), open_desktop()  # as an app and a worker, each with its own
    await first.send(note("call mum"))
    await second.send(note("call mum", nag=1, lateness_ms=7_200_000))  # no duplicate to dunst
    await first.send(note("another", reminder_id="another"))
    assert await bus.displayed() == 2


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"urgency": "high"}, 'urgency is "high"; expected one of "low", "normal", "critical"'),
        ({"sound": "bell"}, 'sound is "bell"; expected true or false'),
        ({"sound_name": "../x"}, "expected the name of a sound"),
        ({"sound_name": ""}, "expected the name of a sound"),
        ({"sound": False, "sound_name": "bell"}, "would never be played"),
        ({"volume": 3}, 'no option "volume"'),
    ],
)
def test_wrong_options_are_refused(table: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        Desktop(read_options(Desktop.Options, table, "channel.desktop"), ChannelContext())
