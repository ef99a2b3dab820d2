-- What came for sagas whose definition the release that read it does not know. A release that knows
-- it takes them up in the order of their numbers. Written only by who has locked the saga's row.
create table deferred_signal (
  number bigint generated always as identity primary key,
  order_id bigint not null,
  message_id uuid,
  topic text not null,
  key text not null,
  headers text not null,      -- a JSON object of strings
  payload bytea not null,
  deferred_at timestamptz not null default clock_timestamp(),
  unique nulls not distinct (order_id, topic, message_id)  -- a repeat says nothing new
);
