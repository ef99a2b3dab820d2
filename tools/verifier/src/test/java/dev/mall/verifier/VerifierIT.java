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

/** Every planted violation is found, and no other. */
class VerifierIT {

  private static final String QUARANTINE =
      """
      insert into outbox_quarantine (number, topic, key, headers, payload, created_at, reason)
      values (1, 'mall.saga.replies', '%s', '{}', '', clock_timestamp(), 'RecordTooLargeException')
      """;

  private static final String LETTER =
      """
      insert into dead_letter (fingerprint, order_id, type, topic, key, headers, body, cause, detail,
                               redrives)
      values (gen_random_uuid(), %s, '%s', 'mall.payment.commands', 'k', '{}', '', 'FAILED', '', 0);
      """;

  private static final VerifierSettings AT_ONCE = VerifierSettings.USUAL.waiting(Duration.ZERO);
  private static final String UNSELL =
      """
      update stock s set sold = sold - quantity, on_hand = on_hand + quantity
        from reservation_line l where l.order_id = %1$d and l.sku = s.sku;
      """;

  /** Ten pieces more of everything, just now. */
  private static final String RESTOCK =
      """
      insert into receipt (sku, idempotency_key, quantity) select sku, 'again', 10 from stock;
      update stock set received = received + 10, on_hand = on_hand + 10;
      """;

  /** A thousand pieces more of everything, at some time; every tenth order was out of stock. */
  private static final String RECEIVED =
      """
      insert into receipt (sku, idempotency_key, quantity, booked_at)
      select sku, 'more', 1000, %s from stock;
      update stock set received = received + 1000, on_hand = on_hand + 1000
      """;

  private static final Map<Kind, Long> OUT_OF_STOCK_AND_EXPIRED =
      Map.of(CANCELLED_WITHOUT_CAUSE, 40L);

  /** One thing that is wrong in one database, and as what it must be found. */
  record Plant(String name, MallService service, String sql, Kind kind, Object subject) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Plant> PLANTS =
      List.of(
          new Plant(
              "an order is gone",
              ORDER,
              "delete from order_line where order_id = %1$d; delete from request_key where order_id"
                  + " = %1$d; delete from orders where id = %1$d",
              ORDER_LOST,
              CONFIRMED),
          new Plant(
              "a key stands for an order that is gone",
              ORDER,
              "insert into request_key values ('c1', 'k', '', 42)",
              ORDER_LOST,
              42),
          new Plant(
              "an order is pending, and its saga has ended",
              ORDER,
              "update orders set status = 'PENDING', settled_at = null where id = %1$d",
              SAGA_DISAGREES,
              CONFIRMED),
          new Plant(
              "no saga took an order up, and it is not announced again",
              ORDER,
              """
              insert into orders (id, customer_id, status, total_minor, currency, payment_method,
                                  placed_at, announce_next)
              values (7, 'c1', 'PENDING', 100, 'EUR', 'WALLET', now(), now() - interval '1 h');
              insert into order_line values (7, 1, 'sku-01', 1, 100)
              """,
              STUCK_IN_SILENCE,
              7),
          new Plant(
              "no saga takes an order up, although it is announced again and again",
              ORDER,
              """
              insert into orders (id, customer_id, status, total_minor, currency, payment_method,
                                  placed_at, announcements, announce_next)
              values (7, 'c1', 'PENDING', 100, 'EUR', 'WALLET', now(), 3, now() + interval '1 min');
              insert into order_line values (7, 1, 'sku-01', 1, 100)
              """,
              OVERDUE,
              7),
          new Plant(
              "a total is not the sum of the lines",
              ORDER,
              "update order_line set unit_price_minor = unit_price_minor + 1 where order_id = %1$d"
                  + " and position = 1",
              TOTAL_WRONG,
              CONFIRMED),
          new Plant(
              "an order is confirmed while its saga still takes the money",
              SAGA,
              "update saga set state = 'RUNNING', step = 'pay', deadline = now() + interval '1 min'"
                  + " where order_id = %1$d",
              SAGA_DISAGREES,
              CONFIRMED),
          new Plant(
              "an order is confirmed, its saga compensated",
              SAGA,
              "update saga set state = 'COMPENSATED' where order_id = %1$d",
              SAGA_DISAGREES,
              CONFIRMED),
          new Plant(
              "an order has no saga",
              SAGA,
              "delete from saga where order_id = %1$d",
              SAGA_DISAGREES,
              CONFIRMED),
          new Plant(
              "order and saga name different reasons",
              SAGA,
              "update saga set refusal = 'NO_WALLET' where order_id = %2$d",
              SAGA_DISAGREES,
              REFUNDED),
          new Plant(
              "a saga has no deadline",
              SAGA,
              "update saga set state = 'RUNNING' where order_id = %1$d",
              STUCK_IN_SILENCE,
              CONFIRMED),
          new Plant(
              "a saga's deadline passed unnoticed",
              SAGA,
              "update saga set state = 'RUNNING', deadline = now() - interval '1 h' where order_id"
                  + " = %1$d",
              STUCK_IN_SILENCE,
              CONFIRMED),
          new Plant(
              "a saga is overdue",
              SAGA,
              "update saga set state = 'RUNNING', overdue = true, deadline = now() + interval '1"
                  + " min' where order_id = %1$d",
              OVERDUE,
              CONFIRMED),
          new Plant(
              "a saga is parked",
              SAGA,
              "update saga set state = 'RUNNING', parked_since = now(), parked_why = 'refused'"
                  + " where order_id = %1$d",
              PARKED,
              CONFIRMED),
          new Plant(
              "one unit is oversold",
              INVENTORY,
              """
              alter table stock drop constraint nothing_is_oversold;
              update receipt set quantity = (select sold - 1 from stock where sku = 'sku-05')
               where sku = 'sku-05';
              update stock set received = sold - 1, on_hand = -1 where sku = 'sku-05'
              """,
              OVERSOLD,
              "sku-05"),
          new Plant(
              "a piece came from nowhere",
              INVENTORY,
              "update stock set received = received + 1, on_hand = on_hand + 1 where sku ="
                  + " 'sku-05'",
              STOCK_UNBALANCED,
              "sku-05"),
          new Plant(
              "a piece is held for no order",
              INVENTORY,
              RESTOCK + "update stock set reserved = 1 where sku = 'sku-05'",
              STOCK_UNBALANCED,
              "sku-05"),
          new Plant(
              "a confirmed order has no reservation",
              INVENTORY,
              UNSELL
                  + "delete from reservation_line where order_id = %1$d; delete from reservation"
                  + " where order_id = %1$d",
              STOCK_DISAGREES,
              CONFIRMED),
          new Plant(
              "a confirmed order's reservation was released",
              INVENTORY,
              UNSELL + "update reservation set state = 'RELEASED' where order_id = %1$d",
              STOCK_DISAGREES,
              CONFIRMED),
          new Plant(
              "more was sold than was ordered",
              INVENTORY,
              RESTOCK
                  + """
                  update reservation_line set quantity = quantity + 1 where order_id = %1$d;
                  update stock s set sold = sold + 1, on_hand = on_hand - 1
                    from reservation_line l where l.order_id = %1$d and l.sku = s.sku
                  """,
              STOCK_DISAGREES,
              CONFIRMED),
          new Plant(
              "stock is held for a cancelled order",
              INVENTORY,
              RESTOCK
                  + """
                  update reservation set state = 'HELD', held_until = now() + interval '1 h'
                   where order_id = %2$d;
                  update stock s set reserved = quantity
                    from reservation_line l where l.order_id = %2$d and l.sku = s.sku
                  """,
              STOCK_DISAGREES,
              REFUNDED),
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
              "an order is cancelled for want of money, and its payment was declined for another reason",
              PAYMENT,
              "update payment set decline_reason = 'NO_WALLET' where order_id = %3$d",
              CANCELLED_WITHOUT_CAUSE,
              DECLINED),
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
              LETTER.formatted("%1$d", "ChargePayment")
                  + "update saga set state = 'RUNNING', deadline = now() + interval '1 min' where"
                  + " order_id = %1$d",
              DEAD_LETTER_WAITING,
              CONFIRMED),
          new Plant(
              "an order that no saga took up is a dead letter",
              SAGA,
              LETTER.formatted("7", "OrderPlaced"),
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
              "a message is in quarantine", PAYMENT, QUARANTINE, OUTBOX_QUARANTINED, CONFIRMED));

  private static SoundMall mall;

  @TempDir Path directory;

  @BeforeAll
  static void fill() throws SQLException {
    mall = SoundMall.of(200);
  }

  @AfterEach
  void heal() throws SQLException {
    mall.heal();
  }

  @Test
  void findsNothingInSoundBooks() throws Exception {
    var report = verify(AT_ONCE);

    assertThat(report.violations()).isEmpty();
    assertThat(report.underWay()).isEmpty();
    assertThat(report.judged()).isEqualTo(200);
    assertThat(report.exitCode()).isZero();
    assertThat(report.toString()).contains("CONFIRMED 120").contains("No order, item or cent");
  }

  @ParameterizedTest
  @FieldSource("PLANTS")
  void findsWhatIsWrongAndNothingElse(Plant plant) throws Exception {
    mall.plant(plant.service(), sql(plant));

    var report = verify(AT_ONCE);

    assertThat(report.violations()).as(report.toString()).isEqualTo(Map.of(plant.kind(), 1L));
    assertThat(report.found())
        .extracting(Finding::subject)
        .containsExactly(plant.subject().toString());
    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.toJson()).contains('"' + plant.kind().name() + '"');
  }

  @Test
  void hasAPlantForEveryKindOfViolation() {
    var planted = EnumSet.of(KEY_CONTRADICTED, DEPOSIT_LOST, RECEIPT_LOST); // need a journal
    PLANTS.forEach(plant -> planted.add(plant.kind()));

    assertThat(planted).containsExactlyInAnyOrder(Kind.values());
  }

  @Test
  void takesARefundThatCameAfterADeclineForNoMissingCause() throws Exception {
    mall.plant(
        PAYMENT,
        """
        update payment set state = 'CALLED_OFF', customer_id = null, amount_minor = null,
               currency = null, decline_reason = null
         where order_id = %d
        """
            .formatted(DECLINED));

    assertThat(verify(AT_ONCE).violations()).isEmpty();
  }

  @Test
  void reportsAnAuthorizationThatExpiredUnnoticed() throws Exception {
    mall.plant(
        PAYMENT,
        """
        alter table ledger_transaction disable trigger user;
        delete from ledger_transaction where kind = 'CAPTURE' and reference = '%1$d';
        update payment set state = 'AUTHORIZED', held_until = now() - interval '1 h'
         where order_id = %1$d
        """
            .formatted(CAPTURED));

    assertThat(verify(AT_ONCE).violations()).containsEntry(STUCK_IN_SILENCE, 1L);
  }

  @Test
  void cannotJudgeWhileSomethingIsUnderWayUnlessAskedForWhatAlwaysHolds() throws Exception {
    mall.plant(
        PAYMENT, "insert into outbox (topic, key, headers, payload) values ('t', '7', '{}', '')");

    assertThat(verify(AT_ONCE).exitCode()).isEqualTo(2);
    assertThat(verify(AT_ONCE.asLive()).exitCode()).isZero();
  }

  @Test
  void judgesOrdersThatAreUnderWayOnlyWhenAllIsDone() throws Exception {
    mall.plant(
        ORDER,
        "update orders set settled_at = clock_timestamp() where id = %d".formatted(CONFIRMED));
    mall.plant(NOTIFICATION, "delete from notification where order_id = " + CONFIRMED);
    mall.plant(
        SAGA,
        "update saga set state = 'RUNNING', deadline = now() + interval '1 min' where order_id = "
            + CONFIRMED);

    var report = verify(AT_ONCE.asLive());

    assertThat(report.exitCode()).as(report.toString()).isZero();
    assertThat(report.judged()).isEqualTo(199);
  }

  @Test
  void toleratesTroubleThatWasPlantedOrIsBeingRepaired() throws Exception {
    mall.plant(
        SAGA,
        """
        update saga set state = 'RUNNING', parked_since = now(), parked_why = 'refused'
         where order_id = %d
        """
            .formatted(CONFIRMED));

    assertThat(verify(AT_ONCE).violations()).containsOnlyKeys(PARKED);
    assertThat(verify(AT_ONCE.asLive()).exitCode()).isZero();
    var planted = verify(AT_ONCE.planted(Set.of(CONFIRMED)));
    assertThat(planted.exitCode()).isZero();
    assertThat(planted.excused()).extracting(Finding::kind).containsExactly(PARKED);
  }

  @Test
  void judgesWhatIsArchivedLikeEverythingElse() throws Exception {
    mall.plant(
        INVENTORY,
        """
        insert into reservation_archive select * from reservation;
        insert into reservation_line_archive select * from reservation_line;
        delete from reservation_line;
        delete from reservation
        """);
    mall.plant(SAGA, "insert into saga_archive select * from saga; delete from saga");

    var sound = verify(AT_ONCE);
    assertThat(sound.exitCode()).as(sound.toString()).isZero();
    assertThat(sound.judged()).isEqualTo(200);

    mall.plant(
        INVENTORY,
        "update reservation_archive set state = 'RELEASED' where order_id = %d"
            .formatted(CONFIRMED));
    assertThat(verify(AT_ONCE).exitCode()).isEqualTo(1);
  }

  @Test
  void listsWhatWasSettledByHandApart() throws Exception {
    mall.plant(
        SAGA,
        """
        insert into desk_act (order_id, act, step, who, why, before, after)
        values (%d, 'SETTLE', 'refund', 'desk', 'paid back in cash', '{}', '{}')
        """
            .formatted(REFUNDED));
    mall.plant(
        PAYMENT,
        sql(
            PLANTS.stream()
                .filter(p -> p.name().contains("not refunded"))
                .findFirst()
                .orElseThrow()));

    var report = verify(AT_ONCE);

    assertThat(report.exitCode()).as(report.toString()).isZero();
    assertThat(report.settledByHand().get(REFUNDED)).contains("paid back in cash");
    assertThat(report.excused()).extracting(Finding::kind).containsExactly(MONEY_DISAGREES);
  }

  @Test
  void whatWasSettledByHandExcusesNothingElse() throws Exception {
    mall.plant(
        SAGA,
        """
        insert into desk_act (order_id, act, step, who, why, before, after)
        values (%1$d, 'SETTLE', 'notify', 'desk', 'notified by telephone', '{}', '{}');
        update saga set state = 'RUNNING', deadline = null where order_id = %1$d
        """
            .formatted(CONFIRMED));

    assertThat(verify(AT_ONCE.asLive()).violations()).containsKey(STUCK_IN_SILENCE);
  }

  @Test
  void waitsForWhatAnOperatorHoldsBackButDoesNotCallItStuck() throws Exception {
    mall.plant(
        SAGA,
        """
        update saga set state = 'RUNNING', step = 'pay', attempt = 0, deadline = null
         where order_id = %d;
        insert into step_pause (step, who, why) values ('pay', 'desk', 'the provider is down')
        """
            .formatted(CONFIRMED));

    assertThat(verify(AT_ONCE.asLive()).violations()).doesNotContainKey(STUCK_IN_SILENCE);
    assertThat(verify(AT_ONCE).underWay()).isNotEmpty();

    mall.plant(
        SAGA,
        """
        delete from step_pause;
        insert into desk_act (act, step, who, why) values ('RESUME', 'pay', 'desk', 'it is back')
        """);
    assertThat(verify(AT_ONCE.asLive()).violations()).doesNotContainKey(STUCK_IN_SILENCE);

    mall.plant(SAGA, "update desk_act set at = at - interval '1 hour'");
    assertThat(verify(AT_ONCE.asLive()).violations()).containsKey(STUCK_IN_SILENCE);
  }

  @Test
  void showsOnlySomeOfManyViolationsAndCountsAll() throws Exception {
    mall.plant(NOTIFICATION, "delete from notification");
    mall.plant(INVENTORY, "update stock set received = received + 1, on_hand = on_hand + 1");

    var report = verify(AT_ONCE.showing(3));

    assertThat(report.violations()).isEqualTo(Map.of(TOLD_WRONGLY, 200L, STOCK_UNBALANCED, 20L));
    assertThat(report.found()).hasSize(6);
    assertThat(report.toString()).contains("and 197 more").contains("and 17 more");
  }

  @Test
  void countsAlsoWhatIsNotShown() throws Exception {
    mall.plant(INVENTORY, "update stock set received = received + 1, on_hand = on_hand + 1");

    var report = verify(AT_ONCE.showing(0));

    assertThat(report.violations()).isEqualTo(Map.of(STOCK_UNBALANCED, 20L));
    assertThat(report.found()).isEmpty();
  }

  @Test
  void missesOrdersThatOnlyTheJournalKnows() throws Exception {
    var file = directory.resolve("accepted");
    try (var journal = Journal.open(file)) {
      journal.accepted("c4", "key-4", Long.toString(CONFIRMED));
      journal.accepted("c5", null, Long.toString(FIRST_ID + 5));
    }
    assertThat(verify(AT_ONCE.accepted(file)).exitCode()).isZero();

    try (var journal = Journal.open(file)) {
      journal.accepted("c4", "key-x", "77");
      journal.accepted("c4", "key-4", Long.toString(FIRST_ID + 54));
    }

    var report = verify(AT_ONCE.accepted(file));

    assertThat(report.accepted()).isEqualTo(4);
    assertThat(report.violations()).isEqualTo(Map.of(ORDER_LOST, 1L, KEY_CONTRADICTED, 1L));
    assertThat(report.found())
        .extracting(Finding::subject)
        .containsExactlyInAnyOrder("77", Long.toString(FIRST_ID + 54));
  }

  @Test
  void doubtsThatStockWasShortWhereAllThatWasEverWantedWasThere() throws Exception {
    mall.plant(INVENTORY, RECEIVED.formatted("now() - interval '1 day'"));

    var report = verify(AT_ONCE);

    assertThat(report.violations()).as(report.toString()).isEqualTo(OUT_OF_STOCK_AND_EXPIRED);
    assertThat(report.found())
        .extracting(Finding::subject)
        .contains(Long.toString(SoundMall.OUT_OF_STOCK), Long.toString(REFUNDED));
  }

  @Test
  void cannotTellWhetherStockWasShortBeforeMoreOfItCame() throws Exception {
    mall.plant(INVENTORY, RECEIVED.formatted("now() - interval '1 h'"));

    assertThat(verify(AT_ONCE).violations()).isEmpty();
  }

  @Test
  void doesNotCompareTheCataloguesWhileSomethingIsUnderWay() throws Exception {
    mall.plant(ORDER, "delete from product where sku = 'sku-05'");
    mall.plant(
        INVENTORY, "insert into outbox (topic, key, headers, payload) values ('t', '7', '{}', '')");

    assertThat(verify(AT_ONCE).exitCode()).isEqualTo(2);
    assertThat(verify(AT_ONCE.asLive()).exitCode()).isZero();
  }

  @Test
  void missesDepositsAndReceiptsThatOnlyTheJournalKnows() throws Exception {
    var file = directory.resolve("accepted");
    long received = pieces("sku-05");
    try (var journal = Journal.open(file)) {
      journal.deposited("c4", "first", 1_000_000_000_000L, "EUR");
      journal.received("sku-05", "all", (int) received);
    }
    assertThat(verify(AT_ONCE.accepted(file)).exitCode()).isZero();

    try (var journal = Journal.open(file)) {
      journal.deposited("c4", "second", 5, "EUR");
      journal.deposited("c5", "first", 5, "EUR");
      journal.received("sku-06", "all", 1_000_000);
    }

    var report = verify(AT_ONCE.accepted(file));

    assertThat(report.accepted()).isEqualTo(5);
    assertThat(report.violations()).isEqualTo(Map.of(DEPOSIT_LOST, 2L, RECEIPT_LOST, 1L));
    assertThat(report.found())
        .extracting(Finding::subject)
        .containsExactlyInAnyOrder("c4", "c5", "sku-06");
  }

  private static long pieces(String sku) throws Exception {
    try (var connection = mall.databases().connect(INVENTORY);
        var query = connection.prepareStatement("select received from stock where sku = ?")) {
      query.setString(1, sku);
      try (var rows = query.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  @Test
  void onlyMentionsDeadLettersThatHoldUpNoOrder() throws Exception {
    mall.plant(
        SAGA,
        LETTER.formatted(CONFIRMED, "ChargePayment")
            + LETTER.formatted(CONFIRMED, "OrderPlaced")
            + LETTER.formatted(7, "ChargePayment")
            + LETTER.formatted("null", "ProductChanged"));

    var report = verify(AT_ONCE);

    assertThat(report.exitCode()).as(report.toString()).isZero();
    assertThat(report.toString()).contains("letters WAITING 4").contains("discard: 4, GET /dead-");
    assertThat(report.toJson()).contains("\"deadLetters\"");
  }

  @Test
  void asksNotForDeadLettersThatAnOperatorHasSettledOrWhileLive() throws Exception {
    mall.plant(
        SAGA,
        LETTER.formatted(CONFIRMED, "ChargePayment")
            + "update saga set state = 'RUNNING', deadline = now() + interval '1 min' where order_id = "
            + CONFIRMED);
    assertThat(verify(AT_ONCE.asLive()).exitCode()).isZero();

    mall.plant(SAGA, "update dead_letter set status = 'REDRIVEN', settled_at = now()");

    var report = verify(AT_ONCE);
    assertThat(report.exitCode()).as(report.toString()).isEqualTo(2); // the saga has not ended
    assertThat(report.toString()).doesNotContain("discard:");
  }

  @Test
  void asksForQuarantinedMessagesUnlessLiveOrPlanted() throws Exception {
    mall.plant(PAYMENT, QUARANTINE.formatted(CONFIRMED));

    assertThat(verify(AT_ONCE).violations()).containsOnlyKeys(OUTBOX_QUARANTINED);
    assertThat(verify(AT_ONCE.asLive()).exitCode()).isZero();
    assertThat(verify(AT_ONCE.planted(Set.of(CONFIRMED))).exitCode()).isZero();
  }

  @Test
  void cannotWrite() throws Exception {
    for (var service : MallService.values()) {
      try (var connection = mall.databases().connect(service);
          var statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.execute("delete from outbox"))
            .hasMessageContaining("read-only transaction");
      }
    }
  }

  @Test
  void isToldWhereTheDatabasesAreByTheMallThatRuns() throws Exception {
    var file = directory.resolve("databases.properties");
    mall.databases().write(file);

    assertThat(VerifierMain.run(System.out, "--databases", file.toString(), "--within", "0"))
        .isZero();
    var ofReader = directory.resolve("reader.properties");
    Files.writeString(ofReader, Files.readString(file) + "MALL_VERIFIER_DB_USER=no_such_reader\n");
    assertThat(VerifierMain.run(System.out, "--databases", ofReader.toString())).isEqualTo(2);
    Files.writeString(file, Files.readString(file).replace("_DB_PASSWORD=", "_DB_PASSWORD=x"));
    assertThat(VerifierMain.run(System.out, "--databases", file.toString())).isEqualTo(2);
    assertThat(VerifierMain.run(System.out, "--nonsense")).isEqualTo(2);
  }

  private static String sql(Plant plant) {
    return plant.sql().formatted(CONFIRMED, REFUNDED, DECLINED, CAPTURED);
  }

  private static Report verify(VerifierSettings settings) throws Exception {
    return new Verifier(mall.databases(), settings).verify();
  }
}
