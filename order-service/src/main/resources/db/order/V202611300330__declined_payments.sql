-- Orders cancelled for declined payments since their customer's last confirmed order. Rows go when the
-- customer pays, and otherwise an hour or so after they count no more.
create table declined_payment (
  order_id bigint primary key,
  customer_id text collate "C" not null,
  declined_at timestamptz not null -- this database's clock
);
create index declined_payment_of_customer on declined_payment (customer_id, declined_at);
