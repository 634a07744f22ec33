"""The pop-up against a service that does what services are allowed to do, on a real bus."""

import asyncio
import contextlib
from typing import Any

import pytest

from later_tui.channels.base import ChannelContext
from later_tui.channels.desktop import Desktop
from later_tui.domain.errors import StoreError, TransitionError, UnavailableError
from later_tui.domain.inert import inert
from later_tui.domain.reminder import Answer
from tests.channels.desktop_rig import BAD_TEXTS, Answers, Desk, Open, note, shown_text, until

BUTTONS = ["done", "Done", "again", "Again", "let-go", "Let go"]


def body(call: dict[str, Any]) -> str:
    return str(call["body"][4])


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS.keys())
async def test_markup_is_escaped_where_it_is_read_and_only_there(
    bus: Desk, open_desktop: Open, text: str
) -> None:
    await bus.service()
    channel = open_desktop()
    await channel.send(note(text, reminder_id="a"))
    await bus.tell(behave={"capabilities": ["body"]})
    await channel.send(note(text, reminder_id="b"))
    read, plain = bus.notified()
    expected = inert(text).strip()
    for shown in (shown_text(body(read)), body(plain)):
        assert shown == expected if len(expected) <= 1000 else shown[:-1] in expected
        assert len(shown) <= 1000
        assert "\x1b" not in shown
    assert read["body"][3].startswith("later · ")


async def test_buttons_are_offered_only_where_there_are_some(bus: Desk, open_desktop: Open) -> None:
    await bus.service(capabilities=["body"])
    channel = open_desktop()
    await channel.send(note(reminder_id="a"))
    await bus.tell(behave={"capabilities": ["body", "actions"]})
    await channel.send(note(reminder_id="b"))
    without, offered = bus.notified()
    assert without["body"][5] == []
    assert offered["body"][5] == BUTTONS
    assert "default" not in offered["body"][5]


async def test_a_service_that_shows_no_bodies_shows_the_thought(
    bus: Desk, open_desktop: Open
) -> None:
    await bus.service(capabilities=["actions"])
    await open_desktop().send(note("call\nmum & <b>dad"))
    assert bus.notified()[0]["body"][3:5] == ["call mum & <b>dad", ""]


@pytest.mark.parametrize("answer", [Answer.DONE, Answer.AGAIN, Answer.LET_GO])
async def test_each_button_gives_its_answer_once_for_its_round(
    bus: Desk, open_desktop: Open, answer: Answer
) -> None:
    await bus.service()
    answers = Answers()
    await open_desktop(on_answer=answers).send(note(round=4))
    await bus.tell(press=[1, answer.value])
    await until(lambda: answers.heard)
    await bus.tell(press=[1, answer.value])
    await asyncio.sleep(0.1)
    assert answers.heard == [("0123456789ab", answer, 4)]
    assert [call["body"] for call in bus.called() if call["member"] == "CloseNotification"] == [[1]]


@pytest.mark.parametrize("press", [[1, "default"], [1, "snooze"], [1, ""], [2, "done"]])
async def test_nothing_else_answers(bus: Desk, open_desktop: Open, press: list[object]) -> None:
    await bus.service()
    answers = Answers()
    await open_desktop(on_answer=answers).send(note())
    await bus.tell(press=press)
    await bus.tell(close=[1, 2])
    await asyncio.sleep(0.1)
    assert answers.heard == []


async def test_an_answer_counts_also_when_the_service_says_closed_before_pressed(
    bus: Desk, open_desktop: Open
) -> None:
    await bus.service(closed_first=True)
    answers = Answers()
    await open_desktop(on_answer=answers).send(note())
    await bus.tell(press=[1, "done"])
    await until(lambda: answers.heard)


async def test_a_closed_pop_up_answers_no_more_after_a_moment(
    bus: Desk, open_desktop: Open
) -> None:
    await bus.service()
    answers = Answers()
    await open_desktop(on_answer=answers).send(note())
    await bus.tell(close=[1, 1])
    await asyncio.sleep(1.1)
    await bus.tell(press=[1, "done"])
    await asyncio.sleep(0.1)
    assert answers.heard == []


async def test_a_number_given_twice_answers_for_the_reminder_that_got_it_last(
    bus: Desk, open_desktop: Open
) -> None:
    await bus.service(number=7)
    answers = Answers()
    channel = open_desktop(on_answer=answers)
    await channel.send(note(reminder_id="first"))
    await bus.tell(close=[7, 1])
    await channel.send(note(reminder_id="second"))
    await bus.tell(press=[7, "done"])
    await until(lambda: answers.heard)
    await bus.tell(press=[7, "done"])
    await asyncio.sleep(0.1)
    assert answers.heard == [("second", Answer.DONE, 0)]


async def test_a_number_of_an_earlier_service_is_anothers_pop_up(
    bus: Desk, open_desktop: Open
) -> None:
    earlier = await bus.service()
    answers = Answers()
    channel = open_desktop(on_answer=answers)
    await channel.send(note(reminder_id="answered elsewhere"))
    await channel.send(note())
    bus.stop(earlier)
    await bus.service()
    await bus.tell(press=[1, "done"])  # of another program: numbers began anew
    await bus.tell(press=[2, "done"])
    await channel.withdraw("answered elsewhere")
    await asyncio.sleep(0.1)
    assert answers.heard == []
    assert "CloseNotification" not in {call["member"] for call in bus.called()}
    await channel.send(note())
    assert bus.notified()[-1]["body"][1] == 0, "it took another program's pop-up away"


async def test_closing_takes_the_buttons_away_that_nobody_hears_any_more(bus: Desk) -> None:
    await bus.service()
    channel = Desktop(Desktop.Options(), ChannelContext())
    await channel.send(note("call mum"))
    await channel.aclose()
    shown, left = bus.notified()
    assert left["body"][1] == 1
    assert left["body"][3:5] == shown["body"][3:5]
    assert left["body"][5] == []
    with contextlib.suppress(UnavailableError):
        await channel.aclose()


async def test_a_pop_up_stays_unless_the_options_leave_that_to_the_desktop(
    bus: Desk, open_desktop: Open
) -> None:
    await bus.service()
    await open_desktop().send(note(reminder_id="a"))
    await open_desktop(options={"stay": False}).send(note(reminder_id="b"))
    assert [call["body"][7] for call in bus.notified()] == [0, -1]


async def test_an_answer_that_could_not_be_kept_is_told(bus: Desk, open_desktop: Open) -> None:
    async def fails(*_: object) -> None:
        raise StoreError("Redis cannot be reached <at all>")

    await bus.service()
    await open_desktop(on_answer=fails).send(note("call mum"))
    await bus.tell(press=[1, "done"])
    await until(lambda: len(bus.notified()) == 2)
    told = bus.notified()[1]["body"]
    assert told[3] == "later · “Done” was not kept"
    assert told[4] == "call mum\nRedis cannot be reached &lt;at all&gt;"
    assert told[5] == []


async def test_the_button_of_a_digest_opens_the_list(bus: Desk, open_desktop: Open) -> None:
    opened: list[str] = []
    await bus.service()
    channel = open_desktop(on_open=lambda: opened.append("list"))
    await channel.send(note("one\ntwo", reminder_id="digest.ann", count=5))
    assert bus.notified()[0]["body"][5] == ["open", "Show them"]
    await bus.tell(press=[1, "open"])
    await until(lambda: opened == ["list"])
    await until(lambda: bus.called()[-1]["member"] == "CloseNotification")


async def test_the_same_button_of_another_programs_pop_up_does_not(
    bus: Desk, open_desktop: Open
) -> None:
    heard: list[object] = []

    async def answered(*answer: object) -> None:
        heard.append(answer)

    await bus.service()
    channel = open_desktop(on_open=lambda: heard.append("list"), on_answer=answered)
    await channel.send(note("one\ntwo", reminder_id="digest.ann", count=5))
    await channel.send(note("call mum"))
    await bus.tell(press=[77, "open"])
    await bus.tell(press=[77, "done"])
    await bus.tell(press=[2, "done"])  # comes after both
    await until(lambda: heard)
    assert heard == [("0123456789ab", Answer.DONE, 0)]


async def test_an_answer_that_came_too_late_is_not_told(bus: Desk, open_desktop: Open) -> None:
    heard: list[object] = []

    async def late(*answer: object) -> None:
        heard.append(answer)
        raise TransitionError("already answered")

    await bus.service()
    await open_desktop(on_answer=late).send(note("call mum"))
    await bus.tell(press=[1, "done"])
    await until(lambda: heard)
    await asyncio.sleep(0.1)
    assert len(bus.notified()) == 1
