-- Trim a user's history in one small step: weigh what is new in it, forget what is over its bounds.
--
-- KEYS[1]  the shard's prefix (lib.lua has the schema)
--          <prefix><user>_history  hash  bytes: the weight of all that was weighed; upto, skip: how far
--                                        the past was weighed (settled time, entries of that very ms)
-- ARGV     1 user, 2 most reminders, 3 longest age (ms), 4 most bytes, 5 rank to begin at, 6 how many
--          entries are looked at (twice: once to weigh, once to trim)
-- Returns  {forgotten, passed over, 1 if all is weighed and within its bounds or nothing more may go,
--           entries, bytes}
--
-- What was answered goes first, the oldest before the others. What waits for an answer never goes by
-- its age, and by count and bytes only when nothing answered is left to go.

local user, most, age, bytes = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local start, step = tonumber(ARGV[5]), tonumber(ARGV[6])
local own = prefix .. user
local past, unanswered, history = own .. '_past', own .. '_unanswered', own .. '_history'
local INDEX = 256 -- what a reminder's places in the indexes weigh, about
local now = now_ms()
local known = call('HMGET', history, 'bytes', 'upto', 'skip')
local total, upto, skip = tonumber(known[1] or 0), tonumber(known[2] or 0), tonumber(known[3] or 0)

-- A reminder keeps its weight: scheduled anew and settled again, it is weighed anew, not twice.
local function weigh(id)
  local task = task_key(id)
  local before = redis.pcall('HGET', task, 'weight')
  if type(before) == 'table' then return end
  if call('EXISTS', task) == 0 then return end
  if not before then call('HSET', task, 'weight', 99999) end -- the field itself has its weight
  -- All of its fields: of some, the text would be seen in every record or in none.
  local size = call('MEMORY', 'USAGE', task, 'SAMPLES', 0) + INDEX
  call('HSET', task, 'weight', size)
  total = total + size - (tonumber(before or 0) or 0)
end

local function weigh_some()
  if upto > now then upto, skip = now, 0 end -- the server's clock was set back
  local found = call('ZRANGEBYSCORE', past, string.format('%.0f', upto), '+inf', 'WITHSCORES', 'LIMIT', skip, step)
  for i = 1, #found, 2 do
    weigh(found[i])
    local at = tonumber(found[i + 1])
    if at == upto then skip = skip + 1 else upto, skip = at, 1 end
  end
  return #found / 2 < step
end

-- Returns whether it is gone: one that is upcoming after all is not touched.
local function forget(id)
  local task = task_key(id)
  local record = redis.pcall('HMGET', task, 'username', 'tasktype', 'state', 'weight')
  if record.err then return false end
  if record[1] then
    if record[1] ~= user or not record[2] or is_open(record[3]) then return false end
    withdraw(id, user, record[2])
    total = total - (tonumber(record[4] or 0) or 0)
    call('UNLINK', task)
  end
  call('ZREM', past, id)
  call('ZREM', unanswered, id)
  return true
end

local weighed = weigh_some()
local count = call('ZCARD', past)
local answered = count - call('ZCARD', unanswered)
local found = call('ZRANGE', past, start, start + step - 1, 'WITHSCORES')
local forgotten, passed = 0, 0
local within = false
for i = 1, #found, 2 do
  local id, at = found[i], tonumber(found[i + 1])
  local over = count > most or total > bytes
  if not over and at >= now - age then
    within = true
    break
  end
  local waits = call('ZSCORE', unanswered, id)
  if (not waits or (over and answered <= 0)) and forget(id) then
    forgotten, count = forgotten + 1, count - 1
    if not waits then answered = answered - 1 end
  else
    passed = passed + 1
  end
end

call('HSET', history, 'bytes', string.format('%.0f', math.max(0, total)), 'upto', string.format('%.0f', upto), 'skip', skip)
local ended = within or #found / 2 < step
-- Nothing answered is left and it is still too much: once more from the beginning, for the unanswered.
local again = ended and start > 0 and answered <= 0 and (count > most or total > bytes)
return { forgotten, again and -1 or passed, (weighed and ended and not again) and 1 or 0, count, math.max(0, total) }
