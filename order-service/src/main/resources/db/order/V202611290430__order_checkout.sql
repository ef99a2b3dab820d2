-- The protocol that an order follows. Orders of the releases before, which write no value, follow the
-- saga. A constant default: nothing is rewritten.
alter table orders add column checkout text not null default 'SAGA';
