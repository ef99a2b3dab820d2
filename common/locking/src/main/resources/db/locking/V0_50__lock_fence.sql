-- Fencing tokens: drawn while the locks are held, so whoever holds a lock later has a greater one,
-- whatever became of Redis. Without a cache, because a cached number would be drawn out of turn.
create sequence lock_fence as bigint cache 1;
