-- The last fenced step before the wire: mark deliveries as sending, if they still may be sent.
--
-- KEYS[1]  the shard's prefix (lib.lua has the schema)
-- ARGV     1 lease (ms), 2 how much before its due time a delivery may be armed (ms),
--          then id, channel, token, …
-- Returns  {now, answer, …}: 'ok', 'void' (the lease or the reminder is gone, edited or answered),
--          or the ms by which it is early

local lease, before = tonumber(ARGV[1]), tonumber(ARGV[2])
local now = now_ms()
local answers = { now }

for a = 3, #ARGV, 3 do
  local id, channel, token = ARGV[a], ARGV[a + 1], ARGV[a + 2]
  local task = task_key(id)
  local known = read(id, 'due_at', 'state', 'state:' .. channel, 'token:' .. channel, 'username',
    'attempt:' .. channel, 'at:' .. channel)
  local whole = known and known[5] and tonumber(known[7] or known[1]) and tonumber(known[6] or 0)
  if not whole then known = {} end
  local due = tonumber(known[7] or known[1])
  local lane = lane_key(channel, known[5] or '')
  local expiry = tonumber(call('ZSCORE', lane, id) or 0)
  local answer = 'ok'
  if known[3] ~= 'claimed' or known[4] ~= token or expiry <= now then
    answer = 'void'
  elseif due > now + before then
    answer = due - now
  else
    local attempt = tonumber(known[6] or 0) + 1
    if is_open(known[2]) then
      call('HSET', task, 'state:' .. channel, 'sending', 'attempt:' .. channel, attempt, 'state', 'sending')
    else
      call('HSET', task, 'state:' .. channel, 'sending', 'attempt:' .. channel, attempt)
    end
    call('ZADD', lane, now + lease, id)
  end
  answers[#answers + 1] = answer
end
return answers
