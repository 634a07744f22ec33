"""A walk whose person takes things back: every act is remembered here, and undone on the server."""

from typing import NamedTuple

from later_tui.domain.errors import TransitionError
from later_tui.domain.reminder import Answer, State
from tests.model.invariants import Place, Violation, sum_of
from tests.model.ledger import Ledger
from tests.model.machine import Delivery, Kept
from tests.model.rig import CHANNELS, USER, Rig
from tests.model.walk import Walk

LASTING = ("round", "undo", "weight")
"""Fields that an undo does not take back, beside the fencing tokens."""


class Done(NamedTuple):
    """An act, and all that was known before it; `anew` if a new round began."""

    name: str
    anew: bool
    kept: Kept
    ledger: Ledger
    fields: dict[str, str]
    channels: tuple[int, ...]
    after: tuple[State, str]


class UndoWalk(Walk):
    """A walk with one more step, `undo`."""

    def __init__(self, rig: Rig) -> None:
        super().__init__(rig)
        self.acts: list[Done] = []

    def begin(self) -> None:
        self.acts.clear()
        super().begin()

    def answer(self, n: int, given: Answer) -> None:
        before = self._known(self.nth(n))
        super().answer(n, given)
        self._remember(before, anew=False)

    def again(self, n: int) -> None:
        before = self._known(self.nth(n))
        super().again(n)
        self._remember(before, anew=True)

    def edit(self, n: int, through: tuple[int, ...]) -> None:
        before = self._known(self.nth(n))
        super().edit(n, through)
        self._remember(before, anew=True)

    def fall_due(self, n: int) -> None:
        """Time is moved by hand here: not the due time of what an answer left as it was."""
        newest = next((act for act in reversed(self.acts) if act.name == self.nth(n)), None)
        if newest is None or newest.anew:
            super().fall_due(n)

    def undo(self) -> None:
        """Take back the newest act. Raises Violation."""
        if not self.acts:
            return
        act = self.acts.pop()
        # Nothing is checked before the ledger knows of it: `check` looks at both.
        holds = self.rig.ledgers[act.name].holds
        refused = self._moved(act)
        try:
            [undone] = self.rig.store.undo(USER).undone
        except TransitionError:
            self.seen["undo refused"] += 1
            self.same("undo", "refused", "refused" if refused else "taken back")
            return
        self.same("undo", "taken back", "refused" if refused else "taken back")
        self.same("undone", undone.reminder.id, act.name)
        self.seen[f"undone to {act.kept.state}"] += 1
        for delivery in act.kept.deliveries:
            self.seen[f"undone to a delivery {delivery.state}"] += 1
        self.rig.ledgers[act.name] = self._truth(act, self.rig.ledgers[act.name])
        assert len(holds) == len(self.rig.ledgers[act.name].holds)
        now = self.kept[act.name]
        self.rig.check()
        self.channels[act.name] = act.channels
        self.kept[act.name] = self._expected(act, now)
        self.rounds[act.name] = int(self.rig.seen[act.name].fields["round"])
        self._same_fields(act)

    def _known(self, name: str) -> Done:
        found = self.rig.seen[name]
        kept, ledger = self.kept[name], self.rig.ledgers[name]
        after = (State.SCHEDULED, "")
        return Done(name, False, kept, ledger, found.fields, self.channels[name], after)

    def _remember(self, before: Done, *, anew: bool) -> None:
        found = self.rig.seen[before.name]
        if found.fields.get("undo") != before.fields.get("undo"):
            after = (found.state, found.fields.get("settled_at", ""))
            self.acts.append(before._replace(anew=anew, after=after))

    def _moved(self, act: Done) -> bool:
        found = self.rig.seen[act.name]
        if found.state.upcoming and act.after[0].upcoming:
            return False
        return (found.state, found.fields.get("settled_at", "")) != act.after

    def _truth(self, act: Done, now: Ledger) -> Ledger:
        """What an earlier round did counts again, and so does what its workers still do."""
        past = {hold._replace(outdated=True): hold for hold in act.ledger.holds}
        holds = [hold._replace(outdated=True) for hold in now.holds]
        wires = [
            wire._replace(possible=old.possible, accepted=old.accepted or fresh.accepted)
            if act.anew
            else wire
            for wire, old, fresh in zip(now.wires, act.ledger.wires, now.wires, strict=True)
        ]
        return now._replace(
            wires=tuple(wires),
            holds=tuple(sorted(past.get(hold, hold) for hold in holds)),
            early=act.ledger.early,
            answered=act.ledger.answered,
        )

    def _expected(self, act: Done, now: Kept) -> Kept:
        deliveries = []
        for channel, (old, late) in enumerate(
            zip(act.kept.deliveries, now.deliveries, strict=True)
        ):
            token = self.rig.seen[act.name].token(CHANNELS[channel])
            if token < max(old.token, late.token):
                raise Violation(f"{act.name}: a token went down from {late.token} to {token}")
            state, place = old.state, old.place
            if state is State.CLAIMED:
                state, place = State.SCHEDULED, Place.WAITING
            elif state is State.SENDING:
                place = Place.EXPIRED
            elif state is State.UNKNOWN and late.state is State.DELIVERED and not act.anew:
                state = State.DELIVERED  # its worker said so meanwhile
            deliveries.append(Delivery(state, place, token))
        state = act.kept.state
        if state not in (State.DONE, State.RELEASED):
            state = sum_of(d.state for d in deliveries) or State.SCHEDULED
        return Kept(tuple(deliveries), state, act.kept.early)

    def _same_fields(self, act: Done) -> None:
        """Field for field it is what it was, but for the claims that are over."""

        def plain(fields: dict[str, str]) -> dict[str, str]:
            kept = {
                field: value
                for field, value in fields.items()
                if field not in LASTING and not field.startswith("token:")
            }
            if State(kept.get("state", "scheduled")).upcoming:
                kept.pop("state", None)
            return {f: v for f, v in kept.items() if not (f[:6] == "state:" and v == "claimed")}

        now, was = plain(self.rig.seen[act.name].fields), plain(act.fields)
        if "state:sms" in now and now["state:sms"] != was.get("state:sms"):
            return  # better known than it was
        self.same("the record", now, was)
