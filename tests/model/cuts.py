"""The protections of the scripts, each as a cut, a story that needs it, and what is then wrong."""

from collections.abc import Callable
from typing import NamedTuple

from tests.model import routes, stories
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
ENDS = "set('state:', nags > 0 and 'delivered' or outcome)\n  "

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
        "settle", ENDS + DROP, ENDS + NOTHING,
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
    "a fallback is not spared": cut(
        "settle", "if s ~= mine then spare(id, user, other) end", "",
        routes.the_first_way_works, "a fallback is still to come though another way worked",
    ),
    "a fallback is tried again though it is not needed": cut(
        "settle", "and superfluous(id, channel, route) then", "and false then",
        routes.the_other_way_works_while_it_is_sent, "though another way worked",
    ),
    "a fallback is taken over though it is not needed": cut(
        "claim", "and needless(id, channel) then", "and false then",
        routes.the_other_way_works_while_its_worker_is_dead, "though another way worked",
    ),
    "no own moment in arm": cut(
        "arm", "local due = tonumber(known[7] or known[1])", "local due = tonumber(known[1])",
        routes.a_further_step_is_armed_before_its_time, "armed before its time",
    ),
    "no own moment of a nag": cut(
        "settle", "call('HSET', task, 'at:' .. channel, at)", NOTHING,
        routes.nags_once, "a nag has no moment of its own",
    ),
    "a nag that may have been sent is sent again before the next": cut(
        "claim", "and not repeatable then", "and not repeatable and record[6] ~= 'delivered' then",
        routes.dies_while_it_nags, "must not be sent twice",
    ),
    "a nag after the answer": cut(
        "settle", "and not answered and", "and",
        routes.answered_before_it_is_known_to_have_been_sent,
        "is done has a delivery that is still to come",
    ),
    "a nag that failed is called failed": cut(
        "settle", "nags > 0 and 'delivered' or outcome", "outcome",
        routes.fails_to_nag, "is delivered and its deliveries say failed",
    ),
    "sent again though it was answered": cut(
        "resend", "if state == 'done' or state == 'released' then return state end", "",
        routes.asked_for_again_after_the_answer, "is done has a delivery that is still to come",
    ),
    "left in past by a resend": cut(
        "resend", "call('ZREM', own .. '_past', id)", NOTHING,
        routes.asked_for_again, "that is scheduled stands in past",
    ),
    "left in past by an edit": cut(
        "reschedule", "call('ZREM', prefix .. user .. '_past', id)", NOTHING,
        stories.comes_again, "that is scheduled stands in past",
    ),
}  # fmt: skip
