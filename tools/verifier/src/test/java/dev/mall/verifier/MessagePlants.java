package dev.mall.verifier;

import static dev.mall.cli.MallService.INVENTORY;
import static dev.mall.cli.MallService.NOTIFICATION;
import static dev.mall.cli.MallService.ORDER;
import static dev.mall.cli.MallService.PAYMENT;
import static dev.mall.cli.MallService.SAGA;
import static dev.mall.verifier.SoundMall.CONFIRMED;
import static dev.mall.verifier.SoundMall.DECLINED;
import static dev.mall.verifier.findings.Kind.CATALOGUE_DISAGREES;
import static dev.mall.verifier.findings.Kind.DEAD_LETTER_WAITING;
import static dev.mall.verifier.findings.Kind.DECISION_DISAGREES;
import static dev.mall.verifier.findings.Kind.IN_DOUBT;
import static dev.mall.verifier.findings.Kind.NOTIFIED_WRONGLY;
import static dev.mall.verifier.findings.Kind.OUTBOX_QUARANTINED;
import static dev.mall.verifier.findings.Kind.OUTBOX_STUCK;

import java.util.List;

/** Violations of notifications, the copied catalogue and the outboxes. */
final class MessagePlants {

  static final List<Plant> ALL =
      List.of(
          new Plant(
              "a customer is notified twice",
              NOTIFICATION,
              """
              insert into notification (order_id, outcome, customer_id, title, text, total_minor,
                                        currency, reason)
              select order_id, 'CANCELLED', customer_id, '', '', total_minor, currency, 'TIMED_OUT'
                from notification where order_id = %1$d
              """,
              NOTIFIED_WRONGLY,
              CONFIRMED),
          new Plant(
              "a customer is not notified",
              NOTIFICATION,
              "delete from notification where order_id = %3$d",
              NOTIFIED_WRONGLY,
              DECLINED),
          new Plant(
              "another customer is notified",
              NOTIFICATION,
              "update notification set customer_id = 'c49' where order_id = %1$d",
              NOTIFIED_WRONGLY,
              CONFIRMED),
          new Plant(
              "order-service prices a product by what it no longer costs",
              INVENTORY,
              "update product set price_minor = price_minor + 1, version = 2 where sku = 'sku-05'",
              CATALOGUE_DISAGREES,
              "sku-05"),
          new Plant(
              "order-service does not know a product",
              ORDER,
              "delete from product where sku = 'sku-05'",
              CATALOGUE_DISAGREES,
              "sku-05"),
          new Plant(
              "order-service sells a product that there is not",
              ORDER,
              "insert into product values ('sku-99', 1, 'Ghost', 100, 'EUR')",
              CATALOGUE_DISAGREES,
              "sku-99"),
          new Plant(
              "a command of an open saga is a dead letter",
              SAGA,
              VerifierFixture.LETTER.formatted("%1$d", "ChargePayment")
                  + "update saga set state = 'RUNNING', deadline = now() + interval '1 min' where"
                  + " order_id = %1$d",
              DEAD_LETTER_WAITING,
              CONFIRMED),
          new Plant(
              "an order that no saga took up is a dead letter",
              SAGA,
              VerifierFixture.LETTER.formatted("7", "OrderPlaced"),
              DEAD_LETTER_WAITING,
              7),
          new Plant(
              "a message was not sent for an hour",
              PAYMENT,
              "insert into outbox (topic, key, headers, payload, created_at) values ('t', '7',"
                  + " '{}', '', now() - interval '1 h')",
              OUTBOX_STUCK,
              "payment-service"),
          new Plant(
              "a prepared transaction was never decided",
              PAYMENT,
              "begin; prepare transaction 'mall:planted:%1$d'",
              IN_DOUBT,
              CONFIRMED),
          new Plant(
              "an operator rolled back what a confirmed order had prepared",
              PAYMENT,
              "insert into two_phase_heuristic (order_id, wanted, outcome, who, why) values (%1$d,"
                  + " 'ROLLED_BACK', 'ROLLED_BACK', 'grace', 'planted')",
              DECISION_DISAGREES,
              CONFIRMED),
          new Plant(
              "an operator committed what a cancelled order had prepared",
              INVENTORY,
              "insert into two_phase_heuristic (order_id, wanted, outcome, who, why) values (%3$d,"
                  + " 'COMMITTED', 'COMMITTED', 'grace', 'planted')",
              DECISION_DISAGREES,
              DECLINED),
          new Plant(
              "a message is in quarantine",
              PAYMENT,
              VerifierFixture.QUARANTINE,
              OUTBOX_QUARANTINED,
              CONFIRMED));

  private MessagePlants() {}
}
