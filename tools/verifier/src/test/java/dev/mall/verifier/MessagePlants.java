package dev.mall.verifier;

import static dev.mall.cli.MallService.INVENTORY;
import static dev.mall.cli.MallService.NOTIFICATION;
import static dev.mall.cli.MallService.ORDER;
import static dev.mall.cli.MallService.PAYMENT;
import static dev.mall.cli.MallService.SAGA;
import static dev.mall.verifier.SoundMall.CAPTURED;
import static dev.mall.verifier.SoundMall.CONFIRMED;
import static dev.mall.verifier.SoundMall.DECLINED;
import static dev.mall.verifier.SoundMall.FIRST_ID;
import static dev.mall.verifier.SoundMall.REFUNDED;
import static dev.mall.verifier.findings.Kind.CANCELLED_WITHOUT_CAUSE;
import static dev.mall.verifier.findings.Kind.CATALOGUE_DISAGREES;
import static dev.mall.verifier.findings.Kind.DEAD_LETTER_WAITING;
import static dev.mall.verifier.findings.Kind.DEPOSIT_LOST;
import static dev.mall.verifier.findings.Kind.DEPOSIT_UNBOOKED;
import static dev.mall.verifier.findings.Kind.KEY_CONTRADICTED;
import static dev.mall.verifier.findings.Kind.LEDGER_UNBALANCED;
import static dev.mall.verifier.findings.Kind.LEDGER_UNEXPLAINED;
import static dev.mall.verifier.findings.Kind.MONEY_DISAGREES;
import static dev.mall.verifier.findings.Kind.ORDER_LOST;
import static dev.mall.verifier.findings.Kind.OUTBOX_QUARANTINED;
import static dev.mall.verifier.findings.Kind.OUTBOX_STUCK;
import static dev.mall.verifier.findings.Kind.OVERDUE;
import static dev.mall.verifier.findings.Kind.OVERSOLD;
import static dev.mall.verifier.findings.Kind.PARKED;
import static dev.mall.verifier.findings.Kind.RECEIPT_LOST;
import static dev.mall.verifier.findings.Kind.SAGA_DISAGREES;
import static dev.mall.verifier.findings.Kind.STOCK_DISAGREES;
import static dev.mall.verifier.findings.Kind.STOCK_UNBALANCED;
import static dev.mall.verifier.findings.Kind.STUCK_IN_SILENCE;
import static dev.mall.verifier.findings.Kind.TOLD_WRONGLY;
import static dev.mall.verifier.findings.Kind.TOTAL_WRONG;
import static dev.mall.verifier.findings.Kind.WALLET_UNBALANCED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.cli.MallService;
import dev.mall.verifier.accepted.Journal;
import dev.mall.verifier.findings.Finding;
import dev.mall.verifier.findings.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

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
              TOLD_WRONGLY,
              CONFIRMED),
          new Plant(
              "a customer is not notified",
              NOTIFICATION,
              "delete from notification where order_id = %3$d",
              TOLD_WRONGLY,
              DECLINED),
          new Plant(
              "another customer is notified",
              NOTIFICATION,
              "update notification set customer_id = 'c49' where order_id = %1$d",
              TOLD_WRONGLY,
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
              "a message is in quarantine", PAYMENT, VerifierFixture.QUARANTINE, OUTBOX_QUARANTINED, CONFIRMED));

  private MessagePlants() {}
}
