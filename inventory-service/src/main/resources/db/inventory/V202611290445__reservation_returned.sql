-- A looser check: an order that was returned has put its stock back.
alter table reservation drop constraint reservation_state_check;
alter table reservation add constraint reservation_state_check
  check (state in ('HELD', 'COMMITTED', 'RETURNED', 'RELEASED', 'EXPIRED')) not valid;
alter table reservation_archive drop constraint reservation_state_check;
alter table reservation_archive add constraint reservation_state_check
  check (state in ('HELD', 'COMMITTED', 'RETURNED', 'RELEASED', 'EXPIRED')) not valid;
