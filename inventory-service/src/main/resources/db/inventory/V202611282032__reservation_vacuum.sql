-- Each reservation is updated once it is settled, and leaves dead entries in the indexes of held ones.
alter table reservation set (
  autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000
);
