-- Keep many new reminders that are alike, each as add.lua does at its first candidate. Idempotent by
-- their ids. One event tells of all of them.
--
-- KEYS[1]  the shard's prefix (lib.lua has the schema)
-- ARGV     1 user, 2 channels or route, 3 minimum gap (ms), 4 tasktype, 5 how many other fields, their
--          names (not_after among them), then for each reminder: id, the candidate (ms), the values
-- Returns  for each 1 (added) | its due_at, a string (it exists) | 0 (nothing is written: the
--          candidate is too close to another one, or the id is another user's; add.lua tells which)

local user, channels, gap, count = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[5])
local dues = prefix .. user .. '_due'
local routed = string.find(channels, ';', 1, true)
local words, ends = { 'due_at', '', 'username', user, 'tasktype', ARGV[4] }
for i = 1, count do
  words[5 + 2 * i] = ARGV[5 + i]
  if ARGV[5 + i] == 'not_after' then ends = i end
end
local soonest
local by_end, by_due = {}, {}

-- What to_upcoming does, with one ZADD for the many that go into the same set. A route has more to
-- enter; and where a gap is kept, the next one must find this one's moment.
local function enter(id, not_after, due)
  if routed then return to_upcoming(id, user, not_after, due, channels) end
  local n = #by_due
  by_end[n + 1], by_end[n + 2] = not_after, id
  by_due[n + 1], by_due[n + 2] = due, id
  if gap ~= '0' then call('ZADD', dues, due, id) end
end

local function keep(a)
  local id, due = ARGV[a], ARGV[a + 1]
  local task = task_key(id)
  if call('EXISTS', task) == 1 then
    local known = call('HMGET', task, 'username', 'due_at')
    return known[1] == user and known[2] or 0
  end
  if not choose(user, gap, nil, nil, a + 1, a + 1) then return 0 end
  words[2] = due
  for i = 1, count do words[6 + 2 * i] = ARGV[a + 1 + i] end
  call('HSET', task, unpack(words))
  enter(id, words[6 + 2 * ends], due)
  if not soonest or tonumber(due) < tonumber(soonest) then soonest = due end
  return 1
end

local answers = {}
for a = 6 + count, #ARGV, 2 + count do answers[#answers + 1] = keep(a) end
if #by_due > 0 then
  call('ZADD', prefix .. user .. '_tasks', unpack(by_end))
  if gap == '0' then call('ZADD', dues, unpack(by_due)) end
  for channel in each_channel(channels) do call('ZADD', lane_key(channel, user), unpack(by_due)) end
end
if soonest then publish('added', '', user, soonest, channels) end
return answers
