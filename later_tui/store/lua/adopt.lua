-- Adopt what other programs put into the plain lane: HSET … username tasktype msg, ZADD <prefix>tasks
-- <unix time, s or ms> <id>, LPUSH <prefix><username>_inbox <id> make a full reminder.
--
-- KEYS[1]  the shard's prefix (lib.lua has the schema)
--          <prefix>tasks            zset  the plain lane: id -> unix time
--          <prefix><user>_inbox     list  what the other program says it added; read by nobody
-- ARGV     1 how many at the most, then the names of the channels that are known here
-- Returns  {adopted, left in the lane, id, why, …} of what was set aside
--
-- An entry of the lane is moved, never copied: it is adopted once whoever does it. An id that is
-- kept already is scheduled anew, unless its time is the one that it has (a repeated ZADD).

local most = tonumber(ARGV[1])
local LAST_MOMENT, MOST_TEXT, INBOX_AT_ONCE = 253370764800000, 16384, 2
local plain = prefix .. 'tasks'
local adopted, aside, inboxes = 0, {}, {}

local function set_aside(id, why)
  call('HSET', prefix .. 'quarantine', id, why)
  aside[#aside + 1] = id
  aside[#aside + 1] = why
end

-- The channels that somebody can serve: those that are installed here, and the live workers'.
local function known_channels()
  local known = {}
  for a = 2, #ARGV do known[ARGV[a]] = true end
  for _, said in ipairs(call('HVALS', prefix .. 'workers')) do
    local ok, told = pcall(cjson.decode, said)
    if ok and type(told) == 'table' and type(told.channels) == 'table' then
      for _, channel in ipairs(told.channels) do known[channel] = true end
    end
  end
  return known
end

local function channels_of(tasktype, known)
  local found, seen = {}, {}
  for channel in string.gmatch(tasktype or '', '[^,%s]+') do
    if known[channel] and not seen[channel] then
      seen[channel] = true
      found[#found + 1] = channel
    end
  end
  return #found > 0 and table.concat(found, ',') or 'desktop'
end

-- ms UTC as digits, or nil. What is under 1e11 is in seconds: as ms it would lie before 1973.
local function moment(score)
  local at = tonumber(score)
  if not at or at ~= at or at < 0 then return nil end
  if at < 1e11 then at = at * 1000 end
  if at > LAST_MOMENT then return nil end
  return string.format('%.0f', math.floor(at))
end

local function trouble(id, record, due)
  if #id > 64 or not string.find(id, '^[%w_.-]+$') then
    return 'its id is not of 1 to 64 letters, digits, "_", "." and "-"'
  end
  if record.err then return 'its key is not a hash' end
  local user, text = record[1], record[3]
  if not (user or text) then return 'there is no record of that id' end
  if not user then return 'it says no username' end
  if user == '' or #user > 256 or string.find(user, '[%s:{}%c]') then return 'no user can have that username' end
  if not text or not string.find(text, '%S') then return 'it says no msg' end
  if #text > MOST_TEXT then return 'its msg has over ' .. MOST_TEXT .. ' bytes' end
  if record[6] and record[6] ~= '1' then return 'its version is ' .. record[6] .. '; this program reads version 1' end
  if not due then return 'its score is not a Unix time in seconds or milliseconds' end
end

-- Forget the round that is over, as `again` does.
local function begin_anew(id, user, channels, round)
  local task = task_key(id)
  withdraw(id, user, channels)
  local gone = round_fields(channels,
    { 'pick', 'seed', 'every', 'between', 'route', 'not_before', 'not_after', 'state', 'settled_at' })
  call('HDEL', task, unpack(gone))
  call('HSET', task, 'round', (tonumber(round or 0) or 0) + 1)
  call('ZREM', prefix .. user .. '_past', id)
  call('ZREM', prefix .. user .. '_unanswered', id)
end

local function adopt(id, due, record, known)
  local user, task, channels = record[1], task_key(id), channels_of(record[2], known)
  inboxes[user] = (inboxes[user] or 0) + INBOX_AT_ONCE
  if record[4] == due then return end
  if record[4] then begin_anew(id, user, record[2] or 'desktop', record[5]) end
  call('HSET', task, 'tasktype', channels, 'due_at', due)
  call('HSETNX', task, 'origin', string.format('%.0f', now_ms()) .. '  ')
  call('HDEL', prefix .. 'quarantine', id)
  to_upcoming(id, user, due, due, channels)
  publish('added', id, user, due, channels)
  adopted = adopted + 1
end

-- The other program pushes to an inbox at its head, and nobody takes anything out. From its tail goes
-- what is a reminder by now; what still waits for its ZADD goes round to the head. As many are looked
-- at as were adopted of that user, twice: so an inbox empties, and a call with many users is as short
-- as one with a single user.
local function drain(user, most)
  local inbox = prefix .. user .. '_inbox'
  local length = redis.pcall('LLEN', inbox)
  if type(length) ~= 'number' then return end
  for _ = 1, math.min(length, most) do
    local id = call('RPOP', inbox)
    local kept = redis.pcall('HMGET', task_key(id), 'due_at', 'msg')
    if not kept.err and kept[2] and not kept[1] then call('LPUSH', inbox, id) end
  end
end

local found = redis.pcall('ZRANGE', plain, 0, most - 1, 'WITHSCORES')
if found.err then
  local kept = prefix .. 'aside:tasks:' .. string.format('%.0f', now_ms())
  call('RENAME', plain, kept)
  set_aside('tasks', 'the lane for other programs was not a sorted set; it is kept as ' .. kept)
elseif #found > 0 then
  local known = known_channels()
  for i = 1, #found, 2 do
    local id, due = found[i], moment(found[i + 1])
    local record = redis.pcall('HMGET', task_key(id), 'username', 'tasktype', 'msg', 'due_at', 'round', 'v')
    local why = trouble(id, record, due)
    if why then set_aside(id, why) else adopt(id, due, record, known) end
    call('ZREM', plain, id)
  end
  for user, looks in pairs(inboxes) do drain(user, looks) end
end

local left = redis.pcall('ZCARD', plain)
return { adopted, type(left) == 'number' and left or 0, unpack(aside) }
