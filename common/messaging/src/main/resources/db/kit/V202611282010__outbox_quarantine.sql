-- Messages that Kafka will never take as they are: too large for their topic, or for a topic that
-- cannot be. The relay moves them here, so that later ones of their keys leave.
create table outbox_quarantine (
  number bigint primary key,  -- the one it had in the outbox
  topic text not null,
  key text not null,
  headers text not null,
  payload bytea not null,
  created_at timestamptz not null,
  reason text not null,
  quarantined_at timestamptz not null default clock_timestamp()
);
