"""The names of the keys. The scripts build the same names; `lua/lib.lua` has the schema."""

from typing import NamedTuple
from zlib import crc32


class Keys(NamedTuple):
    """The keys of one shard: all begin with `later:{N}:` and so live in one hash slot."""

    shard: int = 0

    @property
    def prefix(self) -> str:
        return f"later:{{{self.shard}}}:"

    @property
    def events(self) -> str:
        return f"{self.prefix}events"

    @property
    def workers(self) -> str:
        return f"{self.prefix}workers"

    @property
    def workers_seen(self) -> str:
        return f"{self.prefix}workers_seen"

    @property
    def quarantine(self) -> str:
        return f"{self.prefix}quarantine"

    @property
    def replicated(self) -> str:
        return f"{self.prefix}replicated"

    def task(self, reminder_id: str) -> str:
        return f"{self.prefix}task:{reminder_id}"

    def lane(self, channel: str, username: str) -> str:
        """Return a user's lane of a channel, whose options say where one person is reached."""
        return f"{self.prefix}tasks:{channel}:{username}"

    def upcoming(self, username: str) -> str:
        return f"{self.prefix}{username}_tasks"

    def past(self, username: str) -> str:
        return f"{self.prefix}{username}_past"

    def unanswered(self, username: str) -> str:
        return f"{self.prefix}{username}_unanswered"


def shard_of(username: str, shards: int) -> int:
    """Return the shard in which a user lives, 0 … shards − 1; stable for ever."""
    return crc32(username.encode()) % shards
