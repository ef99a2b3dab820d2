-- Each order is updated once it is settled, and leaves a dead entry in the index of open ones.
alter table orders set (
  autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000
);
