-- What there is to buy. Written by people, one product at a time.
create table product (
  sku text collate "C" primary key check (sku ~ '^[A-Za-z0-9._-]{1,64}$'),
  name text not null,
  price_minor bigint not null check (price_minor > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  version bigint not null check (version > 0)   -- of what was announced last
);

-- One row per product, written by batches of commands. Its checks are the last word on overselling.
create table stock (
  sku text collate "C" primary key references product,
  on_hand bigint not null default 0,
  reserved bigint not null default 0,
  received bigint not null default 0,
  sold bigint not null default 0,
  fence bigint not null default 0,              -- greatest token that ever wrote this row
  constraint nothing_is_oversold check (0 <= reserved and reserved <= on_hand),
  constraint stock_is_conserved check (on_hand = received - sold)
) with (fillfactor = 50);                       -- a hot row is updated within its page

-- What came in. The key makes a repeated request book once.
create table receipt (
  sku text collate "C" not null,
  idempotency_key text not null,
  quantity int not null check (quantity between 1 and 1000000),
  booked_at timestamptz not null default clock_timestamp(),
  primary key (sku, idempotency_key)
);

-- One order's claim on stock. A RELEASED row without lines is a tombstone: the order was called off
-- before its reservation came.
create table reservation (
  order_id bigint primary key,
  customer_id text,
  state text not null check (state in ('HELD', 'COMMITTED', 'RELEASED', 'EXPIRED')),
  held_until timestamptz not null,
  revision int not null                         -- counts the writes
);
create index reservation_held on reservation (held_until) where state = 'HELD';

create table reservation_line (
  order_id bigint not null references reservation,
  sku text collate "C" not null,
  quantity int not null check (quantity between 1 and 999),
  primary key (order_id, sku)
);
