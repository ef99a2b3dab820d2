-- What the sweep looks for: open authorizations, by the time at which they expire.
set lock_timeout = 0; -- a concurrent build blocks no writer while it waits for older transactions
drop index concurrently if exists payment_authorized;
create index concurrently payment_authorized on payment (held_until) where state = 'AUTHORIZED';
reset lock_timeout;
