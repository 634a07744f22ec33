-- Before the scripts of what a person does to a reminder: they write down how to take it back.
--
-- <prefix><user>_undo  zset  what can be taken back: when it was done (ms UTC, made unique) -> packed
-- task:<id> undo             "<score> <round>": the newest act on this reminder, and the round in
--                            which it still is what was done last
-- ARGV                       the last one, "act:<what> <batch> <follower>", is taken off here: what is
--                            done, of which batch it is, and the next of the series that was kept
--                            because of it (both may be empty). Without it, nothing is written down.

local UNDO_MS, UNDO_MOST, DROPPED_AT_ONCE = 30 * 86400000, 10000, 100
local doing
if string.find(ARGV[#ARGV] or '', '^act:%S+ %S* %S*$') then doing = table.remove(ARGV) end

-- What no act changes but an edit: it is written down only if it was changed.
local STEADY = { username = 1, tasktype = 1, msg = 1, tags = 1, origin = 1, between = 1, every = 1, route = 1, nag = 1, v = 1 }

-- What is never taken back: the fences, and what the history knows of a record's weight.
local function lasts(field)
  return field == 'round' or field == 'undo' or field == 'weight' or string.sub(field, 1, 6) == 'token:'
end

local function fields_of(id)
  local found, fields = redis.pcall('HGETALL', task_key(id)), {}
  if found.err then return fields end
  for i = 1, #found, 2 do fields[found[i]] = found[i + 1] end
  return fields
end

-- The record and its places in the lanes, as they are before the act.
local function look(id, user)
  local was, lanes = fields_of(id), {}
  for channel in each_channel(was.tasktype or '') do
    local score = redis.pcall('ZSCORE', lane_key(channel, user), id)
    if type(score) == 'string' then lanes[channel] = score end
  end
  return { was = was, lanes = lanes }
end

-- Write down what it was. Of an act that begins a new round every field is kept, as workers will
-- change more of them than the act did; of another one, those that it changed.
local function remember(id, user, seen, anew)
  if not doing then return end
  local what, batch, follower = string.match(doing, '^act:(%S+) (%S*) (%S*)$')
  local log = prefix .. user .. '_undo'
  local last = redis.pcall('ZREVRANGE', log, 0, 0, 'WITHSCORES')
  if last.err then return end -- the key is no log: what is done is done all the same
  local was, is = seen.was, fields_of(id)
  local kept, gone = {}, {}
  for field, value in pairs(was) do
    if not lasts(field) and (is[field] ~= value or (anew and not STEADY[field])) then kept[field] = value end
  end
  for field in pairs(is) do
    if not was[field] and not lasts(field) then gone[#gone + 1] = field end
  end
  local at = now_ms()
  if last[2] and tonumber(last[2]) >= at then at = tonumber(last[2]) + 1 end
  call('ZADD', log, at, cmsgpack.pack({
    id = id, what = what, batch = batch, follower = follower, at = at, anew = anew, kept = kept, gone = gone,
    lanes = seen.lanes, state = is.state, before = was.undo,
  }))
  call('HSET', task_key(id), 'undo', at .. ' ' .. (is.round or 0))
  local many = math.max(call('ZCOUNT', log, '-inf', at - UNDO_MS), call('ZCARD', log) - UNDO_MOST)
  if many > 0 then call('ZREMRANGEBYRANK', log, 0, math.min(many, DROPPED_AT_ONCE) - 1) end
end
