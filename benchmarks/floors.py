"""The floors: the least that any program does for the same, with redis-py on the same socket."""

from itertools import count

import redis

from benchmarks.making import TEXT
from benchmarks.measure import rate

_numbers = count()
AT_ONCE = 500

CLAIM = """
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
local out = {}
for i, id in ipairs(ids) do
  redis.call('ZREM', KEYS[1], id)
  redis.call('ZADD', KEYS[2], ARGV[3], id)
  out[i] = {id, redis.call('HGET', ARGV[4] .. id, 'm')}
end
return out"""


def one_by_one(client: redis.Redis, how_many: int) -> float:
    """Return how many a second: a hash and its place in a sorted set, a round trip each."""

    def step() -> None:
        for _ in range(how_many):
            with client.pipeline(transaction=False) as pipe:
                _keep(pipe)
                pipe.execute()

    return rate(step, how_many)


def pipelined(client: redis.Redis, how_many: int) -> float:
    """Return how many a second: the same, 500 in a round trip."""

    def step() -> None:
        with client.pipeline(transaction=False) as pipe:
            for i in range(1, how_many + 1):
                _keep(pipe)
                if i % AT_ONCE == 0:
                    pipe.execute()
            pipe.execute()

    return rate(step, how_many)


def claimed(client: redis.Redis, how_many: int) -> float:
    """Return how many a second: one script moves a hundred at a time and returns their texts."""
    client.delete("floor:due", "floor:leased")
    pipelined(client, how_many)
    script = client.register_script(CLAIM)
    arguments: list[str | int | float] = [2e9, 100, 4e9, "floor:"]

    def step() -> None:
        while script(keys=["floor:due", "floor:leased"], args=arguments):
            pass

    return rate(step, how_many)


def _keep(pipe: redis.client.Pipeline) -> None:
    number = next(_numbers)
    name = f"{number:022d}"
    pipe.hset(f"floor:{name}", mapping={"m": TEXT, "due": number})
    pipe.zadd("floor:due", {name: number})
