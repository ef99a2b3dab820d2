-- What customers were told: once for each final state of an order. An order has one final state; a
-- second row means that somebody contradicted himself.
create table notification (
  order_id bigint not null,
  outcome text not null check (outcome in ('CONFIRMED', 'CANCELLED')),
  number bigint generated always as identity,   -- newest last, within a customer's inbox
  customer_id text not null,
  title text not null,
  text text not null,
  total_minor bigint not null,
  currency text not null,
  reason text,
  told_at timestamptz not null default now(),
  primary key (order_id, outcome),
  check ((reason is not null) = (outcome = 'CANCELLED'))
);

create unique index notification_inbox on notification (customer_id, number);
