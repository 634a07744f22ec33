-- Read a stretch of one of a user's lists, and what its records say.
--
-- KEYS[1]  the shard's prefix (lib.lua has the schema)
-- ARGV     1 the list's name after <prefix><user>_, 2 user, 3 1 if it is read from its end, 4 and 5
--          the scores between which to read (inclusive), 6 the member that was read last (or empty),
--          7 its score, 8 how many entries are read, 9 1 for whole records, 0 for their words
-- Returns  {1 if the list has ended, entries read, last member, its score, entry, …}
--          entry: {id, field, value, …}, or {id, msg, tags, tasktype}
--
-- It goes on after a member, not at a rank: what comes and goes meanwhile moves nothing else.

local index, backwards = prefix .. ARGV[2] .. '_' .. ARGV[1], ARGV[3] == '1'
local low, high, last, last_score = ARGV[4], ARGV[5], ARGV[6], ARGV[7]
local most, whole = tonumber(ARGV[8]), ARGV[9] == '1'

local function first()
  if last ~= '' then
    local rank = call(backwards and 'ZREVRANK' or 'ZRANK', index, last)
    if rank then return rank + 1 end
  end
  -- From the first of a score on, as what was read last is gone.
  local edge = last ~= '' and last_score or (backwards and high or low)
  if backwards then return call('ZCOUNT', index, '(' .. edge, '+inf') end
  return call('ZCOUNT', index, '-inf', '(' .. edge)
end

local from = first()
local found = call(backwards and 'ZREVRANGE' or 'ZRANGE', index, from, from + most - 1, 'WITHSCORES')
local answers = { #found / 2 < most and 1 or 0, #found / 2, last, last_score }
local least, greatest = tonumber(low), tonumber(high)
for i = 1, #found, 2 do
  local id, score = found[i], tonumber(found[i + 1])
  if score < least or score > greatest then
    answers[1], answers[2] = 1, (i - 1) / 2
    break
  end
  answers[3], answers[4] = id, found[i + 1]
  local record
  if whole then
    record = redis.pcall('HGETALL', task_key(id))
    if not record.err and #record > 0 then
      table.insert(record, 1, id)
      answers[#answers + 1] = record
    end
  else
    record = redis.pcall('HMGET', task_key(id), 'msg', 'tags', 'tasktype')
    if not record.err and record[1] then
      answers[#answers + 1] = { id, record[1], record[2] or '', record[3] or '' }
    end
  end
end
return answers
