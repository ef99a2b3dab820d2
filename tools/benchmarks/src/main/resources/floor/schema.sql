-- The tables that the services own, in one database: those that hold business rows, none that exist for messaging.
create table product (
  sku text collate "C" primary key,
  name text not null,
  price_minor bigint not null check (price_minor > 0),
  currency text not null
);
create table stock (
  sku text collate "C" primary key references product,
  on_hand bigint not null default 0,
  received bigint not null default 0,
  sold bigint not null default 0,
  check (on_hand >= 0),
  check (on_hand = received - sold)
) with (fillfactor = 50);
create table wallet (
  customer_id text collate "C" primary key,
  currency text not null,
  balance_minor bigint not null check (balance_minor >= 0)
) with (fillfactor = 50);

create table orders (
  id bigint primary key,
  customer_id text collate "C" not null,
  status text not null check (status in ('CONFIRMED', 'CANCELLED', 'PENDING')),
  cancel_reason text,
  total_minor bigint not null check (total_minor > 0),
  currency text not null,
  payment_method text not null,
  placed_at timestamptz not null,
  settled_at timestamptz,
  check ((status = 'CANCELLED') = (cancel_reason is not null))
);
create index orders_of_customer on orders (customer_id, id desc);
create table order_line (
  order_id bigint not null references orders,
  position int not null,
  sku text not null,
  quantity int not null check (quantity between 1 and 999),
  unit_price_minor bigint not null check (unit_price_minor > 0),
  primary key (order_id, position)
);
create table order_history (
  order_id bigint not null references orders,
  number bigint generated always as identity,
  at timestamptz not null,
  what text not null,
  primary key (order_id, number)
);
create table request_key (
  customer_id text collate "C" not null,
  key text collate "C" not null,
  fingerprint text not null,
  order_id bigint not null,
  claimed_at timestamptz not null default now(),
  primary key (customer_id, key)
);
create index request_key_age on request_key (claimed_at);

create table reservation (
  order_id bigint primary key,
  customer_id text not null,
  state text not null check (state in ('COMMITTED', 'RELEASED'))
);
create table reservation_line (
  order_id bigint not null references reservation,
  sku text collate "C" not null,
  quantity int not null check (quantity between 1 and 999),
  primary key (order_id, sku)
);
create table payment (
  order_id bigint primary key,
  state text not null check (state in ('CHARGED', 'DECLINED')),
  customer_id text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  updated_at timestamptz not null default now()
);
create table ledger_transaction (
  number bigint generated always as identity primary key,
  kind text not null,
  reference text not null,
  debit_account text not null,
  credit_account text not null check (credit_account <> debit_account),
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  posted_at timestamptz not null default now(),
  unique (kind, reference)
);
create index ledger_transaction_from_wallet on ledger_transaction (debit_account, number)
  where debit_account like 'wallet:%';
create table notification (
  order_id bigint not null,
  outcome text not null check (outcome in ('CONFIRMED', 'CANCELLED')),
  number bigint generated always as identity,
  customer_id text not null,
  title text not null,
  text text not null,
  total_minor bigint not null,
  currency text not null,
  reason text,
  sent_at timestamptz not null default now(),
  primary key (order_id, outcome)
);
create unique index notification_inbox on notification (customer_id, number);
