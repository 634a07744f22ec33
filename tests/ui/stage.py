"""Fills a store with a believable week, and moves what it settled to fixed times."""

import re
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.pilot import Pilot

from later_tui.config.settings import Settings
from later_tui.domain.clock import ManualClock
from later_tui.domain.draw import new_seed
from later_tui.domain.errors import StoreError
from later_tui.domain.hours import Hours
from later_tui.domain.ids import new_id
from later_tui.domain.quiet import Quiet, allowed
from later_tui.domain.reminder import Answer, NewReminder, Origin
from later_tui.domain.window import Window
from later_tui.store import Keys
from later_tui.store.asyncstore import Store
from later_tui.store.claims import Held, Outcome, Settlement
from later_tui.store.command import Flow, command
from later_tui.ui.app import LaterApp
from later_tui.ui.session import Session
from later_tui.widgets.arrival import Arrival

ZONE = ZoneInfo("Europe/Zurich")
NOW = int(datetime(2026, 11, 24, 9, 10, tzinfo=ZONE).timestamp() * 1000)
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
KEYS = Keys()
QUIET = Quiet((Hours(22 * 60, 7 * 60),), zone=ZONE)


class Dice:
    """Bytes that are the same in every run."""

    def __init__(self, start: int = 0) -> None:
        self._next = start

    def __call__(self, count: int) -> bytes:
        self._next += 1
        return (self._next * 0x9E3779B97F4A7C15 & (1 << 64) - 1).to_bytes(8, "big")[:count]


@dataclass(frozen=True, kw_only=True)
class Thought:
    text: str
    ends: int = 14 * DAY
    """The window's end, ms from NOW."""
    tags: tuple[str, ...] = ()
    channels: tuple[str, ...] = ("desktop",)
    kept: int = 2 * DAY
    """How long ago it was kept, ms."""
    folder: str = "~"
    between: Hours | None = None
    every: str = ""


UPCOMING = (
    Thought(text="ask Ida how the interview went", ends=9 * HOUR, tags=("friends",)),
    Thought(text="call mum", ends=2 * DAY + 9 * HOUR + 30 * MINUTE, tags=("family",)),
    Thought(text="try the sourdough again, wetter this time", ends=3 * DAY, tags=("kitchen",)),
    Thought(
        text="stretch, and look out of the window for a while",
        ends=4 * DAY,
        between=Hours(540, 1080),
        every="1d",
    ),
    Thought(text="what was that book about tides?", ends=6 * DAY, channels=("desktop", "email")),
    Thought(text="rename the session table before it is too late", folder="~/src/atlas"),
    Thought(text="write to the landlord about the window", ends=10 * DAY, tags=("home",)),
    Thought(text="is the bicycle light charged?", ends=11 * DAY, tags=("home", "bike")),
    Thought(text="a present for Jonas: the map of the moon?", ends=26 * DAY, tags=("friends",)),
    Thought(text="read the second half of the Lamport paper", tags=("work", "reading")),
    Thought(text="learn one song on the ukulele", ends=60 * DAY),
    Thought(text="日本の切手を見る", ends=45 * DAY, tags=("stamps",)),
)
DONE = (
    Thought(text="water the fig tree", kept=12 * DAY, tags=("home",)),
    Thought(text="send Ana the photographs of the lake", kept=19 * DAY, folder="~/src/foo"),
    Thought(text="back up the old laptop", kept=31 * DAY, folder="~/src/atlas"),
)
LET_GO = (
    Thought(text="reorganise the spice rack by colour", kept=40 * DAY),
    Thought(text="look up whether otters have a pouch", kept=3 * DAY),
)
UNANSWERED = (
    Thought(text="thank the neighbours for the quince jam", kept=8 * DAY, tags=("home",)),
    Thought(text="book the dentist", kept=13 * DAY),
)


def session(settings: Settings, now: int = NOW) -> Session:
    """Return a session in which the time, the host and chance stand still."""
    return Session(settings, "mill", "~/src/later", ManualClock(now), Dice())


def new(
    thought: Thought, now: int = NOW, user: str = "ada", dice: Dice | None = None
) -> NewReminder:
    """Return what keeps `thought`; it was kept when it says, its draw is somewhere inside."""
    dice = dice or Dice(hash(len(thought.text)))
    window = Window(now - thought.kept, now + thought.ends)
    return NewReminder(
        id=new_id(dice),
        username=user,
        text=thought.text,
        channels=thought.channels,
        window=window,
        spans=allowed(Window(now + thought.ends // 3, now + thought.ends), QUIET),
        seed=new_seed(dice),
        minimum_gap=0,
        tags=thought.tags,
        origin=Origin("mill", thought.folder, now - thought.kept),
        between=thought.between,
        every=thought.every,
    )


async def fill(store: Store, settings: Settings, now: int = NOW) -> None:
    """Keep everything above; deliver, do and let go what is over."""
    dice = Dice(1000)
    for thought in UPCOMING:
        await store.add(new(thought, now, dice=dice))
    ended = now - 40 * MINUTE
    for back, thought in enumerate((*DONE, *LET_GO)):
        late = (0, 12_000, 3 * HOUR, 0, 95_000)[back]
        reminder_id = await deliver(store, thought, now, dice, late)
        given = Answer.DONE if thought in DONE else Answer.LET_GO
        await store.answer(settings, reminder_id, given, now=now)
        await store.run(settled(reminder_id, ended - (back // 2) * DAY, "past"))
    for back, thought in enumerate(UNANSWERED):
        reminder_id = await deliver(store, thought, now, dice, 2 * HOUR * back)
        await store.run(settled(reminder_id, ended - back * 2 * HOUR, "unanswered"))


async def deliver(
    store: Store, thought: Thought, now: int = NOW, dice: Dice | None = None, late: int = 0
) -> str:
    """Keep a thought and let a worker deliver it; then set its times right. Return its id."""
    kept = new(thought, now, dice=dice)
    await store.add(kept)
    await store.run(_due(kept.id, kept.channels, 1000))
    # Only the first, which this one is by its time: what is to come on the stage's clock may be due
    # by the server's.
    claims = await store.claim(
        kept.username,
        1,
        wakeup_before_ms=0,
        lease_ms=30_000,
        lanes=[(c, True) for c in kept.channels],
    )
    assert [claim.reminder_id for claim in claims.claims] == [kept.id]
    held = [Held(c.reminder_id, c.channel, c.token) for c in claims.claims]
    await store.arm(held, lease_ms=30_000, before_ms=0)
    due = now - HOUR - late
    await store.run(_due(kept.id, (), due))
    await store.settle(
        [Settlement(one, Outcome.DELIVERED, sent_at=due + late, via="pop-up") for one in held]
    )
    return kept.id


def _due(reminder_id: str, channels: Iterable[str], due: int) -> Flow[None]:
    yield [command("HSET", KEYS.task(reminder_id), "due_at", due)]
    for channel in channels:
        yield [command("ZADD", KEYS.lane(channel, "ada"), due, reminder_id)]


def settled(reminder_id: str, at: int, view: str) -> Flow[None]:
    """Have a reminder have ended at `at` (ms UTC), as the list `view` shows it."""
    index = KEYS.past("ada") if view == "past" else KEYS.unanswered("ada")
    yield [command("HSET", KEYS.task(reminder_id), "settled_at", at)]
    yield [command("ZADD", index, at, reminder_id)]


async def until(pilot: Pilot[None], true: Callable[[], object], seconds: float = 30) -> None:
    """Let the app go on until `true` says so."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never came about"
        await pilot.pause(0.02)


async def heard(pilot: Pilot[None]) -> None:
    """Let the app hear of everything that has happened in its store so far."""
    app = pilot.app
    if not isinstance(app, LaterApp) or app.session.opened is None:
        return
    with suppress(StoreError):
        last = await app.session.store.last_event()
        await until(pilot, lambda: app.session.trouble or after(app.bridge.seen, last))


def after(event: str, other: str) -> bool:
    """Whether an event is `other` or came after it."""
    return [int(part) for part in event.split("-")] >= [int(part) for part in other.split("-")]


async def rest(pilot: Pilot[None]) -> None:
    """Let the app do what it has begun: hear, read, and paint what it has read."""
    await heard(pilot)
    await pilot.pause(0.05)
    seen = ""
    while True:
        busy = [worker for worker in pilot.app.workers if worker.name != "bridge"]
        if busy:
            await pilot.app.workers.wait_for_complete(busy)
        soon = isinstance(pilot.app, LaterApp) and (
            pilot.app.main.refreshing or any(one.fresh for one in pilot.app.main.query(Arrival))
        )
        await pilot.pause(0.06)  # longer than the app gathers changes before it reads anew
        now = re.sub(r"terminal-\d+-", "", pilot.app.export_screenshot(simplify=True))
        if now == seen and not busy and not soon:
            return
        seen = now
