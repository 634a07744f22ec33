"""What the tests of undo do to reminders, and what they compare."""

from later_tui.config.settings import Settings
from later_tui.domain.reminder import Answer
from later_tui.domain.window import Window
from later_tui.store import deliveries
from later_tui.store.claims import Held, Outcome, Settlement
from later_tui.store.command import command
from later_tui.store.keys import Keys
from later_tui.store.survey import survey
from later_tui.store.syncstore import SyncStore
from tests.making import due_in, made, now_ms

KEYS = Keys()
HOUR = 3_600_000
DAY = 24 * HOUR
LOG = f"{KEYS.prefix}ada_undo"
CHANNELS = ("desktop", "sms")


def raw(store: SyncStore, *words: str | int) -> object:
    def flow():  # type: ignore[no-untyped-def]
        [reply] = yield [command(*words)]
        return reply

    return store.run(flow())


def fields(store: SyncStore, name: str) -> dict[str, str]:
    """Return the record without what an undo never takes back."""
    pairs = raw(store, "HGETALL", KEYS.task(name))
    found = {pairs[i].decode(): pairs[i + 1].decode() for i in range(0, len(pairs), 2)}
    return {
        field: value
        for field, value in found.items()
        if field not in ("round", "undo") and not field.startswith("token:")
    }


def places(store: SyncStore, name: str) -> dict[str, object]:
    """Return where the reminder stands in the user's lists and the lanes."""
    keys = [f"{KEYS.prefix}ada_{index}" for index in ("tasks", "due", "past", "unanswered")]
    keys += [KEYS.lane(channel, "ada") for channel in CHANNELS]
    return {key: raw(store, "ZSCORE", key, name) for key in keys}


def whole(store: SyncStore) -> bool:
    found = store.run(survey(KEYS))
    return not (found.bad or found.misplaced or found.orphans or found.wrong)


def claimed(store: SyncStore, name: str, channel: str) -> Held:
    flow = deliveries.claim(
        KEYS, "ada", 9, wakeup_before_ms=0, lease_ms=30_000, lanes=[(channel, channel != "sms")]
    )
    [claim] = store.run(flow).claims
    assert claim.reminder_id == name
    return Held(name, channel, claim.token)


def sent(store: SyncStore, held: Held, outcome: Outcome) -> bool:
    store.run(deliveries.arm(KEYS, [held], lease_ms=30_000, before_ms=0))
    said = Settlement(held, outcome, sent_at=now_ms(), via="wire", error="")
    [counted] = store.run(deliveries.settle(KEYS, [said]))
    return counted


def in_state(store: SyncStore, state: str) -> str:
    """Keep a reminder on two channels and bring it into a state."""
    new = due_in(-1000, "call mum", channels=CHANNELS, tags=("family",))
    if state == "to come":
        new = made(Window(now_ms() + DAY, now_ms() + 9 * DAY), channels=CHANNELS)
    name = store.add(new).reminder_id
    if state == "claimed":
        claimed(store, name, "desktop")
    elif state == "sending":
        store.run(deliveries.arm(KEYS, [claimed(store, name, "sms")], lease_ms=30_000, before_ms=0))
    elif state in ("delivered", "half", "done", "released"):
        sent(store, claimed(store, name, "desktop"), Outcome.DELIVERED)
        if state == "delivered":
            sent(store, claimed(store, name, "sms"), Outcome.DELIVERED)
    elif state in ("failed", "unknown"):
        for channel in CHANNELS:
            sent(store, claimed(store, name, channel), Outcome(state))
    return name


STATES = ("to come", "overdue", "claimed", "sending", "half", "delivered", "failed", "unknown")
ACTS = ("done", "let-go", "again", "snooze", "edit")


def act(store: SyncStore, settings: Settings, name: str, what: str) -> None:
    if what == "edit":
        window = Window(now_ms() + HOUR, now_ms() + DAY)
        store.edit(name, made(window, "call dad", tags=("work",), channels=("desktop",)))
        return
    until = now_ms() + HOUR if what == "snooze" else None
    store.answer(settings, name, Answer(what), now=now_ms(), until=until)
