-- Look at records and at where they stand; and, if asked to, put them where they belong.
--
-- KEYS[1]  the shard's prefix (lib.lua has the schema)
-- ARGV     1 whether to mend (1 or 0), then ids; to mend, only those of whole records
-- Returns  {type of the key, {field, value, …}, {what is wrong with where it stands, …}} for each id;
--          the type is "foreign" for what another program added and nobody has adopted yet
--
-- No field is changed and no record deleted: an index follows from the record, never the other way.

local mending = ARGV[1] == '1'
local now = now_ms()

local function look(id)
  local task, wrong = task_key(id), {}
  local kind = call('TYPE', task).ok
  if kind ~= 'hash' then return { kind, {}, wrong } end
  local record = call('HMGET', task, 'username', 'tasktype', 'due_at', 'not_after', 'state', 'settled_at')
  local user, channels, due, state = record[1], record[2], tonumber(record[3]), record[5]
  if not due and type(redis.pcall('ZSCORE', prefix .. 'tasks', id)) == 'string' then kind = 'foreign' end
  if not (user and channels and due) then return { kind, call('HGETALL', task), wrong } end

  local function needs(key, score)
    if redis.pcall('ZSCORE', prefix .. key, id) then return end -- an error, too: the key is no index
    wrong[#wrong + 1] = 'is not in ' .. key
    if mending then call('ZADD', prefix .. key, string.format('%.0f', score), id) end
  end
  local function has_no_place_in(key)
    if type(redis.pcall('ZSCORE', prefix .. key, id)) ~= 'string' then return end
    wrong[#wrong + 1] = 'has no place in ' .. key
    if mending then call('ZREM', prefix .. key, id) end
  end

  if is_open(state) then
    needs(user .. '_tasks', tonumber(record[4]) or due)
    needs(user .. '_due', due)
    has_no_place_in(user .. '_past')
    has_no_place_in(user .. '_unanswered')
  else
    has_no_place_in(user .. '_tasks')
    has_no_place_in(user .. '_due')
    needs(user .. '_past', tonumber(record[6]) or now)
    if state == 'done' or state == 'released' then
      has_no_place_in(user .. '_unanswered')
    else
      needs(user .. '_unanswered', tonumber(record[6]) or now)
    end
  end
  for channel in each_channel(channels) do
    local lane = string.sub(lane_key(channel, user), #prefix + 1)
    local held = call('HGET', task, 'state:' .. channel)
    if not is_open(held) then
      has_no_place_in(lane)
    else
      -- A lease without its place in the lane is over: whoever claims next takes it over.
      local own = tonumber(call('HGET', task, 'at:' .. channel) or nil)
      needs(lane, (held == 'claimed' or held == 'sending') and now or own or due)
    end
  end
  if mending then
    call('HDEL', prefix .. 'quarantine', id)
    if #wrong > 0 then publish('changed', id, user, is_open(state) and string.format('%.0f', due) or '', channels) end
  end
  return { kind, call('HGETALL', task), wrong }
end

local answers = {}
for a = 2, #ARGV do answers[#answers + 1] = look(ARGV[a]) end
return answers
