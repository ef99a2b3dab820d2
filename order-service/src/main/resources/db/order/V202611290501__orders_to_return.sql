-- Confirmed orders whose return is under way: open work, to be announced again when it is late.
set lock_timeout = 0; -- a concurrent build blocks no writer while it waits for older transactions
drop index concurrently if exists orders_to_return;
create index concurrently orders_to_return on orders (announce_next)
  where status = 'CONFIRMED' and cancellation_requested_at is not null;
reset lock_timeout;
