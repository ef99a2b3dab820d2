-- Reads the table without blocking writers, which adding the check and validating it at once would not.
alter table reservation validate constraint reservation_state_check;
alter table reservation_archive validate constraint reservation_state_check;
