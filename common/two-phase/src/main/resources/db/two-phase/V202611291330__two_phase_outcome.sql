-- One row per order that took part in a two-phase commit. The prepared transaction inserts it, so
-- that the row is visible if, and only if, that transaction was committed. A rollback inserts it as
-- a tombstone, and a preparation that comes later finds it.
create table two_phase_outcome (
  order_id bigint primary key,
  outcome text not null check (outcome in ('COMMITTED', 'ROLLED_BACK')),
  written_at timestamptz not null default clock_timestamp()
);

-- Decisions of an operator instead of the coordinator; kept for good. The outcome is what became of
-- it: null if the process stopped meanwhile, and another than wanted if the coordinator was faster.
create table two_phase_heuristic (
  id bigint generated always as identity primary key,
  order_id bigint not null,
  wanted text not null check (wanted in ('COMMITTED', 'ROLLED_BACK')),
  outcome text check (outcome in ('COMMITTED', 'ROLLED_BACK')),
  who text not null,
  why text not null,
  decided_at timestamptz not null default clock_timestamp()
);
