-- Prolong leases while their deliveries are under way.
--
-- KEYS[1]  the shard's prefix (lib.lua has the schema)
-- ARGV     1 lease (ms), then id, channel, token, …
-- Returns  1 or 0 for each: 0 when the lease is no longer this worker's

local lease = tonumber(ARGV[1])
local now = now_ms()
local answers = {}

for a = 2, #ARGV, 3 do
  local id, channel, token = ARGV[a], ARGV[a + 1], ARGV[a + 2]
  local known = read(id, 'state:' .. channel, 'token:' .. channel, 'username') or {}
  local mine = known[3] and known[2] == token and (known[1] == 'claimed' or known[1] == 'sending')
  if mine then call('ZADD', lane_key(channel, known[3]), 'XX', now + lease, id) end
  answers[#answers + 1] = mine and 1 or 0
end
return answers
