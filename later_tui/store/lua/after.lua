-- Before the scripts that settle deliveries: what one that is settled means for the others.

local TRAIL = 20 -- attempts that are kept

-- Write an attempt into a delivery's trail: at \t attempt \t outcome \t via \t error. Call it before
-- the delivery's own fields are changed.
local function note(task, channel, at, outcome, via, err)
  local known = call('HMGET', task, 'trail:' .. channel, 'attempt:' .. channel, 'sent_at:' .. channel, 'via:' .. channel)
  local trail = known[1]
  if not trail and known[3] then
    -- One send, and its own fields said all there was to say of it.
    trail = known[3] .. '\t1\tdelivered\t' .. (known[4] or '') .. '\t'
  end
  local told = outcome .. '\t' .. via .. '\t' .. err
  local lines = {}
  for line in string.gmatch(trail or '', '[^\n]+') do lines[#lines + 1] = line end
  -- A channel that is away says so again and again: once is enough.
  if outcome == 'back' and #lines > 0 and string.sub(lines[#lines], -#told) == told then lines[#lines] = nil end
  lines[#lines + 1] = ms(at) .. '\t' .. (known[2] or 0) .. '\t' .. told
  call('HSET', task, 'trail:' .. channel, table.concat(lines, '\n', math.max(1, #lines - TRAIL + 1)))
end

-- What the reminder is again, when one delivery waits again: what its others are.
local function go_back(task, channels)
  local most
  for channel in each_channel(channels) do
    local state = call('HGET', task, 'state:' .. channel)
    if state == 'sending' or (state == 'claimed' and not most) then most = state end
  end
  if most then call('HSET', task, 'state', most) else call('HDEL', task, 'state') end
end

-- Send a delivery again at a moment, the next nag.
local function nag(id, user, channel, at)
  local task = task_key(id)
  call('HDEL', task, 'state:' .. channel, 'attempt:' .. channel)
  call('HINCRBY', task, 'nag:' .. channel, 1)
  call('HSET', task, 'at:' .. channel, at)
  call('ZADD', lane_key(channel, user), at, id)
end

-- Let a delivery that was not begun yet go at another moment. A claim of it that would be too early
-- then is void; one that would be late is left to its worker, which waits two seconds at the most.
local function move(id, user, channel, at)
  local task = task_key(id)
  local known = call('HMGET', task, 'state:' .. channel, 'attempt:' .. channel, 'at:' .. channel, 'nag:' .. channel,
    'resent:' .. channel)
  local state, before = known[1], tonumber(known[3])
  if known[4] or known[5] or not before or tonumber(known[2] or 0) > 0 then return end
  if state == 'claimed' and at > before then
    call('HINCRBY', task, 'token:' .. channel, 1)
    call('HDEL', task, 'state:' .. channel)
  elseif state and state ~= 'scheduled' then
    return
  end
  call('HSET', task, 'at:' .. channel, ms(at))
  call('ZADD', lane_key(channel, user), ms(at), id)
  if at < before then publish('retry', id, user, ms(at), channel) end
end

-- Take out a delivery that another one made superfluous, unless it is being sent already or the
-- person asked for it.
local function spare(id, user, channel)
  local task = task_key(id)
  local known = call('HMGET', task, 'state:' .. channel, 'nag:' .. channel, 'resent:' .. channel)
  if not is_open(known[1]) or known[1] == 'sending' or known[2] or known[3] then return end
  call('ZREM', lane_key(channel, user), id)
  call('HSET', task, 'state:' .. channel, 'released')
  if known[1] == 'claimed' then call('HINCRBY', task, 'token:' .. channel, 1) end
end

local function step_with(steps, channel)
  for s, step in ipairs(steps) do
    for other in each_channel(step.channels) do
      if other == channel then return s end
    end
  end
end

-- The steps from `s` on go one after the other, the first of them its wait after `at`.
local function set_out(id, user, steps, s, at, only_later)
  while steps[s] do
    at = at + steps[s].wait
    for channel in each_channel(steps[s].channels) do
      local before = only_later and tonumber(call('HGET', task_key(id), 'at:' .. channel) or 0)
      if not before or before < at then move(id, user, channel, at) end
    end
    s = s + 1
  end
end

-- A delivery was put off until `at`: what waits for it waits for it still.
local function put_off(id, user, channel, route, at)
  local steps = steps_of(route)
  local mine = step_with(steps, channel)
  if mine then set_out(id, user, steps, mine + 1, at, true) end
end

-- The steps of which the first that works is enough, and `mine` is one.
local function alternatives(steps, mine)
  local from, to = mine, mine
  while steps[from].fallback do from = from - 1 end
  while steps[to + 1] and steps[to + 1].fallback do to = to + 1 end
  return from, to
end

-- Whether a delivery that is to be tried again need not be: another way worked meanwhile.
local function superfluous(id, channel, route)
  local known = call('HMGET', task_key(id), 'nag:' .. channel, 'resent:' .. channel)
  local steps = steps_of(route)
  local mine = step_with(steps, channel)
  if not mine or known[1] or known[2] then return false end
  local from, to = alternatives(steps, mine)
  for s = from, to do
    for other in each_channel(s ~= mine and steps[s].channels or '') do
      local state = call('HMGET', task_key(id), 'state:' .. other, 'nag:' .. other)
      if state[1] == 'delivered' or state[2] then return true end
    end
  end
  return false
end

-- A delivery was delivered at `sent_at`. The steps of which the first that works is enough stop; the
-- next one, which waits for an answer, waits from now on.
local function was_delivered(id, user, channel, route, sent_at)
  local steps = steps_of(route)
  local mine = step_with(steps, channel)
  if not mine then return end
  local from, to = alternatives(steps, mine)
  local first = true
  for s = from, to do
    for other in each_channel(steps[s].channels) do
      if other ~= channel then
        local known = call('HMGET', task_key(id), 'state:' .. other, 'nag:' .. other)
        if known[1] == 'delivered' or known[2] then first = false end
        if s ~= mine then spare(id, user, other) end
      end
    end
  end
  if first then set_out(id, user, steps, to + 1, sent_at) end
end

-- A delivery failed for good, or may have been lost: when all of its step did, the next goes now.
local function was_not_delivered(id, user, channel, route, now)
  local steps = steps_of(route)
  local mine = step_with(steps, channel)
  if not (mine and steps[mine + 1]) then return end
  for other in each_channel(steps[mine].channels) do
    local known = call('HMGET', task_key(id), 'state:' .. other, 'nag:' .. other)
    if is_open(known[1]) or known[1] == 'delivered' or known[2] then return end
  end
  local following = steps[mine + 1]
  for other in each_channel(following.channels) do
    if tonumber(call('HGET', task_key(id), 'at:' .. other) or 0) <= now then return end
  end
  set_out(id, user, steps, mine + 1, now - following.wait)
end
