-- Shared by the scripts: the loader puts this text before each of them.
--
-- KEYS[1]  later:{N}:   the shard's prefix. Every key that a script touches begins with it, so all of
--                       them share one hash slot; ids found in an index name the rest.
--
-- <prefix>task:<id>             hash    the reminder
-- <prefix>tasks:<channel>       zset    lane: due_at (or time of the next attempt) while scheduled,
--                                       lease expiry while claimed or sending
-- <prefix>tasks:<channel>:<user>  zset  the same, for a channel that reaches its user where the user
--                                       sits: no worker of another user may serve it
-- <prefix><user>_tasks          zset    upcoming, by the window's end
-- <prefix><user>_due            zset    upcoming, by the drawn moment
-- <prefix><user>_past           zset    settled, by when
-- <prefix><user>_unanswered     zset    delivered, failed or unknown and not answered yet, by when
-- <prefix>events                stream  what changed
-- <prefix>quarantine            hash    id -> why a record was set aside
--
-- A field that is absent has its default: state scheduled, attempt 0, token 0, round 0.

local prefix = KEYS[1]
local EVENTS_KEPT = 10000

local function now_ms()
  local t = redis.call('TIME')
  return tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000)
end

local function task_key(id) return prefix .. 'task:' .. id end

local PERSONAL = { desktop = true, terminal = true }

local function lane_key(channel, user)
  if PERSONAL[channel] then return prefix .. 'tasks:' .. channel .. ':' .. user end
  return prefix .. 'tasks:' .. channel
end

local function each_channel(csv) return string.gmatch(csv, '[^,]+') end

local function is_open(state) return not state or state == 'scheduled' or state == 'claimed' or state == 'sending' end

local function publish(kind, id, user, due, channels)
  redis.call('XADD', prefix .. 'events', 'MAXLEN', '~', EVENTS_KEPT, '*',
    'kind', kind, 'id', id, 'user', user, 'due', due or '', 'channels', channels or '')
end

-- Leave the upcoming indexes for the past.
local function to_past(id, user, now, unanswered)
  redis.call('ZREM', prefix .. user .. '_tasks', id)
  redis.call('ZREM', prefix .. user .. '_due', id)
  redis.call('ZADD', prefix .. user .. '_past', now, id)
  if unanswered then
    redis.call('ZADD', prefix .. user .. '_unanswered', now, id)
  else
    redis.call('ZREM', prefix .. user .. '_unanswered', id)
  end
end

-- The first candidate moment that lies `gap` ms or more from the user's other reminders; its
-- position counted from 0, or nil when every candidate is too close.
local function choose(user, gap, candidates)
  if gap <= 0 then return candidates[1], 0 end
  local key = prefix .. user .. '_due'
  for i, moment in ipairs(candidates) do
    local near = redis.call('ZRANGEBYSCORE', key, '(' .. (moment - gap), '(' .. (moment + gap), 'LIMIT', 0, 1)
    if #near == 0 then return moment, i - 1 end
  end
  return nil
end

-- The user's moments in and around a window, for the caller to draw between.
local function neighbours(user, gap, not_before, not_after)
  local found = redis.call('ZRANGEBYSCORE', prefix .. user .. '_due',
    not_before - gap, not_after + gap, 'WITHSCORES', 'LIMIT', 0, 1024)
  local moments = {}
  for i = 2, #found, 2 do moments[#moments + 1] = found[i] end
  return moments
end

-- Enter the upcoming indexes and the lanes.
local function to_upcoming(id, user, not_after, due, channels)
  redis.call('ZADD', prefix .. user .. '_tasks', not_after, id)
  redis.call('ZADD', prefix .. user .. '_due', due, id)
  for channel in each_channel(channels) do redis.call('ZADD', lane_key(channel, user), due, id) end
end

-- Take every delivery that is not settled out of its lane and void whatever a worker holds of it.
local function withdraw(id, user, channels)
  local task = task_key(id)
  for channel in each_channel(channels) do
    local state = redis.call('HGET', task, 'state:' .. channel)
    if is_open(state) then
      redis.call('ZREM', lane_key(channel, user), id)
      redis.call('HSET', task, 'state:' .. channel, 'released')
      if state == 'claimed' or state == 'sending' then redis.call('HINCRBY', task, 'token:' .. channel, 1) end
    end
  end
end
