-- Shared by the scripts: the loader puts this text before each of them.
--
-- KEYS[1]  later:{N}:   the shard's prefix. Every key that a script touches begins with it, so all of
--                       them share one hash slot; ids found in an index name the rest.
--
-- <prefix>task:<id>             hash    the reminder
-- <prefix>tasks                 zset    the plain lane: what other programs added (adopt.lua)
-- <prefix>tasks:<channel>:<user>  zset  lane: due_at (or time of the next attempt) while scheduled,
--                                       lease expiry while claimed or sending; no worker of another
--                                       user may serve it: a channel's options reach one person
-- <prefix><user>_tasks          zset    upcoming, by the window's end
-- <prefix><user>_due            zset    upcoming, by the drawn moment
-- <prefix><user>_past           zset    settled, by when
-- <prefix><user>_unanswered     zset    delivered, failed or unknown and not answered yet, by when
-- <prefix><user>_undo           zset    what can be taken back, by when it was done (remember.lua)
-- <prefix>events                stream  what changed
-- <prefix>quarantine            hash    id -> why a record was set aside
--
-- A field that is absent has its default: state scheduled, attempt 0, token 0, round 0. Of a delivery
-- that waits for another one, or was delivered and nags, at:<channel> is when it goes, in the place of
-- due_at; nag:<channel> says how many times it was sent without an answer, resent:<channel> that the
-- person asked for it once more after it had ended. asked is how long a window was asked for, ms, where
-- an edit left less of it.
--
-- `channels` are names, "a,b"; or a route, "a,b;c:120000?": steps with the ms that each waits for the
-- one before, and a "?" if it goes only where that is not delivered.

local call = redis.call
local prefix = KEYS[1]
local EVENTS_KEPT = 10000
local CROWD = 1024

local function now_ms()
  local t = call('TIME')
  return tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000)
end

local function task_key(id) return prefix .. 'task:' .. id end

local function lane_key(channel, user)
  return prefix .. 'tasks:' .. channel .. ':' .. user
end

-- Fields of a record, or nil where there is no record to read: nobody's fault stops the others.
local function read(id, ...)
  local found = redis.pcall('HMGET', task_key(id), ...)
  return not found.err and found or nil
end

-- The names in a route, "a,b,c".
local function names_in(channels)
  if not string.find(channels, ';', 1, true) then return channels end
  return (string.gsub(string.gsub(channels, ':[^;]*', ''), ';', ','))
end

local function each_channel(channels) return string.gmatch(names_in(channels), '[^,]+') end

-- The steps of a route: {channels, wait (ms), fallback} each.
local function steps_of(route)
  local steps = {}
  for part in string.gmatch(route, '[^;]+') do
    local channels, wait, mark = string.match(part, '^([^:]*):?(%d*)(%??)$')
    steps[#steps + 1] = { channels = channels or part, wait = tonumber(wait) or 0, fallback = mark == '?' }
  end
  return steps
end

local function ms(moment) return string.format('%.0f', moment) end

local function is_open(state) return not state or state == 'scheduled' or state == 'claimed' or state == 'sending' end

local function publish(kind, id, user, due, channels)
  call('XADD', prefix .. 'events', 'MAXLEN', '~', EVENTS_KEPT, '*',
    'kind', kind, 'id', id, 'user', user, 'due', due or '', 'channels', names_in(channels or ''))
end

-- How many entries other programs put into the plain lane; adopt.lua says what is wrong with a key
-- that is no lane.
local function foreign()
  local waiting = redis.pcall('ZCARD', prefix .. 'tasks')
  return type(waiting) == 'number' and waiting or 1
end

-- Leave the upcoming indexes for the past.
local function to_past(id, user, now, unanswered)
  local own = prefix .. user
  call('ZREM', own .. '_tasks', id)
  call('ZREM', own .. '_due', id)
  call('ZADD', own .. '_past', now, id)
  if unanswered then
    call('ZADD', own .. '_unanswered', now, id)
  else
    call('ZREM', own .. '_unanswered', id)
  end
end

-- How far a moment is from the user's nearest other one, ms.
local function distance(key, moment)
  local after = call('ZRANGEBYSCORE', key, moment, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
  local before = call('ZREVRANGEBYSCORE', key, moment, '-inf', 'WITHSCORES', 'LIMIT', 0, 1)
  local a = after[2] and tonumber(after[2]) - moment or math.huge
  local b = before[2] and moment - tonumber(before[2]) or math.huge
  return math.min(a, b)
end

-- The first of ARGV[from] … ARGV[to] (moments) that lies `gap` ms or more from the user's other
-- reminders, and its position counted from 0; nil when every one is too close. Where a window is
-- so crowded that looking at all of it would be slow, the one that is furthest from the others.
local function choose(user, gap, not_before, not_after, from, to)
  if gap == '0' then return ARGV[from], 0 end
  local key = prefix .. user .. '_due'
  for a = from, to do
    local moment = tonumber(ARGV[a])
    local near = call('ZRANGEBYSCORE', key, '(' .. (moment - gap), '(' .. (moment + gap), 'LIMIT', 0, 1)
    if #near == 0 then return ARGV[a], a - from end
  end
  if from == to or call('ZCOUNT', key, not_before - gap, not_after + gap) <= CROWD then return nil end
  local best, place
  for a = from, to do
    local far = distance(key, tonumber(ARGV[a]))
    if not best or far > best then best, place = far, a end
  end
  return ARGV[place], place - from
end

-- The user's moments in and around a window, for the caller to draw between; none after a first
-- look at one candidate, which is worth another round trip before all of them are read.
local function neighbours(user, gap, not_before, not_after, candidates)
  if candidates == 1 then return {} end
  local found = call('ZRANGEBYSCORE', prefix .. user .. '_due',
    not_before - gap, not_after + gap, 'WITHSCORES', 'LIMIT', 0, CROWD)
  local moments = {}
  for i = 2, #found, 2 do moments[#moments + 1] = found[i] end
  return moments
end

-- Enter the upcoming indexes and the lanes.
local function to_upcoming(id, user, not_after, due, channels)
  local own = prefix .. user
  call('ZADD', own .. '_tasks', not_after, id)
  call('ZADD', own .. '_due', due, id)
  if not string.find(channels, ';', 1, true) then
    for channel in each_channel(channels) do call('ZADD', lane_key(channel, user), due, id) end
    return
  end
  local at = tonumber(due)
  for _, step in ipairs(steps_of(channels)) do
    at = at + step.wait
    for channel in each_channel(step.channels) do
      call('ZADD', lane_key(channel, user), ms(at), id)
      if step.wait > 0 then call('HSET', task_key(id), 'at:' .. channel, ms(at)) end
    end
  end
end

-- The fields that a delivery has for one round alone.
local ROUND = { 'state:', 'attempt:', 'sent_at:', 'via:', 'error:', 'proof:', 'at:', 'nag:', 'resent:', 'trail:' }

local function round_fields(channels, fields)
  for channel in each_channel(channels) do
    for _, field in ipairs(ROUND) do fields[#fields + 1] = field .. channel end
  end
  return fields
end

-- Take every delivery that is not settled out of its lane and void whatever a worker holds of it.
local function withdraw(id, user, channels)
  local task = task_key(id)
  for channel in each_channel(channels) do
    local known = call('HMGET', task, 'state:' .. channel, 'nag:' .. channel)
    local state = known[1]
    if is_open(state) then
      call('ZREM', lane_key(channel, user), id)
      call('HSET', task, 'state:' .. channel, known[2] and 'delivered' or 'released')
      if state == 'claimed' or state == 'sending' then call('HINCRBY', task, 'token:' .. channel, 1) end
    end
  end
end
