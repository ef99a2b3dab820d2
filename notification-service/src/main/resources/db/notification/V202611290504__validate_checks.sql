-- Reads the table without blocking writers, which adding the check and validating it at once would not.
alter table notification validate constraint notification_outcome_check;
