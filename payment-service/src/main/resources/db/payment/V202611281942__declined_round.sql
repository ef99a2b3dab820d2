-- The last round of the charge that was declined: its repeats are declined however late they come.
-- Null where the release before this column declined it, which counts as the first round.
alter table payment add column declined_round int;
