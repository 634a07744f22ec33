-- Copy a reminder many times: the same hash, the same indexes, each some ms later than the last.
--
-- KEYS[1]  the reminder's hash, later:{N}:task:<id>
-- ARGV     1 its id, 2 a mark of two letters for the copies' ids, 3 number of the first copy,
--          4 how many, 5 how much later each is (ms), then the sorted sets that have the id
-- Returns  how many were made

local id, mark = ARGV[1], ARGV[2]
local first, count, step = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local keys = string.sub(KEYS[1], 1, -#id - 1)
local fields = redis.call('HGETALL', KEYS[1])
local moments, scores = {}, {}
for i = 1, #fields, 2 do
  if fields[i] == 'due_at' or fields[i] == 'not_before' or fields[i] == 'not_after' then
    moments[i + 1] = tonumber(fields[i + 1])
  end
end
for a = 6, #ARGV do scores[a] = tonumber(redis.call('ZSCORE', ARGV[a], id)) end

for n = first, first + count - 1 do
  local copy = string.format('%s%010d', mark, n)
  local later = math.floor(n * step)
  for i, moment in pairs(moments) do fields[i] = string.format('%d', moment + later) end
  redis.call('HSET', keys .. copy, unpack(fields))
  for a, score in pairs(scores) do redis.call('ZADD', ARGV[a], score + later, copy) end
end
return count
