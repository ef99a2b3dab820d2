-- Sagas that are held at a step, by how long they wait there: timers begin to look at a time below which
-- none can be left, and so meet no entries of those that went on.
set lock_timeout = 0; -- a concurrent build blocks no writer while it waits for older transactions
drop index concurrently if exists saga_held_since;
create index concurrently saga_held_since on saga (step, asked_at)
  where attempt = 0 and state in ('RUNNING', 'COMPENSATING');
reset lock_timeout;
