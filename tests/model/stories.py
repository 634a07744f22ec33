"""Short stories in which one protection of the scripts is what keeps an invariant.

Each is told to a rig with one reminder on two channels; with the real scripts all end well.
"""

from later_tui.domain.reminder import Answer
from later_tui.store.claims import Outcome
from tests.model.ledger import Hold, Stage
from tests.model.machine import Link
from tests.model.rig import CHANNELS, Rig

POP_UP, SMS = 0, 1


class Story:
    """One reminder that is due, and what its workers do."""

    def __init__(
        self,
        rig: Rig,
        channels: tuple[str, ...] = CHANNELS,
        *,
        due: bool = True,
        link: Link = Link.NONE,
        nags: bool = False,
    ) -> None:
        rig.begin()
        self.rig = rig
        self.name = rig.add(*channels, link=link, nags=nags)
        if due:
            rig.fall_due(self.name)

    def claim(self, channel: int = POP_UP) -> Hold | None:
        """Claim the only delivery that there is, if there is one."""
        return next((took.hold for took in self.rig.claim(channel)), None)

    def deliver(self, hold: Hold | None, verdict: Stage = Stage.ACCEPTED) -> None:
        """Do what a worker does with a claim."""
        if hold is None:
            return
        answer, armed = self.rig.arm(self.name, self.rig.as_it_is(self.name, hold))
        if answer == "ok":
            sent = self.rig.send(self.name, armed, verdict)
            accepted = verdict is Stage.ACCEPTED
            self.rig.settle(self.name, sent, Outcome.DELIVERED if accepted else Outcome.RETRY)

    def send(self, hold: Hold) -> Hold:
        """Arm and send, and not say so yet."""
        _, armed = self.rig.arm(self.name, hold)
        return self.rig.send(self.name, armed)

    def lapse(self, channel: int = POP_UP) -> None:
        self.rig.expire(self.name, channel)

    def taken(self, channel: int = POP_UP) -> Hold:
        hold = self.claim(channel)
        assert hold is not None
        return hold


def delivers(rig: Rig) -> None:
    story = Story(rig)
    story.deliver(story.claim())


def two_claim_at_once(rig: Rig) -> None:
    story = Story(rig)
    first, second = story.claim(), story.claim()
    story.deliver(first)
    story.deliver(second)


def claims_and_dies(rig: Rig) -> None:
    story = Story(rig)
    rig.crash(story.name, story.taken())
    rig.settle_all()


def claims_one_after_the_other(rig: Rig) -> None:
    story = Story(rig)
    for _ in range(2):
        story.claim()
        story.lapse()


def overtaken_before_it_arms(rig: Rig) -> None:
    story = Story(rig)
    late = story.claim()
    story.lapse()
    story.claim()
    story.deliver(late)


def frozen_past_its_lease(rig: Rig) -> None:
    story = Story(rig)
    late = story.claim()
    story.lapse()
    story.deliver(late)


def arms_before_its_time(rig: Rig) -> None:
    story = Story(rig, due=False)
    story.deliver(story.claim())


def says_delivered_and_did_not_send(rig: Rig) -> None:
    story = Story(rig)
    rig.settle(story.name, story.taken(), Outcome.DELIVERED)


def gives_back_what_another_sent(rig: Rig) -> None:
    story = Story(rig)
    late = story.taken(SMS)
    story.lapse(SMS)
    story.send(story.taken(SMS))
    rig.settle(story.name, late, Outcome.BACK)
    story.deliver(story.claim(SMS))


def renews_what_another_took_over(rig: Rig) -> None:
    story = Story(rig)
    late = story.taken()
    story.lapse()
    story.claim()
    assert not rig.renew(story.name, late)


def dies_while_it_sends(rig: Rig) -> None:
    story = Story(rig)
    rig.crash(story.name, story.send(story.taken(SMS)))
    story.lapse(SMS)
    story.deliver(story.claim(SMS))


def fails_on_one_channel_and_is_unknown_on_the_other(rig: Rig) -> None:
    story = Story(rig)
    rig.settle(story.name, story.taken(), Outcome.FAILED)
    story.send(story.taken(SMS))
    story.lapse(SMS)
    story.claim(SMS)


def is_tried_again(rig: Rig) -> None:
    story = Story(rig)
    story.deliver(story.claim(SMS), Stage.REJECTED)
    story.deliver(story.claim(SMS))


def answered_while_it_waits(rig: Rig) -> None:
    story = Story(rig)
    hold = story.claim()
    rig.answer(story.name, Answer.DONE)
    story.deliver(hold)


def answered_after_it_was_delivered(rig: Rig) -> None:
    story = Story(rig)
    story.deliver(story.claim())
    rig.answer(story.name, Answer.LET_GO)


def edited_while_it_waits(rig: Rig) -> None:
    story = Story(rig)
    hold = story.claim()
    rig.edit(story.name, CHANNELS[SMS:])
    story.deliver(hold)


def comes_again(rig: Rig) -> None:
    story = Story(rig)
    story.deliver(story.claim())
    rig.again(story.name)


def arms_a_second_time(rig: Rig) -> None:
    story = Story(rig)
    hold = story.taken()
    rig.fork(story.name, hold)
    story.send(hold)
    story.deliver(hold)
