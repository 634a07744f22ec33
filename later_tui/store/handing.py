"""Handing the outbox on: what waited on this machine goes to Redis, once, by id."""

import logging

from later_tui.domain.errors import BadInputError
from later_tui.store.command import Flow
from later_tui.store.keys import Keys, shard_of
from later_tui.store.outbox import Outbox
from later_tui.store.reminders import add

logger = logging.getLogger(__name__)


def hand_on(keys: Keys, outbox: Outbox, *, shards: int, spread: bool) -> Flow[int]:
    """Keep what waits in the outbox for the users of this shard; return how many went.

    What is on one node only stays in the outbox until a replica has it too; what Redis will never
    take is set aside.
    """
    went, alone = 0, False
    for new in outbox.waiting():
        if shard_of(new.username, shards) != keys.shard:
            continue
        try:
            # Where there was no replica for the one before, there is none for this one: the wait
            # is once, however many wait here.
            kept = yield from add(keys, new, spread=spread and not alone)
        except BadInputError as error:
            outbox.set_aside(new.id, str(error))
            continue
        alone = alone or kept.alone
        if not alone:
            outbox.drop(new.id)
            logger.info("%s waited on this machine and is in Redis now", new.id)
            went += 1
    return went
