-- Record an answer that ends a reminder: done or let go.
--
-- KEYS[1]  the shard's prefix (lib.lua has the schema)
-- ARGV     1 id, 2 the round that is answered (or empty for whichever), 3 done | released, and last
--          what is done, for undo (remember.lua)
-- Returns  'ok' | 'missing' | 'stale' (the round is over) | the state that does not allow it

local id, round, answer = ARGV[1], ARGV[2], ARGV[3]
local task = task_key(id)
local known = call('HMGET', task, 'username', 'tasktype', 'round', 'state')
local user, channels, state = known[1], known[2], known[4] or 'scheduled'
if not user then return 'missing' end
if round ~= '' and tonumber(round) ~= tonumber(known[3] or 0) then return 'stale' end
if state == answer then return 'ok' end
if state == 'done' or state == 'released' then return state end

local now, seen = now_ms(), look(id, user)
withdraw(id, user, channels)
call('HSET', task, 'state', answer, 'settled_at', now)
to_past(id, user, now, false)
remember(id, user, seen, false)
publish('answered', id, user, nil, channels)
return 'ok'
