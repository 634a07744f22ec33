-- Before the scripts that must work on a full server: what was kept is delivered, settled, answered.
--
-- A Redis whose memory is full (maxmemory, noeviction) refuses a script's first write if that may
-- need memory, and none of the later ones, so that no script ends half done. What only removes is
-- never refused: these scripts begin with a removal of nothing. The flag `allow-oom` would say the
-- same, but servers before 7.0 take no flags.

call('ZREM', prefix .. 'room', '')
