package dev.mall.verifier;

import static dev.mall.cli.MallService.INVENTORY;
import static dev.mall.cli.MallService.NOTIFICATION;
import static dev.mall.cli.MallService.ORDER;
import static dev.mall.cli.MallService.PAYMENT;
import static dev.mall.cli.MallService.SAGA;
import static dev.mall.verifier.SoundMall.CONFIRMED;
import static dev.mall.verifier.SoundMall.DECLINED;
import static dev.mall.verifier.SoundMall.RETURNED;
import static dev.mall.verifier.findings.Kind.CANCELLED_WITHOUT_CAUSE;
import static dev.mall.verifier.findings.Kind.MONEY_DISAGREES;
import static dev.mall.verifier.findings.Kind.NOTIFIED_WRONGLY;
import static dev.mall.verifier.findings.Kind.SAGA_DISAGREES;
import static dev.mall.verifier.findings.Kind.STOCK_DISAGREES;

import java.util.List;

/** Violations about orders that customers cancelled. */
final class ReturnPlants {

  private static final String RETURN_SAGA =
      """
      insert into saga (order_id, definition, version, state, step, round, attempt, asked_at, done,
                        in_doubt, overdue, lines, event, started_at)
      values (-%s, 'cancel-order', 1, 'COMPLETED', 'notify-return', 1, 1, now(), '{}', '{}', false,
              5, '{}', now())
      """;

  static final List<Plant> ALL =
      List.of(
          new Plant(
              "an order is returned without a request",
              ORDER,
              "update orders set cancellation_requested_at = null where id = %5$d",
              CANCELLED_WITHOUT_CAUSE,
              RETURNED),
          new Plant(
              "no saga returned a returned order",
              SAGA,
              "delete from saga where order_id = -%5$d",
              SAGA_DISAGREES,
              RETURNED),
          new Plant(
              "a saga returned a confirmed order",
              SAGA,
              RETURN_SAGA.formatted("%1$d"),
              SAGA_DISAGREES,
              CONFIRMED),
          new Plant(
              "a saga returned a cancelled order",
              SAGA,
              RETURN_SAGA.formatted("%3$d"),
              SAGA_DISAGREES,
              DECLINED),
          new Plant(
              "a saga returned an order that there is not",
              SAGA,
              RETURN_SAGA.formatted("8"),
              SAGA_DISAGREES,
              8),
          new Plant(
              "a returned order's stock was released, not restocked",
              INVENTORY,
              "update reservation set state = 'RELEASED' where order_id = %5$d",
              STOCK_DISAGREES,
              RETURNED),
          new Plant(
              "an order is sold and refunded",
              PAYMENT,
              """
              update payment set state = 'REFUNDED' where order_id = %1$d;
              insert into ledger_transaction (
                       kind, reference, debit_account, credit_account, amount_minor, currency)
              select 'REFUND', order_id::text, 'sales', 'wallet:' || customer_id, amount_minor, 'EUR'
                from payment where order_id = %1$d;
              update wallet w set balance_minor = balance_minor + p.amount_minor
                from payment p where p.order_id = %1$d and w.customer_id = p.customer_id
              """,
              MONEY_DISAGREES,
              CONFIRMED),
          new Plant(
              "a customer is not notified of a return",
              NOTIFICATION,
              "delete from notification where order_id = %5$d and outcome = 'RETURNED'",
              NOTIFIED_WRONGLY,
              RETURNED));

  private ReturnPlants() {}
}
