-- Keep a new reminder. Idempotent by its id.
--
-- KEYS[1]  the shard's prefix (lib.lua has the schema)
-- ARGV     1 id, 2 user, 3 channels or route, 4 not_before, 5 not_after, 6 minimum gap (ms),
--          7 pick of the first candidate, 8 how many candidates, then the candidates (ms),
--          then field, value, … of the hash
-- Returns  {'added', due_at} | {'exists', due_at} | {'taken'} (another user's id)
--          | {'crowded', moment, …} when no candidate keeps the gap: nothing is written, and the
--          moments in the way are told if there was more than one candidate

local id, user, channels = ARGV[1], ARGV[2], ARGV[3]
local not_before, not_after, gap = ARGV[4], ARGV[5], ARGV[6]
local first, count = tonumber(ARGV[7]), tonumber(ARGV[8])
local task = task_key(id)

if call('EXISTS', task) == 1 then
  local known = call('HMGET', task, 'username', 'due_at')
  if known[1] ~= user then return { 'taken' } end
  return { 'exists', known[2] }
end

local due, position = choose(user, gap, not_before, not_after, 9, 8 + count)
if not due then return { 'crowded', unpack(neighbours(user, gap, not_before, not_after, count)) } end

if first + position > 0 then
  call('HSET', task, 'due_at', due, 'pick', first + position, unpack(ARGV, 9 + count))
else
  call('HSET', task, 'due_at', due, unpack(ARGV, 9 + count))
end
to_upcoming(id, user, not_after, due, channels)
publish('added', id, user, due, channels)
return { 'added', due }
