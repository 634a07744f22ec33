-- Claim deliveries that are due, or will be within the wake-up time; take over expired leases.
--
-- KEYS[1]  the shard's prefix (lib.lua has the schema)
-- ARGV     1 whose worker it is, 2 how many at the most, 3 wake-up time (ms), 4 lease (ms),
--          then channel, 1 if a send may be repeated else 0, …
-- Returns  {now, next wake-up (ms UTC, or -1), last event id, entries of the plain lane, claim, …}
--          claim: {id, channel, token, fire_at (ms UTC), {field, value, …}}
--
-- A delivery of a channel that must not repeat a send, left behind while sending, may have been
-- sent: it is settled as unknown, never claimed again.

local own_user, want, wakeup, lease = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local now = now_ms()
local horizon = now + wakeup
local claims, next_wakeup = {}, nil

local function set_aside(lane, id, why)
  call('ZREM', lane, id)
  call('HSET', prefix .. 'quarantine', id, why)
end

local LEFT = 'the worker stopped while it was being sent'

local function settle_unknown(lane, id, channel, record)
  local user, channels, task = record[1], record[2], task_key(id)
  local known = call('HMGET', task, 'nag', 'nag:' .. channel, 'route')
  call('ZREM', lane, id)
  note(task, channel, now, 'unknown', '', LEFT)
  if tonumber(known[1]) and known[2] then
    -- It was delivered before; the next nag will tell.
    call('HSET', task, 'error:' .. channel, LEFT)
    local at = ms(now + known[1])
    nag(id, user, channel, at)
    publish('retry', id, user, at, channel)
    return
  end
  call('HSET', task, 'state:' .. channel, 'unknown', 'error:' .. channel, LEFT)
  publish('unknown', id, user, nil, channel)
  if known[3] then was_not_delivered(id, user, channel, known[3], now) end
  local open
  for other in each_channel(channels) do
    local other_state = call('HMGET', task, 'state:' .. other, 'nag:' .. other)
    if other_state[1] == 'delivered' or other_state[2] then return end
    open = open or is_open(other_state[1])
  end
  if open then
    if is_open(record[6]) then go_back(task, channels) end
    return
  end
  call('HSET', task, 'state', 'unknown', 'settled_at', now)
  to_past(id, user, now, true)
end

-- What its worker left behind while it was being sent, and another way has worked meanwhile.
local function needless(id, channel)
  local route = call('HGET', task_key(id), 'route')
  return route and superfluous(id, channel, route)
end

local function claim(lane, id, channel, score, record)
  local task = task_key(id)
  local state, token = record[4], tonumber(record[5] or 0) + 1
  if is_open(record[6]) then
    call('HSET', task, 'token:' .. channel, token, 'state:' .. channel, 'claimed', 'state', 'claimed')
  else
    call('HSET', task, 'token:' .. channel, token, 'state:' .. channel, 'claimed')
  end
  call('ZADD', lane, now + lease, id)
  local held = state == 'claimed' or state == 'sending'
  claims[#claims + 1] = { id, channel, token, held and tostring(now) or tostring(score), call('HGETALL', task) }
end

for a = 5, #ARGV, 2 do
  local channel, repeatable = ARGV[a], ARGV[a + 1] == '1'
  local lane = lane_key(channel, own_user)
  local live = 0 -- leases that end within the wake-up time but have not ended: passed over
  while #claims < want do
    local found = redis.pcall('ZRANGEBYSCORE', lane, '-inf', horizon, 'WITHSCORES', 'LIMIT', live, want - #claims)
    if found.err then
      -- Something else has the lane's name: it is kept under another one.
      call('RENAME', lane, prefix .. 'damaged:' .. channel)
      return redis.error_reply('WRONGTYPE ' .. lane .. ' was no lane') -- the worker fills it anew
    end
    if #found == 0 then break end
    for i = 1, #found, 2 do
      local id, score = found[i], tonumber(found[i + 1])
      local record = redis.pcall('HMGET', task_key(id), 'username', 'tasktype', 'due_at', 'state:' .. channel,
        'token:' .. channel, 'state')
      if record.err then
        set_aside(lane, id, record.err)
      elseif not (record[1] and record[2] and tonumber(record[3]) and tonumber(record[5] or 0)) then
        set_aside(lane, id, 'the record is missing or damaged')
      elseif lane_key(channel, record[1]) ~= lane then
        call('ZREM', lane, id)
        call('ZADD', lane_key(channel, record[1]), score, id)
      else
        local state = record[4]
        local held = state == 'claimed' or state == 'sending'
        if held and score > now then
          live = live + 1
        elseif not is_open(state) then
          call('ZREM', lane, id)
        elseif state == 'sending' and not repeatable then
          settle_unknown(lane, id, channel, record)
        elseif state == 'sending' and needless(id, channel) then
          call('ZREM', lane, id)
          call('HSET', task_key(id), 'state:' .. channel, 'released')
          call('HINCRBY', task_key(id), 'token:' .. channel, 1)
        else
          claim(lane, id, channel, score, record)
        end
      end
    end
  end
  local head = call('ZRANGE', lane, 0, 0, 'WITHSCORES')
  if #head == 2 then
    local at = tonumber(head[2])
    local state = redis.pcall('HGET', task_key(head[1]), 'state:' .. channel)
    if state ~= 'claimed' and state ~= 'sending' then at = at - wakeup end
    if not next_wakeup or at < next_wakeup then next_wakeup = at end
  end
end

local last = call('XREVRANGE', prefix .. 'events', '+', '-', 'COUNT', 1)
return { now, next_wakeup or -1, last[1] and last[1][1] or '0-0', foreign(), unpack(claims) }
