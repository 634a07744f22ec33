"""Short stories of reminders whose second channel waits for the first, or that nag."""

from later_tui.domain.reminder import Answer
from later_tui.store.claims import Outcome
from tests.model.machine import Link
from tests.model.rig import CHANNELS, Rig
from tests.model.stories import POP_UP, SMS, Story


def routed(rig: Rig, link: Link) -> Story:
    """A reminder that is due, through the pop-up and then the SMS."""
    return Story(rig, link=link)


def nagging(rig: Rig) -> Story:
    """A reminder that is due, by SMS alone, and nags."""
    return Story(rig, CHANNELS[SMS:], nags=True)


def the_first_way_works(rig: Rig) -> None:
    story = routed(rig, Link.FALLBACK)
    story.deliver(story.claim())


def the_other_way_works_while_it_is_sent(rig: Rig) -> None:
    story = routed(rig, Link.FALLBACK)
    sent = story.send(story.taken())
    rig.come(story.name, SMS)
    story.deliver(story.claim(SMS))
    rig.settle(story.name, sent, Outcome.BACK)


def the_other_way_works_while_its_worker_is_dead(rig: Rig) -> None:
    story = routed(rig, Link.FALLBACK)
    rig.crash(story.name, story.send(story.taken()))
    rig.come(story.name, SMS)
    story.deliver(story.claim(SMS))
    story.lapse()
    story.claim()


def a_further_step_is_armed_before_its_time(rig: Rig) -> None:
    story = routed(rig, Link.FURTHER)
    story.deliver(story.claim())
    story.deliver(story.claim(SMS))


def nags_once(rig: Rig) -> None:
    story = nagging(rig)
    story.deliver(story.claim(SMS))
    rig.come(story.name, SMS)
    story.deliver(story.claim(SMS))


def dies_while_it_nags(rig: Rig) -> None:
    story = nagging(rig)
    story.deliver(story.claim(SMS))
    rig.come(story.name, SMS)
    rig.crash(story.name, story.send(story.taken(SMS)))
    story.lapse(SMS)
    story.deliver(story.claim(SMS))


def fails_to_nag(rig: Rig) -> None:
    story = nagging(rig)
    story.deliver(story.claim(SMS))
    rig.settle(story.name, story.taken(SMS), Outcome.FAILED)


def answered_before_it_is_known_to_have_been_sent(rig: Rig) -> None:
    story = nagging(rig)
    sent = story.send(story.taken(SMS))
    story.lapse(SMS)
    story.claim(SMS)
    rig.answer(story.name, Answer.DONE)
    rig.settle(story.name, sent, Outcome.DELIVERED)


def lost(rig: Rig) -> Story:
    """A reminder whose SMS may have been sent, and whose pop-up failed."""
    story = Story(rig)
    rig.settle(story.name, story.taken(POP_UP), Outcome.FAILED)
    story.send(story.taken(SMS))
    story.lapse(SMS)
    story.claim(SMS)
    return story


def asked_for_again(rig: Rig) -> None:
    story = lost(rig)
    rig.resend(story.name)
    story.deliver(story.claim(SMS))


def asked_for_again_after_the_answer(rig: Rig) -> None:
    story = lost(rig)
    rig.answer(story.name, Answer.DONE)
    rig.resend(story.name)
