-- A looser check: a confirmed order may be returned.
alter table notification drop constraint notification_outcome_check;
alter table notification add constraint notification_outcome_check
  check (outcome in ('CONFIRMED', 'CANCELLED', 'RETURNED')) not valid;
