-- One row per saga. All times are this database's.
create table saga (
  order_id bigint primary key,
  definition text not null,
  version int not null,
  state text not null check (state in ('RUNNING', 'COMPENSATING', 'COMPLETED', 'COMPENSATED')),
  step text not null,           -- what it waits for; of a saga that ended, what it waited for last
  round int not null,
  attempt int not null,
  asked_at timestamptz not null,
  deadline timestamptz,         -- null: no timer, because it is parked or ended
  done text[] not null,
  in_doubt text[] not null,
  refusal text,                 -- why it is undone
  overdue boolean not null,
  parked_since timestamptz,
  parked_why text,
  lines int not null,           -- of its timeline
  event text not null,          -- what it was started by: JSON
  traceparent text,
  started_at timestamptz not null,
  check ((parked_since is null) = (parked_why is null)),
  check (deadline is null or (state in ('RUNNING', 'COMPENSATING') and parked_since is null))
);

-- What timers and the desk look for is open work, however many sagas have ended.
create index saga_deadline on saga (deadline) where deadline is not null;
create index saga_open on saga (order_id) where state in ('RUNNING', 'COMPENSATING');

-- Each saga is updated once per step: vacuum after so many, whatever the table's size.
alter table saga set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000);

-- The story of each saga, one line per transition.
create table saga_timeline (
  order_id bigint not null,
  number int not null,
  at timestamptz not null,
  what text not null,
  state text not null,
  step text not null,
  round int not null,
  attempt int not null,
  heard text,
  heard_id uuid,
  said text,
  said_id uuid,
  deadline timestamptz,
  detail text,
  primary key (order_id, number)
);
