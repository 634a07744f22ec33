-- Send again what failed or may have been sent: on the person's word alone.
--
-- KEYS[1]  the shard's prefix (lib.lua has the schema)
-- ARGV     1 id, 2 a channel (or empty: every one that failed or may have been sent)
-- Returns  'ok' | 'missing' | 'nothing' (no delivery is to be sent again) | 'trying' (it is being
--          tried again at this moment) | the state that does not allow it
--
-- What waits for its next attempt has failed, too, in a person's eyes: it is tried at once.

local id, wanted = ARGV[1], ARGV[2]
local task = task_key(id)
local known = call('HMGET', task, 'username', 'tasktype', 'state', 'not_after', 'due_at')
local user, channels, state = known[1], known[2], known[3]
if not (user and channels and known[5]) then return 'missing' end
if state == 'done' or state == 'released' then return state end

local now = now_ms()
local names, trying = {}, false
for channel in each_channel(channels) do
  local was = call('HGET', task, 'state:' .. channel)
  if (wanted == '' or wanted == channel) and (was == 'failed' or was == 'unknown') then
    -- Its error and its trail stay: they tell why it is sent again.
    call('HDEL', task, 'state:' .. channel, 'attempt:' .. channel)
    call('HSET', task, 'at:' .. channel, ms(now), 'resent:' .. channel, 1)
    call('ZADD', lane_key(channel, user), ms(now), id)
    names[#names + 1] = channel
  elseif (wanted == '' or wanted == channel) and tonumber(known[5]) <= now then
    local tried = call('HMGET', task, 'attempt:' .. channel, 'error:' .. channel)
    if tried[1] and tried[2] and (not was or was == 'claimed' or was == 'sending') then
      trying = true
      local at = not was and call('ZSCORE', lane_key(channel, user), id)
      if at and tonumber(at) > now then
        call('ZADD', lane_key(channel, user), ms(now), id)
        names[#names + 1] = channel
      end
    end
  end
end
if #names == 0 then return trying and 'trying' or 'nothing' end

if state == 'failed' or state == 'unknown' then
  -- It is to come again; what was delivered on another channel stays delivered.
  local own = prefix .. user
  call('HDEL', task, 'state', 'settled_at')
  call('ZREM', own .. '_past', id)
  call('ZREM', own .. '_unanswered', id)
  call('ZADD', own .. '_tasks', known[4] or known[5], id)
  call('ZADD', own .. '_due', known[5], id)
end
publish('retry', id, user, ms(now), table.concat(names, ','))
return 'ok'
