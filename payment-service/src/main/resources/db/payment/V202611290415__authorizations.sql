-- Money that is held for an order before it is taken: AUTHORIZED until it is captured (CHARGED),
-- VOIDED or EXPIRED. Looser checks under the names that they had, so that each is one rule; the
-- rows that are there satisfy the tighter ones, so nothing is scanned.
alter table payment add column held_until timestamptz;

alter table payment drop constraint payment_state_check;
alter table payment add constraint payment_state_check check (state in (
  'CHARGED', 'DECLINED', 'REFUNDED', 'CALLED_OFF', 'AUTHORIZED', 'VOIDED', 'EXPIRED')) not valid;

-- Account 'holds': authorized and neither captured nor voided. A capture has no wallet side.
alter table ledger_transaction drop constraint ledger_transaction_kind_check;
alter table ledger_transaction add constraint ledger_transaction_kind_check check (kind in (
  'DEPOSIT', 'CHARGE', 'REFUND', 'AUTHORIZE', 'CAPTURE', 'VOID')) not valid;
