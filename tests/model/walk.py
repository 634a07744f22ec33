"""A walk over the real scripts, step by step beside the model: what each step does."""

from collections import Counter
from typing import NamedTuple

from later_tui.domain.reminder import Answer, State
from later_tui.store.claims import Outcome
from tests.model.invariants import Place, Violation
from tests.model.ledger import VERDICTS, Hold, Stage
from tests.model.machine import Kept, Link, Own, Scripts
from tests.model.rig import CHANNELS, REPEATABLE, Rig
from tests.model.world import Rules, outcomes

BOTH = (0, 1)
THROUGH = ((0,), (1,), BOTH)


class Kind(NamedTuple):
    """A reminder's channels, what the second waits for, and whether it nags."""

    through: tuple[int, ...]
    link: Link = Link.NONE
    nags: bool = False


PLAIN = (Kind(BOTH), Kind((1,)))
ROUTED = (Kind(BOTH, Link.FALLBACK), Kind(BOTH, Link.FURTHER, nags=True), Kind((1,), nags=True))


class Walk:
    """Some reminders (one on two channels, one on the second alone), and a worker for every claim.

    Each step is taken on the server and in the model, and their answers must be the same. `seen`
    counts the answers, so that a test can say that it met them.
    """

    def __init__(self, rig: Rig, kinds: tuple[Kind, ...] = PLAIN) -> None:
        self.rig, self.kinds = rig, kinds
        self.resends = kinds is not PLAIN
        self.scripts: dict[str, Scripts] = {}
        self.kept: dict[str, Kept] = {}
        self.channels: dict[str, tuple[int, ...]] = {}
        self.rounds: dict[str, int] = {}
        self.seen: Counter[str] = Counter()

    def begin(self) -> None:
        self.rig.begin()
        self.kept.clear()
        for through, link, nags in self.kinds:
            named = (CHANNELS[channel] for channel in through)
            name = self.rig.add(*named, link=link, nags=nags)
            self.scripts[name] = scripts = Scripts(REPEATABLE, link=link, nags=nags)
            self.kept[name] = scripts.reschedule(scripts.add(), through)
            self.channels[name], self.rounds[name] = through, 0

    def claim(self, channel: int, want: int, heard: bool) -> None:
        """Claim: what is due longest comes first."""
        lane = CHANNELS[channel]
        order = sorted((self.rig.seen[name].lanes[lane] or 0, name) for name in self.kept)
        expected: list[tuple[str, int]] = []
        for _, name in order:
            if len(expected) < want:
                before = self.kept[name]
                self.kept[name], token = self.scripts[name].claim(before, channel)
                self.seen[f"claim of {before.deliveries[channel].state}"] += token is not None
                self.seen["claim settles as unknown"] += token is None and self.kept[name] != before
                expected += [(name, token)] if token is not None else []
        took = self.rig.claim(channel, want, heard=heard)
        self.same("claim", [(name, hold.token) for name, hold in took], expected)

    def go_on(self, n: int, heard: bool, luck: int) -> None:
        """Let a worker do what comes next: arm, send, say what came of it."""
        name, hold = self.pick(n)
        if hold.stage is Stage.CLAIMED:
            scripts = self.scripts[name]
            self.kept[name], expected = scripts.arm(self.kept[name], hold.channel, hold.token)
            answer, _ = self.rig.arm(name, hold, heard=heard)
            self.seen[f"arm {answer}"] += 1
            self.same("arm", answer, expected)
        elif hold.stage is Stage.ARMED:
            self.rig.send(name, hold, VERDICTS[luck % len(VERDICTS)])
        else:
            self.say(name, hold, luck, heard)

    def say(self, name: str, hold: Hold, which: int, heard: bool = True) -> None:
        """Let a worker say what came of a claim: one of what it may think."""
        possible = outcomes(hold, REPEATABLE[hold.channel])
        before, scripts = self.kept[name], self.scripts[name]
        if hold.stage is Stage.CLAIMED and Rules.follows(before.deliveries[hold.channel]):
            possible = (*possible, Outcome.LATER)
        outcome = possible[which % len(possible)]
        self.kept[name], expected = scripts.settle(before, hold.channel, hold.token, outcome)
        counted = self.rig.settle(name, hold, outcome, heard=heard)
        self.seen[f"{outcome} {'counted' if counted else 'void'}"] += 1
        self.same("settle", counted, expected)

    def interrupt(self, n: int) -> None:
        """Let a worker say what came of a claim before it is through with it."""
        self.say(*self.pick(n), n)

    def renew(self, n: int) -> None:
        name, hold = self.pick(n)
        scripts = self.scripts[name]
        self.kept[name], expected = scripts.renew(self.kept[name], hold.channel, hold.token)
        mine = self.rig.renew(name, hold)
        self.seen[f"renewed {mine}"] += 1
        self.same("renew", mine, expected)

    def crash(self, n: int) -> None:
        self.rig.crash(*self.pick(n))

    def lease_ends(self, n: int) -> None:
        leases = self.leases()
        name, channel = leases[n % len(leases)]
        self.kept[name] = Scripts.expire(self.kept[name], channel)
        self.rig.expire(name, channel)

    def fall_due(self, n: int) -> None:
        name = self.nth(n)
        if self.kept[name].early:
            self.kept[name] = Scripts.fall_due(self.kept[name])
            self.rig.fall_due(name)

    def come(self, n: int) -> None:
        """Let the own moment of a further step, or of a nag, come."""
        waiting = self.waiting()
        name, channel = waiting[n % len(waiting)]
        self.kept[name] = Scripts.come(self.kept[name], channel)
        self.rig.come(name, channel)

    def resend(self, n: int) -> None:
        """Let the person send again what failed or may have been sent, if there is any of it."""
        name = self.nth(n)
        self.kept[name], which = self.scripts[name].resend(self.kept[name])
        done = self.rig.resend(name)
        self.seen[f"sent again {done}"] += 1
        self.same("resend", done, bool(which))

    def answer(self, n: int, given: Answer) -> None:
        """Answer, first the pop-up of the round before (which must be void), then this round's."""
        name = self.nth(n)
        earlier = self.rounds[name] - 1
        if earlier >= 0:
            self.same("stale answer", self.rig.answer(name, given, earlier), False)
        state = State.DONE if given is Answer.DONE else State.RELEASED
        before = self.kept[name].state
        self.kept[name], expected = self.scripts[name].answer(self.kept[name], state)
        self.seen[f"answered when {before}"] += 1
        self.same("answer", self.rig.answer(name, given, self.rounds[name]), expected)

    def again(self, n: int) -> None:
        name = self.nth(n)
        self.rig.again(name)
        self._anew(name)

    def edit(self, n: int, through: tuple[int, ...]) -> None:
        name = self.nth(n)
        self.channels[name] = through
        link = self.rig.links[name] if through == BOTH else Link.NONE
        nags = self.scripts[name].nags
        self.scripts[name] = Scripts(REPEATABLE, link=link, nags=nags)
        self.rig.edit(name, [CHANNELS[channel] for channel in through])
        self._anew(name)

    def _anew(self, name: str) -> None:
        self.kept[name] = self.scripts[name].reschedule(self.kept[name], self.channels[name])
        self.rounds[name] += 1

    def compare(self) -> None:
        """The keys are what the model says. Raises Violation."""
        for name, kept in self.kept.items():
            found = self.rig.seen[name]
            state = State.SCHEDULED if found.state.upcoming else found.state
            self.same("reminder", state, kept.state)
            for channel, delivery in enumerate(kept.deliveries):
                lane = CHANNELS[channel]
                real = (found.delivery(lane), found.place(lane), found.token(lane))
                self.same(lane, real, tuple(delivery)[:3])
                own = {None: Own.NONE, True: Own.AHEAD, False: Own.COME}[found.ahead(lane)]
                self.same(f"moment of {lane}", own, delivery.own)
                self.same(f"nag of {lane}", found.nagged(lane), delivery.nagged)

    def held(self) -> list[tuple[str, Hold]]:
        """Return what the workers hold, of every reminder."""
        ledgers = self.rig.ledgers.items()
        return [(name, hold) for name, ledger in ledgers for hold in ledger.holds]

    def pick(self, n: int) -> tuple[str, Hold]:
        found = self.held()
        return found[n % len(found)]

    def leases(self) -> list[tuple[str, int]]:
        return [
            (name, channel)
            for name, kept in self.kept.items()
            for channel in BOTH
            if kept.deliveries[channel].place is Place.LEASED
        ]

    def waiting(self) -> list[tuple[str, int]]:
        """Return what waits for a moment of its own."""
        return [
            (name, channel)
            for name, kept in self.kept.items()
            for channel, delivery in enumerate(kept.deliveries)
            if delivery.own is Own.AHEAD and delivery.state.upcoming
        ]

    def nth(self, n: int) -> str:
        return list(self.kept)[n % len(self.kept)]

    @staticmethod
    def same(what: str, real: object, expected: object) -> None:
        if real != expected:
            raise Violation(f"{what}: the scripts say {real!r}, the model {expected!r}")
