-- Say that a worker is alive, and forget those that have not said so within their time.
--
-- KEYS[1]  the shard's prefix (lib.lua has the schema)
--          <prefix>workers        hash  worker -> what it says of itself (JSON)
--          <prefix>workers_seen   zset  worker -> when its word expires (ms UTC)
-- ARGV     1 worker, 2 what it says, 3 for how long that holds (ms; 0: it leaves)
-- Returns  {now, entries of the plain lane}

local worker, info, holds = ARGV[1], ARGV[2], tonumber(ARGV[3])
local now = now_ms()
call('HSET', prefix .. 'workers', worker, info)
call('ZADD', prefix .. 'workers_seen', now + holds, worker)
local gone = call('ZRANGEBYSCORE', prefix .. 'workers_seen', '-inf', now)
for _, dead in ipairs(gone) do
  call('HDEL', prefix .. 'workers', dead)
  call('ZREM', prefix .. 'workers_seen', dead)
end
return { now, foreign() }
