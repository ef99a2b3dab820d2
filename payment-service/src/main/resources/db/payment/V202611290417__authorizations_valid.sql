-- Scans without blocking writers, unlike the statements that added the checks.
alter table payment validate constraint payment_state_check;
alter table ledger_transaction validate constraint ledger_transaction_kind_check;
