-- Take back what was done last: one act, or those of one batch in steps.
--
-- KEYS[1]  the shard's prefix (lib.lua has the schema, remember.lua what can be taken back)
-- ARGV     1 user, 2 a reminder's id: its newest act alone (or empty: the newest of all), 3 the batch
--          to go on with (or empty), 4 the score below which to go on (or +inf), 5 how many acts are
--          looked at
-- Returns  {batch, score below which to go on, act, …}
--          act: {id, what, when (ms UTC), answer}; answer: 'ok' | 'late' (it is due already) | 'gone'
--          (there is no record any more) | 'moved on' (the reminder is not what the act left)
--
-- Tokens and rounds only rise: whatever a worker or a pop-up holds of the reminder is void.

local user, wanted, batch, below, most = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local log = prefix .. user .. '_undo'
local now = now_ms()
local BEST = { failed = 1, unknown = 2, delivered = 3 }

local function leave_indexes(id)
  for _, name in ipairs({ '_tasks', '_due', '_past', '_unanswered' }) do call('ZREM', prefix .. user .. name, id) end
end

-- The next of the series goes too, unless somebody has done anything with it.
local function remove_follower(id)
  if id == '' then return end
  local is = fields_of(id)
  if is.username ~= user or is.state or is.round or is.undo or is.weight then return end
  for field in pairs(is) do
    if string.find(field, '^state:') or string.find(field, '^attempt:') then return end
  end
  for channel in each_channel(is.tasktype or '') do call('ZREM', lane_key(channel, user), id) end
  leave_indexes(id)
  call('UNLINK', task_key(id))
  publish('changed', id, user, nil, is.tasktype)
end

-- Whether the reminder is as the act left it.
local function unmoved(is, act, score)
  local noted, round = string.match(is.undo or '', '^(%S+) (%S+)$')
  if noted ~= score or round ~= (is.round or '0') then return false end
  return is_open(is.state) and is_open(act.state) or is.state == act.state
end

local function restore_fields(id, is, act)
  local gone = { 'undo' }
  for _, field in ipairs(act.gone) do gone[#gone + 1] = field end
  if act.anew then
    for field in pairs(is) do
      if not act.kept[field] and not STEADY[field] and not lasts(field) then gone[#gone + 1] = field end
    end
  end
  local round = tonumber(is.round or 0) + 1
  local set = { 'round', round }
  local before = act.before and string.match(act.before, '^(%S+) ')
  if before then
    set[3], set[4] = 'undo', before .. ' ' .. round
  end
  for field, value in pairs(act.kept) do
    set[#set + 1] = field
    set[#set + 1] = value
  end
  call('HDEL', task_key(id), unpack(gone))
  call('HSET', task_key(id), unpack(set))
end

-- Put the deliveries that are open again into their lanes. Returns what the reminder is by them, if it
-- was not answered, and when the first of them goes. What was being sent may have been sent: it stands
-- as a lease that has ended. What nags was delivered before.
local function restore_lanes(id, is, act)
  local best, open, soonest
  for channel in each_channel(is.tasktype) do
    local state, nags = is['state:' .. channel], is['nag:' .. channel]
    if is_open(state) then
      local at = tonumber(is['at:' .. channel] or is.due_at)
      if state == 'claimed' then
        call('HDEL', task_key(id), 'state:' .. channel)
      elseif state == 'sending' then
        at = now
      else
        at = tonumber(act.lanes[channel] or at)
      end
      if state == 'sending' or not open then open = state == 'sending' and 'sending' or 'scheduled' end
      call('ZADD', lane_key(channel, user), ms(at), id)
      soonest = math.min(at, soonest or at)
    end
    local came = nags and 'delivered' or state
    if BEST[came] and (not best or BEST[came] > BEST[best]) then best = came end
  end
  if best == 'delivered' or not open then return best, soonest end
  return open, soonest
end

local function restore(id, act, is)
  for channel in each_channel(is.tasktype) do
    local state = is['state:' .. channel]
    call('ZREM', lane_key(channel, user), id)
    if state == 'claimed' or state == 'sending' then call('HINCRBY', task_key(id), 'token:' .. channel, 1) end
  end
  leave_indexes(id)
  restore_fields(id, is, act)
  is = fields_of(id)
  local state = is.state
  local sum, soonest = restore_lanes(id, is, act)
  if state ~= 'done' and state ~= 'released' and sum then state = sum end
  if state == 'scheduled' or not state then
    call('HDEL', task_key(id), 'state')
  else
    call('HSET', task_key(id), 'state', state)
  end
  local own, due = prefix .. user, tonumber(is.due_at)
  if is_open(state) then
    call('ZADD', own .. '_tasks', is.not_after or due, id)
    call('ZADD', own .. '_due', due, id)
  else
    call('ZADD', own .. '_past', is.settled_at or now, id)
    if BEST[state] then call('ZADD', own .. '_unanswered', is.settled_at or now, id) end
  end
  publish('changed', id, user, soonest and ms(soonest), is.tasktype)
  return is_open(state) and due <= now and 'late' or 'ok'
end

local function take_back(score, packed, act)
  local id = act.id
  local is = fields_of(id)
  if is.username ~= user or not is.tasktype or not tonumber(is.due_at) then
    call('ZREM', log, packed)
    return 'gone'
  end
  if not unmoved(is, act, score) then
    -- Under a newer act of the same reminder it waits until that one is taken back.
    local noted = string.match(is.undo or '', '^(%S+) ')
    local newer = noted and noted ~= score and call('ZCOUNT', log, noted, noted) > 0
    if not newer then call('ZREM', log, packed) end
    return 'moved on'
  end
  call('ZREM', log, packed)
  local answer = restore(id, act, is)
  remove_follower(act.follower)
  return answer
end

-- What stands between two scores, the newest first; nothing where the log is none.
local function between(high, low, count)
  local found = redis.pcall('ZREVRANGEBYSCORE', log, high, low, 'WITHSCORES', 'LIMIT', 0, count)
  return found.err and {} or found
end

-- An entry that is none of ours stops nothing.
local function unpacked(packed)
  local ok, act = pcall(cmsgpack.unpack, packed)
  if ok and type(act) == 'table' and act.id and act.kept and act.gone and act.lanes then return act end
  call('ZREM', log, packed)
end

local oldest, found = now - UNDO_MS, nil
if wanted ~= '' then
  local noted = string.match(fields_of(wanted).undo or '', '^(%d+) ')
  found = noted and tonumber(noted) >= oldest and between(noted, noted, 1) or {}
else
  found = between(below == '+inf' and below or '(' .. below, ms(oldest), most)
end

local answers = { batch, below }
local begun = batch ~= '' or wanted ~= ''
for i = 1, #found, 2 do
  local score, act = found[i + 1], unpacked(found[i])
  if act then
    if begun and batch == '' and wanted == '' then break end
    if not begun then
      begun, batch = true, act.batch
      answers[1] = batch
    end
    if act.batch == batch or wanted ~= '' then
      answers[#answers + 1] = { act.id, act.what, ms(act.at), take_back(score, found[i], act) }
    end
  end
  answers[2] = score
end
return answers
