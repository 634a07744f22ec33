-- Schedule a kept reminder anew: again, snooze, edit. Whatever a worker holds of it becomes void.
--
-- KEYS[1]  the shard's prefix (lib.lua has the schema)
-- ARGV     1 id, 2 the round that is expected (or empty), 3 channels or route (empty keeps it),
--          4 not_before, 5 not_after, 6 minimum gap (ms), 7 pick of the first candidate,
--          8 how many candidates, then the candidates (ms), 9+n how many fields to delete, their
--          names, then field, value, … to set, and last what is done, for undo (remember.lua)
-- Returns  {'scheduled', due_at} | {'missing'} | {'stale'} | {'crowded', moment, …}

local id, round = ARGV[1], ARGV[2]
local not_before, not_after, gap = ARGV[4], ARGV[5], ARGV[6]
local first, count = tonumber(ARGV[7]), tonumber(ARGV[8])
local task = task_key(id)
local known = call('HMGET', task, 'username', 'tasktype', 'round', 'route')
local user, old_channels = known[1], known[2]
if not user then return { 'missing' } end
if round ~= '' and tonumber(round) ~= tonumber(known[3] or 0) then return { 'stale' } end
local channels = ARGV[3] ~= '' and ARGV[3] or known[4] or old_channels

-- Its own moment must not stand in its way.
local own = call('ZSCORE', prefix .. user .. '_due', id)
if own then call('ZREM', prefix .. user .. '_due', id) end
local due, position = choose(user, gap, not_before, not_after, 9, 8 + count)
if not due then
  local moments = neighbours(user, gap, not_before, not_after, count)
  if own then call('ZADD', prefix .. user .. '_due', own, id) end
  return { 'crowded', unpack(moments) }
end

local seen = look(id, user)
withdraw(id, user, old_channels)
local gone = round_fields(old_channels, { 'pick', 'state', 'settled_at' })
local deletions = tonumber(ARGV[9 + count])
for i = 1, deletions do gone[#gone + 1] = ARGV[9 + count + i] end
call('HDEL', task, unpack(gone))
call('HSET', task, 'due_at', due, 'round', tonumber(known[3] or 0) + 1, unpack(ARGV, 10 + count + deletions))
if first + position > 0 then call('HSET', task, 'pick', first + position) end
call('ZREM', prefix .. user .. '_past', id)
call('ZREM', prefix .. user .. '_unanswered', id)
to_upcoming(id, user, not_after, due, channels)
remember(id, user, seen, true)
publish('changed', id, user, due, channels)
return { 'scheduled', due }
