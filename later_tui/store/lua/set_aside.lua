-- Take deliveries whose record cannot be read out of their lanes, and write down why. The record
-- stays as it is.
--
-- KEYS[1]  the shard's prefix (lib.lua has the schema)
-- ARGV     1 user (of the worker), then id, channel, token, why, …
-- Returns  1 or 0 for each: 0 when somebody else has claimed it since, or nobody has

local user = ARGV[1]
local answers = {}

for a = 2, #ARGV, 4 do
  local id, channel, token, why = ARGV[a], ARGV[a + 1], ARGV[a + 2], ARGV[a + 3]
  local known = read(id, 'token:' .. channel) or {}
  local ours = known[1] == token
  if ours then
    call('HSET', prefix .. 'quarantine', id, why)
    call('ZREM', lane_key(channel, user), id)
  end
  answers[#answers + 1] = ours and 1 or 0
end
return answers
