-- Record what came of deliveries. Fenced: a late worker's word is void.
--
-- KEYS[1]  the shard's prefix (lib.lua has the schema)
-- ARGV     id, channel, token, outcome, sent_at (ms UTC or empty), retry_at (ms UTC or empty),
--          via, error, proof, when it nags next (ms UTC, or empty where it does not), …
--          outcome: delivered | retry | failed | unknown | back (the lease is given back unused)
--                   | later (it may not be sent before retry_at; nothing was tried)
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

local function settle(id, channel, outcome, sent_at, moment, via, err, proof, nag_at, known)
  local user, channels, state, route = known[1], known[2], known[3], known[8]
  local task, lane = task_key(id), lane_key(channel, user)
  local changes, nags = {}, 0
  local function set(field, value)
    changes[#changes + 1] = field .. channel
    changes[#changes + 1] = value
  end
  -- Of what goes well at once there is no more to tell than its own fields do.
  if err ~= '' or known[7] or nag_at ~= '' then
    nags = tonumber(call('HGET', task, 'nag:' .. channel) or 0)
    if err ~= '' or (outcome ~= 'later' and outcome ~= 'back' and (known[7] or nags > 0)) then
      note(task, channel, sent_at ~= '' and sent_at or now, outcome, via, err)
    end
  end
  if err ~= '' then set('error:', err)
  elseif known[7] and outcome ~= 'later' and outcome ~= 'back' then call('HDEL', task, 'error:' .. channel) end
  if sent_at ~= '' then
    if nags == 0 then set('sent_at:', sent_at) end
    if nags == 0 or via ~= '' then set('via:', via) end
    if proof ~= '' then set('proof:', proof) end
  end

  if route and (outcome == 'retry' or outcome == 'back') and superfluous(id, channel, route) then
    set('state:', 'released')
    call('HSET', task, unpack(changes))
    call('ZREM', lane, id)
    publish('changed', id, user, nil, channel)
    return
  end
  if outcome == 'retry' or outcome == 'back' or outcome == 'later' then
    if outcome == 'later' then
      set('at:', moment)
      if route then put_off(id, user, channel, route, tonumber(moment)) end
    end
    if #changes > 0 then call('HSET', task, unpack(changes)) end
    call('HDEL', task, 'state:' .. channel)
    if state == 'claimed' or state == 'sending' then go_back(task, channels) end
    local at = outcome == 'back' and (call('HGET', task, 'at:' .. channel) or known[6]) or moment
    call('ZADD', lane, tonumber(at) and at or now, id)
    -- Who waits for its lease to end hears that it need not.
    publish('retry', id, user, at, channel)
    return
  end

  -- What may have been sent, and was answered before its worker said that it was, nags nobody.
  local answered = state == 'done' or state == 'released'
  local again = nag_at ~= '' and not answered and (outcome == 'delivered' or (outcome == 'unknown' and nags > 0))
  -- A nag that failed leaves it delivered, as it was.
  set('state:', nags > 0 and 'delivered' or outcome)
  call('ZREM', lane, id)
  if is_open(state) then
    local sum = 'delivered'
    if outcome ~= 'delivered' then
      call('HSET', task, unpack(changes))
      changes = {}
      sum = sum_up(task, channels)
    end
    if sum then
      changes[#changes + 1] = 'state'
      changes[#changes + 1] = sum
      changes[#changes + 1] = 'settled_at'
      changes[#changes + 1] = now
      to_past(id, user, now, true)
    else
      go_back(task, channels)
    end
  elseif outcome == 'delivered' and (state == 'failed' or state == 'unknown') then
    -- Another channel has settled the reminder already; a delivery betters what it is called.
    changes[#changes + 1] = 'state'
    changes[#changes + 1] = 'delivered'
  end
  if #changes > 0 then call('HSET', task, unpack(changes)) end
  if again then nag(id, user, channel, nag_at) end
  if route and nags == 0 then
    if outcome == 'delivered' then was_delivered(id, user, channel, route, tonumber(sent_at) or now)
    else was_not_delivered(id, user, channel, route, now) end
  end
  publish(outcome, id, user, again and nag_at or nil, channel)
end

for a = 1, #ARGV, 10 do
  local id, channel, token, outcome = ARGV[a], ARGV[a + 1], ARGV[a + 2], ARGV[a + 3]
  local known = read(id, 'username', 'tasktype', 'state', 'state:' .. channel,
    'token:' .. channel, 'due_at', 'error:' .. channel, 'route')
  if not (known and known[1] and known[2]) then known = {} end
  local held = (known[4] == 'sending' and outcome ~= 'later')
    or (known[4] == 'claimed' and outcome ~= 'delivered' and outcome ~= 'unknown')
  -- Set to unknown when the lease ended, and now its worker says that it was sent after all.
  held = held or (known[4] == 'unknown' and outcome == 'delivered')
  if known[5] == token and held then
    settle(id, channel, outcome, ARGV[a + 4], ARGV[a + 5], ARGV[a + 6], ARGV[a + 7], ARGV[a + 8], ARGV[a + 9], known)
    answers[#answers + 1] = 'ok'
  else
    answers[#answers + 1] = 'void'
  end
end
return answers
