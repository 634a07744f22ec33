"""The protocol on a real server, with workers that are only memories, and time that is moved.

Every operation is the real one. Nobody waits: a lease ends because its score is set to the past,
and a reminder falls due because its moment is. After each operation the invariants are checked on
the keys themselves.
"""

from collections.abc import Sequence
from typing import NamedTuple

from later_tui.config.settings import Settings
from later_tui.domain.errors import TransitionError
from later_tui.domain.plan import Round
from later_tui.domain.reminder import Answer, State
from later_tui.domain.window import Span, Window
from later_tui.store import deliveries, reminders
from later_tui.store.claims import Held, Outcome, Settlement
from later_tui.store.command import Arg, Flow, Reply, command
from later_tui.store.keys import Keys
from later_tui.store.syncstore import SyncStore
from tests.making import made, now_ms
from tests.model import snapshot
from tests.model.healthy import settle_all
from tests.model.invariants import Place, Violation, missent
from tests.model.ledger import Hold, Ledger, Stage
from tests.model.machine import Link
from tests.model.moments import (
    AHEAD_MS,
    CHANNELS,
    LEASE_MS,
    NAG_MS,
    PAST_MS,
    REPEATABLE,
    WAKEUP_MS,
    steps_of,
)
from tests.model.snapshot import Snapshot

KEYS = Keys(0)
USER = "ada"


class Took(NamedTuple):
    """A claim that took effect."""

    reminder_id: str
    hold: Hold


class Rig:
    """A few reminders on a real server, and the truth about each."""

    def __init__(self, store: SyncStore, settings: Settings) -> None:
        self.store, self.settings = store, settings
        self.ledgers: dict[str, Ledger] = {}
        self.seen: dict[str, Snapshot] = {}
        self.links: dict[str, Link] = {}
        self.nagging: set[str] = set()
        self._began, self._moments = now_ms(), 0

    def begin(self) -> None:
        """Begin with an empty server."""
        self.raw("FLUSHALL")
        self.ledgers.clear()
        self.seen.clear()
        self.links.clear()
        self.nagging.clear()
        self._began, self._moments = now_ms(), 0

    def moment(self, from_now: int) -> int:
        """Return a moment by the rig's own clock, later than every one that it returned before.

        Walks that do the same find the same order in the lanes, however fast they are.
        """
        self._moments += 1
        return self._began + from_now + self._moments

    def raw(self, *words: Arg) -> Reply:
        def flow() -> Flow[Reply]:
            [reply] = yield [command(*words)]
            return reply

        return self.store.run(flow())

    def add(self, *channels: str, link: Link = Link.NONE, nags: bool = False) -> str:
        """Keep a reminder that is not due yet."""
        at = self.moment(AHEAD_MS)
        name = f"{len(self.ledgers):012}"
        new = made(
            Window(at, at),
            id=name,
            channels=channels or CHANNELS,
            steps=steps_of(link),
            nag_ms=NAG_MS if nags else 0,
        )
        self.store.add(new)
        self.links[new.id] = link
        self.ledgers[new.id] = Ledger.empty(len(CHANNELS))
        if nags:
            self.nagging.add(new.id)
        self.check()
        return new.id

    def claim(self, channel: int, want: int = 50, *, heard: bool = True) -> list[Took]:
        lanes = [(CHANNELS[channel], REPEATABLE[channel])]
        flow = deliveries.claim(
            KEYS, USER, want, wakeup_before_ms=WAKEUP_MS, lease_ms=LEASE_MS, lanes=lanes
        )
        took = []
        before = {name: self._nags(name, channel) for name in self.ledgers}
        claims = self.store.run(flow).claims
        for name, nags in before.items():
            if self._nags(name, channel) > nags:  # it may have been sent; the next nag will tell
                self.ledgers[name] = self.ledgers[name].sends_anew(channel)
        for claim in claims:
            name = claim.reminder_id
            if self.seen[name].place(CHANNELS[channel]) is Place.LEASED:
                raise Violation(f"{name}: claimed while another worker's lease runs")
            self.ledgers[name] = self.ledgers[name].claimed(channel, claim.token, heard=heard)
            took.append(Took(name, Hold(channel, claim.token)))
        self.check()
        return took

    def arm(self, reminder_id: str, hold: Hold, *, heard: bool = True) -> tuple[str, Hold]:
        """Arm: "ok", "void" or "early", and the hold as it is then.

        A worker that hears "void" forgets its claim; one that hears nothing will not send.
        """
        flow = deliveries.arm(KEYS, [_held(reminder_id, hold)], lease_ms=LEASE_MS, before_ms=0)
        [armed] = self.store.run(flow)
        answer = "ok" if armed.ok else "void" if armed.void else "early"
        ledger, after = self.ledgers[reminder_id], hold
        if armed.ok:
            after = ledger.arming(hold, heard=heard)
            self.ledgers[reminder_id] = ledger.armed(hold, heard=heard)
        elif not heard:
            after = hold._replace(stage=Stage.UNSURE)
            self.ledgers[reminder_id] = ledger.unsure(hold)
        elif armed.void:
            self.ledgers[reminder_id] = ledger.without(hold)
        self.check()
        return answer, after

    def send(self, reminder_id: str, hold: Hold, verdict: Stage = Stage.ACCEPTED) -> Hold:
        """Send what is armed; the other side's verdict is luck."""
        self.ledgers[reminder_id] = self.ledgers[reminder_id].sent(hold, verdict)
        self.check()
        return hold._replace(stage=verdict)

    def renew(self, reminder_id: str, hold: Hold) -> bool:
        [mine] = self.store.run(
            deliveries.renew(KEYS, [_held(reminder_id, hold)], lease_ms=LEASE_MS)
        )
        if mine and self.ledgers[reminder_id].stale(hold):
            raise Violation(f"{reminder_id}: renewed by a worker whose claim is over")
        if mine:
            self.ledgers[reminder_id] = self.ledgers[reminder_id].renewed(hold)
        self.check()
        return mine

    def settle(self, reminder_id: str, hold: Hold, outcome: Outcome, *, heard: bool = True) -> bool:
        now = self.moment(PAST_MS)
        settlement = Settlement(
            _held(reminder_id, hold),
            outcome,
            sent_at=now if outcome is Outcome.DELIVERED else None,
            retry_at=self._when(outcome, now),
            nag_at=self.moment(AHEAD_MS) if reminder_id in self.nagging else None,
        )
        nags = self._nags(reminder_id, hold.channel)
        [counted] = self.store.run(deliveries.settle(KEYS, [settlement]))
        ledger = self.ledgers[reminder_id]
        through = ledger.without(hold) if heard else ledger.said(hold, outcome.value)
        if self._nags(reminder_id, hold.channel) > nags:
            through = through.sends_anew(hold.channel)
        self.ledgers[reminder_id] = through
        self.check()
        return counted

    def _when(self, outcome: Outcome, now: int) -> int | None:
        if outcome is Outcome.LATER:
            return self.moment(AHEAD_MS)
        return now if outcome is Outcome.RETRY else None

    def _nags(self, reminder_id: str, channel: int) -> int:
        """How many nags the server has counted."""
        if reminder_id not in self.nagging:
            return 0
        found = self.raw("HGET", KEYS.task(reminder_id), f"nag:{CHANNELS[channel]}")
        return int(found or 0)

    def resend(self, reminder_id: str) -> bool:
        """Send again what failed or may have been sent; False if there is nothing of it."""
        before = self.seen[reminder_id]
        try:
            self.store.resend(reminder_id)
        except TransitionError:
            self.check()
            return False
        for channel, name in enumerate(CHANNELS):
            if before.delivery(name) in (State.FAILED, State.UNKNOWN):
                self.ledgers[reminder_id] = self.ledgers[reminder_id].sends_anew(channel)
        self.check()
        return True

    def come(self, reminder_id: str, channel: int) -> None:
        """Let the own moment of a delivery be a moment ago."""
        at, name = self.moment(PAST_MS), CHANNELS[channel]
        if self.seen[reminder_id].place(name) is Place.WAITING:
            self.raw("ZADD", KEYS.lane(name, USER), "XX", at, reminder_id)
        self.raw("HSET", KEYS.task(reminder_id), f"at:{name}", at)
        self.check()

    def as_it_is(self, reminder_id: str, hold: Hold) -> Hold:
        """Return a hold with what the person did since."""
        same = (hold.channel, hold.token, hold.stage)
        holds = self.ledgers[reminder_id].holds
        return next(h for h in holds if (h.channel, h.token, h.stage) == same)

    def fork(self, reminder_id: str, hold: Hold) -> None:
        """Let two workers believe that they have the same claim."""
        ledger = self.ledgers[reminder_id]
        self.ledgers[reminder_id] = ledger._replace(holds=(*ledger.holds, hold))

    def crash(self, reminder_id: str, hold: Hold) -> None:
        self.ledgers[reminder_id] = self.ledgers[reminder_id].without(hold)

    def expire(self, reminder_id: str, channel: int) -> None:
        """Let the lease of a delivery end now."""
        self.raw(
            "ZADD", KEYS.lane(CHANNELS[channel], USER), "XX", self.moment(PAST_MS), reminder_id
        )
        self.ledgers[reminder_id] = self.ledgers[reminder_id].expired(channel)
        self.check()

    def fall_due(self, reminder_id: str) -> None:
        """Let the due time be a moment ago."""
        due = self.moment(PAST_MS)
        for channel in CHANNELS:
            found = self.seen[reminder_id]
            if found.place(channel) is Place.WAITING and found.at(channel) is None:
                self.raw("ZADD", KEYS.lane(channel, USER), "XX", due, reminder_id)
        self.raw("ZADD", f"{KEYS.prefix}{USER}_due", "XX", due, reminder_id)
        self.raw("HSET", KEYS.task(reminder_id), "due_at", due)
        self.ledgers[reminder_id] = self.ledgers[reminder_id]._replace(early=False)
        self.check()

    def answer(self, reminder_id: str, given: Answer, round_: int | None = None) -> bool:
        """Done or let go; False when it was answered otherwise, or the round is over."""
        try:
            self.store.answer(self.settings, reminder_id, given, now=now_ms(), round_=round_)
        except TransitionError:
            self.check()
            return False
        self.ledgers[reminder_id] = self.ledgers[reminder_id]._replace(answered=True)
        self.check()
        return True

    def again(self, reminder_id: str) -> None:
        """Schedule anew through the same channels."""
        at = self.moment(AHEAD_MS)
        anew = Round(Window(at - AHEAD_MS // 2, at), (Span(at, at + 1),), 0)
        self.store.run(reminders.reschedule(KEYS, reminder_id, anew, minimum_gap=0))
        self._anew(reminder_id)

    def edit(self, reminder_id: str, channels: Sequence[str]) -> None:
        """Replace thought and channels."""
        at = self.moment(AHEAD_MS)
        link = self.links[reminder_id] if len(channels) > 1 else Link.NONE
        new = made(
            Window(at, at),
            "call dad",
            channels=tuple(channels),
            steps=steps_of(link),
            nag_ms=NAG_MS if reminder_id in self.nagging else 0,
        )
        self.store.edit(reminder_id, new)
        self._anew(reminder_id)

    def _anew(self, reminder_id: str) -> None:
        self.ledgers[reminder_id] = self.ledgers[reminder_id].anew()
        self.check()

    def check(self) -> None:
        """Look at the keys of every reminder. Raises Violation."""
        for name, ledger in self.ledgers.items():
            found = self.store.run(snapshot.take(KEYS, USER, name, CHANNELS))
            self.seen[name] = found
            ahead = tuple(found.ahead(channel) for channel in CHANNELS)
            ledger = self.ledgers[name] = ledger._replace(ahead=ahead)
            states = [found.delivery(channel) for channel in CHANNELS]
            for said in (*snapshot.wrong(found), *missent(ledger, states, REPEATABLE)):
                raise Violation(f"{name}: {said}")

    def settle_all(self) -> None:
        settle_all(self)


def _held(reminder_id: str, hold: Hold) -> Held:
    return Held(reminder_id, CHANNELS[hold.channel], hold.token)
