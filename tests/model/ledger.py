"""The truth behind the server's back: what the workers hold, and what went over the wire.

It is written by whoever drives the protocol (the exhaustive search of the model, or the test on a
real server), from what the workers and the person did and what they were answered. The server never
sees it; the invariants compare the two.
"""

from enum import StrEnum
from typing import NamedTuple


class Stage(StrEnum):
    """How far a worker has come with a claim, as it knows itself."""

    CLAIMED = "claimed"
    UNSURE = "unsure"
    """It asked to arm and heard no answer: it will not send."""
    ARMED = "armed"
    ACCEPTED = "accepted"
    """It sent, and the other side took it."""
    REJECTED = "rejected"
    """It sent, and the other side definitely did not take it."""
    UNHEARD = "unheard"
    """It sent, and cannot know."""
    SAID = "said"
    """It told the server what came of it and heard no answer: it can only say so again."""


MAY_SEND = frozenset({Stage.CLAIMED, Stage.ARMED})
VERDICTS = (Stage.ACCEPTED, Stage.REJECTED, Stage.UNHEARD)


class Hold(NamedTuple):
    """A worker's memory of one claim. A frozen worker is one whose holds stay as they are."""

    channel: int
    token: int
    stage: Stage = Stage.CLAIMED
    unfit: str = ""
    """Why arm should have refused it, if it did not."""
    outdated: bool = False
    """The reminder was scheduled anew since the claim."""
    said: str = ""
    """What it told the server came of it, without hearing an answer."""


class Wire(NamedTuple):
    """What one delivery did on the wire. `possible` and `accepted` count the present round."""

    tokens: frozenset[int] = frozenset()
    """The tokens under which something was sent."""
    doubled: bool = False
    """Something was sent twice under one token."""
    possible: int = 0
    """Sends less definite rejections: how often it may have reached the person (2: or more)."""
    accepted: bool = False
    unfit: str = ""
    """Why what was sent should not have been armed."""
    reused: bool = False
    """A claim was given a token that an earlier claim had."""


class Fence(NamedTuple):
    """Whose word counts for a delivery: the last claim's, while its lease runs."""

    newest: int = 0
    running: bool = False


class Ledger(NamedTuple):
    """All of it, for one reminder."""

    wires: tuple[Wire, ...]
    fences: tuple[Fence, ...]
    holds: tuple[Hold, ...] = ()
    early: bool = True
    answered: bool = False
    ahead: tuple[bool | None, ...] = ()
    """Of each channel, whether its own moment is still to come; None where the drawn one counts."""

    @classmethod
    def empty(cls, channels: int) -> "Ledger":
        return cls((Wire(),) * channels, (Fence(),) * channels)

    def made(
        self, wires: tuple[Wire, ...], fences: tuple[Fence, ...], holds: tuple[Hold, ...]
    ) -> "Ledger":
        """Return the same with other wires, fences and holds (these sorted)."""
        return Ledger(wires, fences, holds, self.early, self.answered, self.ahead)

    def claimed(self, channel: int, token: int, *, heard: bool = True) -> "Ledger":
        """A claim took effect; the worker holds it if it heard so."""
        wire, fence = self.wires[channel], self.fences[channel]
        told = self._wire(channel, wire._replace(reused=wire.reused or token <= fence.newest))
        told = told._fence(channel, Fence(token, running=True))
        return told._with(Hold(channel, token)) if heard else told

    def armed(self, hold: Hold, *, heard: bool = True) -> "Ledger":
        """Arm took effect; a worker that did not hear so will not send."""
        return self.without(hold)._with(self.arming(hold, heard=heard)).renewed(hold)

    def arming(self, hold: Hold, *, heard: bool = True) -> Hold:
        """Return a hold as it is once arm took effect."""
        stage = Stage.ARMED if heard else Stage.UNSURE
        return hold._replace(stage=stage, unfit=self.unfit(hold))

    def unfit(self, hold: Hold) -> str:
        """Return why a hold may not be armed now, or nothing."""
        fence = self.fences[hold.channel]
        if self.answered:
            return "though it was armed after the answer"
        if hold.outdated:
            return "though it was armed after the reminder was scheduled anew"
        if hold.token != fence.newest:
            return "though it was armed after another worker took it over"
        if not fence.running:
            return "though it was armed after its lease"
        own = self.ahead[hold.channel] if self.ahead else None
        early = self.early if own is None else own
        return "though it was armed before its time" if early else ""

    def stale(self, hold: Hold) -> bool:
        """Return whether the claim is over: taken over, answered, or of an earlier round."""
        newest = self.fences[hold.channel].newest
        return self.answered or hold.outdated or hold.token != newest

    def sent(self, hold: Hold, verdict: Stage) -> "Ledger":
        """A worker sent. What an earlier round sends does not count for the present one."""
        wire = self.wires[hold.channel]
        possible = wire.possible + (verdict is not Stage.REJECTED and not hold.outdated)
        after = wire._replace(
            tokens=wire.tokens | {hold.token},
            doubled=wire.doubled or hold.token in wire.tokens,
            possible=min(2, possible),
            accepted=wire.accepted or (verdict is Stage.ACCEPTED and not hold.outdated),
            unfit=wire.unfit or hold.unfit,
        )
        told = self._wire(hold.channel, after).without(hold)
        return told._with(hold._replace(stage=verdict))

    def renewed(self, hold: Hold) -> "Ledger":
        return self._fence(hold.channel, self.fences[hold.channel]._replace(running=True))

    def expired(self, channel: int) -> "Ledger":
        return self._fence(channel, self.fences[channel]._replace(running=False))

    def without(self, hold: Hold) -> "Ledger":
        """A worker is through with a claim, gave it up, or died."""
        holds = list(self.holds)
        holds.remove(hold)
        return self._replace(holds=tuple(holds))

    def unsure(self, hold: Hold) -> "Ledger":
        """A worker asked to arm and heard nothing; nothing happened either."""
        return self.without(hold)._with(hold._replace(stage=Stage.UNSURE))

    def said(self, hold: Hold, outcome: str) -> "Ledger":
        """A worker said what came of a claim and did not hear that it was understood."""
        return self.without(hold)._with(hold._replace(stage=Stage.SAID, said=outcome))

    def sends_anew(self, channel: int) -> "Ledger":
        """It is to be sent once more by the person's wish: a nag, or a resend. What its workers
        still do belongs to the send before.
        """
        wire = self.wires[channel]._replace(possible=0)
        holds = (h._replace(outdated=True) if h.channel == channel else h for h in self.holds)
        return self._replace(wires=_put(self.wires, channel, wire), holds=tuple(sorted(holds)))

    def anew(self) -> "Ledger":
        """The person scheduled the reminder anew: a round begins."""
        return self._replace(
            wires=tuple(wire._replace(possible=0, accepted=False) for wire in self.wires),
            holds=tuple(hold._replace(outdated=True) for hold in self.holds),
            early=True,
            answered=False,
            ahead=(),
        )

    def _with(self, hold: Hold) -> "Ledger":
        # Sorted: which of two workers holds what makes no difference.
        return self._replace(holds=tuple(sorted((*self.holds, hold))))

    def _wire(self, channel: int, wire: Wire) -> "Ledger":
        return self._replace(wires=_put(self.wires, channel, wire))

    def _fence(self, channel: int, fence: Fence) -> "Ledger":
        return self._replace(fences=_put(self.fences, channel, fence))


def _put(row: tuple, index: int, value: object) -> tuple:  # type: ignore[type-arg]
    return (*row[:index], value, *row[index + 1 :])
