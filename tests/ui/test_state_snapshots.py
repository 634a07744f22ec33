"""Pictures of the states between the screens: found, pasted, unsure, failed, long; see there."""

import asyncio
from dataclasses import replace

import pytest
from textual import events
from textual.pilot import Pilot

from later_tui.config.settings import Settings
from later_tui.domain.route import read_route
from later_tui.store import open_store
from later_tui.store.asyncstore import Store
from later_tui.store.claims import Held, Outcome, Settlement
from later_tui.store.command import Flow, command
from later_tui.ui.status import Here
from later_tui.widgets.arrival import Arrival
from later_tui.widgets.thought_area import ThoughtArea
from screenshots.stages import still
from tests.ui import stage
from tests.ui.stage import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    Dice,
    Thought,
    _due,
    new,
    rest,
    session,
    settled,
    until,
)
from tests.ui.test_snapshots import CASES, HERE, SIZES, Closing, Compare, filled, picture
from tests.widgets.showing import letters

__all__ = ["filled"]
ANSI = pytest.mark.parametrize("theme", ["later-ansi"])
LIST = """\
- call mum within 3d
- water the fig #home
- bad within 3 dasy
- a present for Jonas by 24 dec !email
- stretch every day between 9-18
- [ ] renew the passport, which takes longer than one would think, within 2mo #papers
- idea x3 within 1w
"""
LONG = (
    "what was that long book about tides, the one that Ida lent to Jonas before she moved away "
    "and that he never gave back, in which the moon is a character and speaks in footnotes; I "
    "promised to look it up and to send the name of it to her, and did not"
)


async def troubled(store: Store, outcome: Outcome) -> None:
    """Keep a thought whose e-mail was tried three times; the last attempt ended as `outcome`."""
    route = read_route("desktop then email")
    thought = Thought(text="write to Ida about the summer", kept=9 * DAY, tags=("friends",))
    kept = new(thought, dice=Dice(71))._replace(
        channels=route.channels, steps=route.steps, nag_ms=HOUR
    )
    await store.add(kept)
    error = "no desktop is here"
    await settle(store, kept.id, "desktop", NOW - 9 * MINUTE, Outcome.FAILED, error)
    for back in (6, 4):
        at, error = NOW - back * MINUTE, "450 4.2.1 the mailbox is busy"
        await settle(store, kept.id, "email", at, Outcome.RETRY, error)
    error = "the line was cut after the message was handed over"
    if outcome is Outcome.FAILED:
        error = "550 5.1.1 no such user here"
    await settle(store, kept.id, "email", NOW - 2 * MINUTE, outcome, error)
    await store.run(settled(kept.id, NOW - 2 * MINUTE, "unanswered"))


async def settle(
    store: Store, reminder_id: str, channel: str, at: int, outcome: Outcome, error: str
) -> None:
    await store.run(_due(reminder_id, (channel,), 1000))
    lanes = [(channel, False)]
    claims = await store.claim("ada", 9, wakeup_before_ms=0, lease_ms=30_000, lanes=lanes)
    held = [Held(one.reminder_id, one.channel, one.token) for one in claims.claims]
    await store.arm(held, lease_ms=30_000, before_ms=0)
    await store.run(_due(reminder_id, (), at))
    retry = at + MINUTE if outcome is Outcome.RETRY else None
    await store.settle(
        [Settlement(one, outcome, sent_at=at, retry_at=retry, error=error) for one in held]
    )
    if outcome is not Outcome.UNKNOWN:  # what was not sent was not sent at any time
        await store.run(_unsent(reminder_id, channel))


def _unsent(reminder_id: str, channel: str) -> Flow[None]:
    yield [command("HDEL", stage.KEYS.task(reminder_id), f"sent_at:{channel}")]


@pytest.fixture(params=[Outcome.UNKNOWN, Outcome.FAILED], ids=["unknown", "failed"])
def trouble(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    async def fill() -> None:
        store = await open_store(settings)
        await troubled(store, request.param)
        await store.aclose()

    asyncio.run(fill())
    return settings


@CASES
def test_nothing_found(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "slash", *letters("zebra"))


@CASES
def test_before_anything_is_looked_for(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "slash")


@CASES
def test_what_cannot_be_looked_for(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "slash", *letters("is:dome"))


@CASES
def test_the_list_of_what_was_found(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "slash", *letters("#home"), "enter")


@CASES
def test_a_completion(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "a", *letters("call mum #fr"))


@CASES
def test_several_lines(snap_compare: Compare, filled: Settings, look: str) -> None:
    keys = (*letters("call mum:"), "ctrl+j", *letters("- the summer"), "ctrl+j")
    assert picture(snap_compare, filled, look, "a", *keys, *letters("- the fig by fri #family"))


@CASES
def test_kept(snap_compare: Compare, filled: Settings, look: str) -> None:
    # Its id would differ in every run, were it not drawn from the same dice.
    assert picture(snap_compare, filled, look, "a", *letters("call mum within 3d"), "enter")


@CASES
def test_no_snooze_until_that(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "s", "t", *letters("2x"))


@CASES
def test_everything_in_the_palette(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "ctrl+p")


@CASES
def test_past_without_anything(snap_compare: Compare, settings: Settings, look: str) -> None:
    assert picture(snap_compare, settings, look, "2")


@CASES
def test_everything_is_answered(snap_compare: Compare, settings: Settings, look: str) -> None:
    assert picture(snap_compare, settings, look, "3")


@CASES
def test_detail_with_its_trail(snap_compare: Compare, trouble: Settings, look: str) -> None:
    assert picture(snap_compare, trouble, look, "3", "enter", "w")


@CASES
def test_why(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "j", "j", "j", "enter", "w", "p")


@CASES
def test_pasted(snap_compare: Compare, filled: Settings, look: str) -> None:
    async def paste(app: Closing, pilot: Pilot[None]) -> None:
        await pilot.press("a")
        still(app)
        app.main.query_one(ThoughtArea).post_message(events.Paste(LIST))

    assert acted(snap_compare, filled, look, paste)


@CASES
def test_a_long_arrival(snap_compare: Compare, filled: Settings, look: str) -> None:
    async def arrive(app: Closing, pilot: Pilot[None]) -> None:
        thought = Thought(text=LONG, kept=19 * DAY, folder="~/a/rather/deep/folder/with/much/in/it")
        await stage.deliver(app.session.store, thought, dice=Dice(9000))
        await until(pilot, lambda: app.main.query_one(Arrival).current)

    assert acted(snap_compare, filled, look, arrive)


@CASES
def test_status(snap_compare: Compare, filled: Settings, look: str) -> None:
    async def status(app: Closing, pilot: Pilot[None]) -> None:
        waiting = {"email": "mail.example.org does not answer"}
        app.main.here(Here("working", slots=50, waiting=waiting))
        await pilot.press("i")
        await rest(pilot)
        app.screen._reread = lambda: None  # type: ignore[attr-defined]
        from later_tui.widgets.labelled import Labelled, LabelledLine

        # The server's version and the test's own folder differ from machine to machine.
        told = app.screen.query_one(Labelled)
        fixed = {"Redis": "embedded, valkey 9.0.0", "log": "~/.local/state/later/later.log"}
        told.show(
            [
                LabelledLine(one.label, fixed.get(one.label, one.words), one.kind)
                for one in told.lines
            ]
        )

    assert acted(snap_compare, filled, look, status)


@ANSI
@pytest.mark.parametrize(
    "keys",
    [
        ("j", "enter"),
        ("slash", *letters("#home"), "enter"),
        ("4",),
        ("s",),
        ("space", "j", "space"),
    ],
    ids=["detail", "found", "pictures", "snooze", "marked"],
)
def test_the_terminals_colours(
    snap_compare: Compare, filled: Settings, theme: str, keys: tuple[str, ...]
) -> None:
    async def press(app: Closing, pilot: Pilot[None]) -> None:
        await pilot.press(*keys)

    assert acted(snap_compare, filled, "light", press, theme=theme)


def acted(compare: Compare, settings: Settings, look: str, act: object, theme: str = "") -> bool:
    """Take a picture after `act` has done something with the app."""
    theme = theme or ("later-light" if look == "light" else "later-dark")
    app = Closing(session(replace(settings, theme=theme)), open_store, work=False)

    async def before(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: app.main.upcoming is not None)
        app.main.here(HERE)
        await rest(pilot)
        await act(app, pilot)  # type: ignore[operator]
        await rest(pilot)

    return compare(app, terminal_size=SIZES[look], run_before=before)
