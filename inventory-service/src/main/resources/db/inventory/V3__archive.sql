-- Where settled reservations go when no repeat can come any more. The same columns, always; nobody
-- changes a row here. An order is in one of both: it is looked for in both, and counted in both.
create table reservation_archive (like reservation including constraints, primary key (order_id));
create table reservation_line_archive (
  like reservation_line including constraints, primary key (order_id, sku)
);
