-- Keep a new reminder. Idempotent by its id.
--
-- KEYS[1]  the shard's prefix (lib.lua has the schema)
-- ARGV     1 id, 2 user, 3 channels (a,b), 4 not_before, 5 not_after, 6 minimum gap (ms),
--          7 pick of the first candidate, 8 how many candidates, then the candidates (ms),
--          then field, value, … of the hash
-- Returns  {'added', due_at} | {'exists', due_at} | {'taken'} (another user's id)
--          | {'crowded', moment, …} when no candidate keeps the gap: nothing is written

local id, user, channels = ARGV[1], ARGV[2], ARGV[3]
local not_before, not_after, gap = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local first, count = tonumber(ARGV[7]), tonumber(ARGV[8])
local task = task_key(id)

if redis.call('EXISTS', task) == 1 then
  local known = redis.call('HMGET', task, 'username', 'due_at')
  if known[1] ~= user then return { 'taken' } end
  return { 'exists', known[2] }
end

local candidates = {}
for i = 1, count do candidates[i] = tonumber(ARGV[8 + i]) end
local due, position = choose(user, gap, candidates)
if not due then return { 'crowded', unpack(neighbours(user, gap, not_before, not_after)) } end

redis.call('HSET', task, 'due_at', due, unpack(ARGV, 9 + count))
if first + position > 0 then redis.call('HSET', task, 'pick', first + position) end
to_upcoming(id, user, not_after, due, channels)
publish('added', id, user, due, channels)
return { 'added', tostring(due) }
