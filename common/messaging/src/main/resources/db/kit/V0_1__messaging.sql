-- Messages that a transaction wants to have sent. A relay ships them in the order of their numbers
-- and deletes them once the broker has acknowledged them.
create table outbox (
  number bigint generated always as identity primary key,
  topic text not null,
  key text not null,
  headers text not null,      -- a JSON object of strings
  payload bytea not null,
  created_at timestamptz not null default clock_timestamp()
);
-- Rows live for milliseconds: vacuum early, whatever the table's size.
alter table outbox set (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000,
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000000
);

-- Who may do what only one replica should do. Compared on this database's clock alone.
create table lease (
  name text primary key,
  holder text not null,
  held_until timestamptz not null
);

-- What was answered to each command, so that its repeat gets the same answer.
create table decision (
  order_id bigint not null,
  step text not null,
  round int not null,
  reply_type text not null,
  reply text not null,        -- JSON
  decided_at timestamptz not null default clock_timestamp(),
  primary key (order_id, step, round)
);
