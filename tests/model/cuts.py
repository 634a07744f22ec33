"""The protections of the scripts, each as a cut, a story that needs it, and what is then wrong."""

from collections.abc import Callable
from typing import NamedTuple

from tests.model import stories
from tests.model.mutations import Mutation
from tests.model.rig import Rig


class Cut(NamedTuple):
    """What is cut, in which story it is missed, and the violation that is found there."""

    mutation: Mutation
    story: Callable[[Rig], None]
    violation: str


def cut(name: str, old: str, new: str, story: Callable[[Rig], None], violation: str) -> Cut:
    return Cut(Mutation(name, old, new), story, violation)


TAKE = "call('ZADD', lane, now + lease, id)"
DROP = "call('ZREM', lane, id)"
NOTHING = "call('TIME')"

CUTS: dict[str, Cut] = {
    "no token in arm": cut(
        "arm", " or known[4] ~= token", "",
        stories.overtaken_before_it_arms, "armed after another worker took it over",
    ),
    "no lease in arm": cut(
        "arm", " or expiry <= now", "",
        stories.frozen_past_its_lease, "armed after its lease",
    ),
    "no due time in arm": cut(
        "arm", "> now + before then", "< 0 then",
        stories.arms_before_its_time, "armed before its time",
    ),
    "no state in arm": cut(
        "arm", "known[3] ~= 'claimed' or ", "",
        stories.arms_a_second_time, "two sends have one token",
    ),
    "taken out of the lane at arm": cut(
        "arm", TAKE, DROP,
        stories.delivers, "that is sending stands nowhere",
    ),
    "no token in settle": cut(
        "settle", "known[5] == token and held", "held",
        stories.gives_back_what_another_sent, "must not be sent twice",
    ),
    "no state in settle": cut(
        "settle", "local held = ", "local held = true or ",
        stories.says_delivered_and_did_not_send, "is delivered and was not sent",
    ),
    "left in its lane when settled": cut(
        "settle", DROP, NOTHING,
        stories.delivers, "that is delivered stands waiting",
    ),
    "left in upcoming when settled": cut(
        "settle", "to_past(id, user, now, true)", "",
        stories.delivers, "that is delivered stands in tasks",
    ),
    "an SMS that is being sent is claimed again": cut(
        "claim", "and not repeatable", "and false",
        stories.dies_while_it_sends, "must not be sent twice",
    ),
    "left in upcoming when unknown": cut(
        "claim", "to_past(id, user, now, true)", "",
        stories.fails_on_one_channel_and_is_unknown_on_the_other,
        "that is unknown stands in tasks",
    ),
    "taken out of the lane at claim": cut(
        "claim", TAKE, DROP,
        stories.claims_and_dies, "that is claimed stands nowhere",
    ),
    "no new token at claim": cut(
        "claim", "tonumber(record[5] or 0) + 1", "tonumber(record[5] or 0)",
        stories.claims_one_after_the_other, "two claims have one token",
    ),
    "a lease that runs is taken": cut(
        "claim", "if held and score > now then", "if false then",
        stories.two_claim_at_once, "claimed while another worker's lease runs",
    ),
    "no token in renew": cut(
        "renew", "known[2] == token and ", "",
        stories.renews_what_another_took_over, "renewed by a worker whose claim is over",
    ),
    "not withdrawn by an answer": cut(
        "answer", "\nwithdraw(id, user, channels)", "",
        stories.answered_while_it_waits, "is done has a delivery that is still to come",
    ),
    "left in unanswered by an answer": cut(
        "answer", "'_unanswered', id)\n  end\nend", "'_elsewhere', id)\n  end\nend",
        stories.answered_after_it_was_delivered, "that is released stands in unanswered",
    ),
    "not withdrawn by an edit": cut(
        "reschedule", "\nwithdraw(id, user, old_channels)", "",
        stories.edited_while_it_waits, "that is released stands waiting",
    ),
    "left in past by an edit": cut(
        "reschedule", "call('ZREM', prefix .. user .. '_past', id)", NOTHING,
        stories.comes_again, "that is scheduled stands in past",
    ),
}  # fmt: skip
