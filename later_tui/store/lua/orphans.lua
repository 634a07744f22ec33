-- Find the members of an index or a lane that have no record, or one of another user; and, if asked
-- to, take them out. A record is never touched.
--
-- KEYS[1]  the shard's prefix (lib.lua has the schema)
-- ARGV     1 whether to take them out (1 or 0), 2 the key after the prefix, 3 whose index it is (or
--          empty), then ids
-- Returns  the ids that are orphans

local key, user = prefix .. ARGV[2], ARGV[3]
local found = {}
for a = 4, #ARGV do
  local task = task_key(ARGV[a])
  local kind = call('TYPE', task).ok
  local owner = kind == 'hash' and call('HGET', task, 'username')
  if kind == 'none' or (owner and user ~= '' and owner ~= user) then
    found[#found + 1] = ARGV[a]
    if ARGV[1] == '1' then call('ZREM', key, ARGV[a]) end
  end
end
return found
