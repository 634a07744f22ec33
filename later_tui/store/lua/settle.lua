-- Record what came of deliveries. Fenced: a late worker's word is void.
--
-- KEYS[1]  the shard's prefix (lib.lua has the schema)
-- ARGV     id, channel, token, outcome, sent_at (ms UTC or empty), retry_at (ms UTC or empty),
--          via, error, …
--          outcome: delivered | retry | failed | unknown | back (the lease is given back unused)
-- Returns  'ok' or 'void' for each

local now = now_ms()
local answers = {}

-- What the reminder is, once none of its deliveries is open: the best that came of them.
local function sum_up(task, channels)
  local best
  for channel in each_channel(channels) do
    local state = call('HGET', task, 'state:' .. channel)
    if is_open(state) then return nil end
    if state == 'delivered' or (state == 'unknown' and best ~= 'delivered') or not best then best = state end
  end
  return best
end

-- What the reminder is again, when one delivery goes back to its lane: what its others are.
local function go_back(task, channels)
  local most
  for channel in each_channel(channels) do
    local state = call('HGET', task, 'state:' .. channel)
    if state == 'sending' or (state == 'claimed' and not most) then most = state end
  end
  if most then call('HSET', task, 'state', most) else call('HDEL', task, 'state') end
end

local function settle(id, channel, outcome, sent_at, retry_at, via, err, known)
  local user, channels, state = known[1], known[2], known[3]
  local task, lane = task_key(id), lane_key(channel, user)
  local changes = {}
  local function set(field, value)
    changes[#changes + 1] = field
    changes[#changes + 1] = value
  end
  if err ~= '' then set('error:' .. channel, err)
  elseif known[7] then call('HDEL', task, 'error:' .. channel) end
  if sent_at ~= '' then
    set('sent_at:' .. channel, sent_at)
    set('via:' .. channel, via)
  end

  if outcome == 'retry' or outcome == 'back' then
    if #changes > 0 then call('HSET', task, unpack(changes)) end
    call('HDEL', task, 'state:' .. channel)
    if state == 'claimed' or state == 'sending' then go_back(task, channels) end
    call('ZADD', lane, outcome == 'retry' and retry_at or tonumber(known[6]) or now, id)
    -- Who waits for its lease to end hears that it need not.
    publish('retry', id, user, outcome == 'retry' and retry_at or known[6], channel)
    return
  end

  set('state:' .. channel, outcome)
  call('ZREM', lane, id)
  if is_open(state) then
    local sum = 'delivered'
    if outcome ~= 'delivered' then
      call('HSET', task, unpack(changes))
      changes = {}
      sum = sum_up(task, channels)
    end
    if sum then
      set('state', sum)
      set('settled_at', now)
      to_past(id, user, now, true)
    end
  elseif outcome == 'delivered' and (state == 'failed' or state == 'unknown') then
    -- Another channel has settled the reminder already; a delivery betters what it is called.
    set('state', 'delivered')
  end
  if #changes > 0 then call('HSET', task, unpack(changes)) end
  publish(outcome, id, user, nil, channel)
end

for a = 1, #ARGV, 8 do
  local id, channel, token, outcome = ARGV[a], ARGV[a + 1], ARGV[a + 2], ARGV[a + 3]
  local known = read(id, 'username', 'tasktype', 'state', 'state:' .. channel,
    'token:' .. channel, 'due_at', 'error:' .. channel)
  if not (known and known[1] and known[2]) then known = {} end
  local held = known[4] == 'sending' or (known[4] == 'claimed' and outcome ~= 'delivered' and outcome ~= 'unknown')
  -- Set to unknown when the lease ended, and now its worker says that it was sent after all.
  held = held or (known[4] == 'unknown' and outcome == 'delivered')
  if known[5] == token and held then
    settle(id, channel, outcome, ARGV[a + 4], ARGV[a + 5], ARGV[a + 6], ARGV[a + 7], known)
    answers[#answers + 1] = 'ok'
  else
    answers[#answers + 1] = 'void'
  end
end
return answers
