"""Reminders of other programs: the plain lane is adopted into the users' own.

Any language makes a reminder with three commands of Redis:

    HSET  later:{0}:task:<id> username ada tasktype desktop msg "call mum"
    ZADD  later:{0}:tasks <unix time, in seconds or milliseconds> <id>
    LPUSH later:{0}:ada_inbox <id>

in this order, so that no entry of the lane stands there without its record. With several shards,
the number is that of the user's shard (`keys.shard_of`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from later_tui.domain.inert import one_line
from later_tui.store.command import Call, Flow
from later_tui.store.keys import Keys
from later_tui.store.scripts import script

AT_ONCE = 15
"""How many entries one call looks at: about 1 ms of the server's time."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """What one look into the plain lane did."""

    count: int
    left: int
    """How many entries still stand in the lane."""
    aside: tuple[tuple[str, str], ...] = ()
    """Ids that were set aside, and why."""


def adopt(keys: Keys, channels: Iterable[str], most: int = AT_ONCE) -> Flow[Adopted]:
    """Adopt up to `most` entries of the plain lane, the soonest first.

    `channels` are those installed here: one of neither this machine nor any live worker becomes
    "desktop".
    """
    [reply] = yield [Call(script("adopt"), keys.prefix, (most, *channels))]
    count, left, *told = reply
    words = [one_line(word.decode("utf-8", "replace")) for word in told]
    return Adopted(count, left, tuple(zip(words[::2], words[1::2], strict=True)))
