create table orders (
  id bigint primary key,
  customer_id text collate "C" not null,
  status text not null check (status in ('PENDING', 'CONFIRMED', 'CANCELLED')),
  cancel_reason text,
  total_minor bigint not null check (total_minor > 0),
  currency text not null,
  payment_method text not null,
  placed_at timestamptz not null,     -- for people
  settled_at timestamptz,             -- for people
  traceparent text,                   -- of the request, for the announcements
  announcements int not null default 1,
  announce_next timestamptz not null, -- this database's clock
  check ((status = 'CANCELLED') = (cancel_reason is not null)),
  check ((status = 'PENDING') = (settled_at is null))
);
create index orders_of_customer on orders (customer_id, id desc);
-- Open work only: neither counting it nor finding what is late grows with past orders.
create index orders_pending on orders (announce_next) where status = 'PENDING';

create table order_line (
  order_id bigint not null references orders,
  position int not null,
  sku text not null,
  quantity int not null check (quantity between 1 and 999),
  unit_price_minor bigint not null check (unit_price_minor > 0),
  primary key (order_id, position)
);

-- What happened to an order, for its timeline.
create table order_history (
  order_id bigint not null references orders,
  number bigint generated always as identity,
  at timestamptz not null,            -- for people
  what text not null,
  detail text,
  primary key (order_id, number)
);

-- Which request became which order.
create table request_key (
  customer_id text collate "C" not null,
  key text collate "C" not null,
  fingerprint text not null,          -- of what was asked for; another request may not use the key
  order_id bigint not null,
  primary key (customer_id, key)
);

-- Our copy of the catalogue: prices are read here, inventory-service owns them.
create table product (
  sku text collate "C" primary key,
  version bigint not null,
  name text not null,
  price_minor bigint not null check (price_minor > 0),
  currency text not null
);

-- Whether the copy has been complete once; it then stays good enough to sell from.
create table catalogue_read (
  topic text primary key,
  to_its_end_at timestamptz not null
);
