-- Steps whose commands are held back. Read with every batch, so it holds only what is paused now.
create table step_pause (
  step text primary key,
  since timestamptz not null default clock_timestamp(),
  who text not null,
  why text not null
);

-- A saga that waits for a pause to end has asked for nothing yet: attempt 0.
create index saga_held on saga (step, order_id)
  where attempt = 0 and state in ('RUNNING', 'COMPENSATING');
create index saga_parked on saga (order_id) where parked_since is not null;
create index saga_overdue on saga (order_id)
  where overdue and state in ('RUNNING', 'COMPENSATING');
create index saga_compensated on saga (order_id) where state = 'COMPENSATED';

-- What operators did, written in the transaction that did it. Never changed.
create table desk_act (
  id bigint generated always as identity primary key,
  order_id bigint,              -- null: about a step of all sagas, or a letter about no order
  act text not null,
  step text,
  letter_id bigint,             -- of a dead letter
  who text not null,
  why text not null,
  evidence text,                -- that a step was done by hand
  before jsonb,
  after jsonb,
  at timestamptz not null default clock_timestamp()
);
create index desk_act_order on desk_act (order_id, id);

-- What services gave up on, out of every topic. The body is as it came.
create table dead_letter (
  id bigint generated always as identity primary key,
  fingerprint uuid not null unique,  -- of message, origin and who gave up: a repeat is no new letter
  message_id uuid,
  order_id bigint,
  type text,
  topic text not null,
  key text not null,
  headers jsonb not null,
  body bytea not null,
  cause text not null,
  detail text not null,
  dead_by text,
  redrives int not null,             -- before it died this time
  created_at timestamptz,            -- its sender's clock
  died_at timestamptz not null default clock_timestamp(),
  status text not null default 'WAITING' check (status in ('WAITING', 'REDRIVEN', 'DISCARDED')),
  settled_at timestamptz,
  check ((status = 'WAITING') = (settled_at is null))
);
create index dead_letter_waiting on dead_letter (id) where status = 'WAITING';
create index dead_letter_order on dead_letter (order_id, id) where order_id is not null;
