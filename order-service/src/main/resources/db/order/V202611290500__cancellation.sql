-- The customer's wish to cancel the order; null until there is one, and in rows of the release before.
alter table orders
  add column cancellation_requested_at timestamptz,
  add column cancellation_reason text;
