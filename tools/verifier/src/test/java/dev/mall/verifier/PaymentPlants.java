package dev.mall.verifier;

import static dev.mall.cli.MallService.PAYMENT;
import static dev.mall.verifier.SoundMall.CAPTURED;
import static dev.mall.verifier.SoundMall.CONFIRMED;
import static dev.mall.verifier.SoundMall.DECLINED;
import static dev.mall.verifier.SoundMall.REFUNDED;
import static dev.mall.verifier.findings.Kind.CANCELLED_WITHOUT_CAUSE;
import static dev.mall.verifier.findings.Kind.DEPOSIT_UNBOOKED;
import static dev.mall.verifier.findings.Kind.LEDGER_UNBALANCED;
import static dev.mall.verifier.findings.Kind.LEDGER_UNEXPLAINED;
import static dev.mall.verifier.findings.Kind.MONEY_DISAGREES;
import static dev.mall.verifier.findings.Kind.WALLET_UNBALANCED;

import java.util.List;

/** Violations of payments, wallets and the ledger. */
final class PaymentPlants {

  static final List<Plant> ALL =
      List.of(
          new Plant(
              "an order is charged twice",
              PAYMENT,
              """
              alter table ledger_transaction drop constraint ledger_transaction_kind_reference_key;
              insert into ledger_transaction (
                       kind, reference, debit_account, credit_account, amount_minor, currency)
              select kind, reference, debit_account, credit_account, amount_minor, currency
                from ledger_transaction where reference = '%1$d';
              update wallet w set balance_minor = balance_minor - amount_minor
                from payment p where p.order_id = %1$d and p.customer_id = w.customer_id
              """,
              MONEY_DISAGREES,
              CONFIRMED),
          new Plant(
              "a cancelled order is not refunded",
              PAYMENT,
              """
              alter table ledger_transaction disable trigger user;
              delete from ledger_transaction where kind = 'REFUND' and reference = '%2$d';
              update payment set state = 'CHARGED' where order_id = %2$d;
              update wallet w set balance_minor = balance_minor - amount_minor
                from payment p where p.order_id = %2$d and p.customer_id = w.customer_id
              """,
              MONEY_DISAGREES,
              REFUNDED),
          new Plant(
              "a refund is said, and not booked",
              PAYMENT,
              """
              alter table ledger_transaction disable trigger user;
              delete from ledger_transaction where kind = 'REFUND' and reference = '%2$d';
              update wallet w set balance_minor = balance_minor - amount_minor
                from payment p where p.order_id = %2$d and p.customer_id = w.customer_id
              """,
              MONEY_DISAGREES,
              REFUNDED),
          new Plant(
              "an order is charged a cent too much",
              PAYMENT,
              """
              alter table ledger_transaction disable trigger user;
              update payment set amount_minor = amount_minor + 1 where order_id = %1$d;
              update ledger_transaction set amount_minor = amount_minor + 1
               where kind = 'CHARGE' and reference = '%1$d';
              update wallet w set balance_minor = balance_minor - 1
                from payment p where p.order_id = %1$d and p.customer_id = w.customer_id
              """,
              MONEY_DISAGREES,
              CONFIRMED),
          new Plant(
              "money is held for a cancelled order",
              PAYMENT,
              """
              alter table ledger_transaction disable trigger user;
              delete from ledger_transaction where kind = 'REFUND' and reference = '%2$d';
              update ledger_transaction set kind = 'AUTHORIZE', credit_account = 'holds'
               where kind = 'CHARGE' and reference = '%2$d';
              update payment set state = 'AUTHORIZED', held_until = now() + interval '7 d'
               where order_id = %2$d;
              update wallet w set balance_minor = balance_minor - amount_minor
                from payment p where p.order_id = %2$d and p.customer_id = w.customer_id
              """,
              MONEY_DISAGREES,
              REFUNDED),
          new Plant(
              "an order was confirmed and its money is only held",
              PAYMENT,
              """
              alter table ledger_transaction disable trigger user;
              delete from ledger_transaction where kind = 'CAPTURE' and reference = '%4$d';
              update payment set state = 'AUTHORIZED', held_until = now() + interval '7 d'
               where order_id = %4$d
              """,
              MONEY_DISAGREES,
              CAPTURED),
          new Plant(
              "held money is explained by no open authorization",
              PAYMENT,
              """
              alter table ledger_transaction disable trigger user;
              delete from ledger_transaction where kind = 'CAPTURE' and reference = '%4$d'
              """,
              MONEY_DISAGREES,
              CAPTURED),
          new Plant(
              "captured money comes from no hold",
              PAYMENT,
              """
              alter table ledger_transaction disable trigger user;
              update ledger_transaction set debit_account = 'deposits'
               where kind = 'CAPTURE' and reference = '%4$d'
              """,
              LEDGER_UNEXPLAINED,
              CAPTURED),
          new Plant(
              "a wallet holds a cent too much",
              PAYMENT,
              "update wallet set balance_minor = balance_minor + 1 where customer_id = 'c7'",
              WALLET_UNBALANCED,
              "c7"),
          new Plant(
              "the ledger is a cent short",
              PAYMENT,
              """
              create or replace view ledger_entry as
              select number, kind, reference, credit_account as account, amount_minor, currency,
                     posted_at
                from ledger_transaction
              union all
              select number, kind, reference, debit_account,
                     -amount_minor - case number when 1 then 1 else 0 end, currency, posted_at
                from ledger_transaction
              """,
              LEDGER_UNBALANCED,
              "EUR"),
          new Plant(
              "money is booked for what is no order",
              PAYMENT,
              """
              insert into ledger_transaction (
                       kind, reference, debit_account, credit_account, amount_minor, currency)
              values ('CHARGE', 'gift', 'wallet:c7', 'sales', 5, 'EUR');
              update wallet set balance_minor = balance_minor - 5 where customer_id = 'c7'
              """,
              LEDGER_UNEXPLAINED,
              "gift"),
          new Plant(
              "a deposit is not booked",
              PAYMENT,
              "insert into deposit values (gen_random_uuid(), 'c7', 'k', 5, 'EUR', 5, now())",
              DEPOSIT_UNBOOKED,
              "c7"),
          new Plant(
              "an order is cancelled for want of money, and its payment was declined for another reason",
              PAYMENT,
              "update payment set decline_reason = 'NO_WALLET' where order_id = %3$d",
              CANCELLED_WITHOUT_CAUSE,
              DECLINED));

  private PaymentPlants() {}
}
