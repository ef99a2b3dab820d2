-- What a customer holds with the mall. Only the ledger's posting statement moves a balance.
create table wallet (
  customer_id text primary key,
  currency text not null,
  balance_minor bigint not null check (balance_minor >= 0),
  opened_at timestamptz not null default now()
);

-- Every movement of money: one account gives (debit) what another receives (credit), so that each
-- row sums to zero by its very shape. Accounts: 'wallet:<customer id>'; 'sales', what the mall has
-- earned; 'deposits', what came in from outside (its balance is negative: the world gave it).
create table ledger_transaction (
  number bigint generated always as identity primary key,
  kind text not null check (kind in ('DEPOSIT', 'CHARGE', 'REFUND')),
  reference text not null,          -- the order id, or the deposit's id
  debit_account text not null,
  credit_account text not null check (credit_account <> debit_account),
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  posted_at timestamptz not null default now(),
  unique (kind, reference)          -- an order is charged at most once, and refunded at most once
);

-- A wallet is one side of every row, so each row is in exactly one of these.
create index ledger_transaction_from_wallet on ledger_transaction (debit_account, number)
  where debit_account like 'wallet:%';
create index ledger_transaction_to_wallet on ledger_transaction (credit_account, number)
  where credit_account like 'wallet:%';

-- The same, as bookkeepers read it: both sides of every transaction.
create view ledger_entry as
  select number, kind, reference, credit_account as account, amount_minor, currency, posted_at
    from ledger_transaction
  union all
  select number, kind, reference, debit_account, -amount_minor, currency, posted_at
    from ledger_transaction;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is only ever added to', tg_table_name;
end $$;

create trigger ledger_transaction_is_final before update or delete on ledger_transaction
  for each statement execute function refuse_change();

-- What has become of an order's payment. CALLED_OFF is also the tombstone of a refund that came
-- before its charge.
create table payment (
  order_id bigint primary key,
  state text not null check (state in ('CHARGED', 'DECLINED', 'REFUNDED', 'CALLED_OFF')),
  customer_id text,
  amount_minor bigint check (amount_minor > 0),
  currency text,
  decline_reason text,
  updated_at timestamptz not null default now(),
  check ((customer_id is null) = (state = 'CALLED_OFF')),
  check ((amount_minor is null) = (state = 'CALLED_OFF')),
  check ((currency is null) = (state = 'CALLED_OFF')),
  check ((decline_reason is not null) = (state = 'DECLINED'))
);

-- Money a customer brought, and the answer that was given. Written while the wallet's row is locked.
create table deposit (
  id uuid primary key,
  customer_id text not null references wallet,
  idempotency_key text,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  balance_minor bigint not null,    -- the wallet's, right after
  made_at timestamptz not null,
  unique (customer_id, idempotency_key)
);
