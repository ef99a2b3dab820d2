package dev.mall.system;

import static dev.mall.system.Services.Service.INVENTORY;
import static dev.mall.system.Services.Service.NOTIFICATION;
import static dev.mall.system.Services.Service.ORDER;
import static dev.mall.system.Services.Service.PAYMENT;
import static dev.mall.system.Services.Service.SAGA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.Topics;
import dev.mall.system.Services.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the databases hold, and whether it adds up: G2, G3, G4, G6 and drained outboxes. */
final class Books {

  private final TestMall mall;

  Books(TestMall mall) {
    this.mall = mall;
  }

  /** How many orders ended how. */
  record Summary(long confirmed, long cancelled) {}

  /** Waits until nothing is under way any more, and then finds everything in order. */
  void balance() {
    awaitStandstill();
    stockIsConserved();
    moneyIsConserved();
    servicesAgree();
    customersWereToldOnce();
  }

  private void awaitStandstill() {
    await("sagas ended and outboxes drained")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          assertThat(
                  rows(
                      SAGA,
                      "select order_id, state, step, parked_why from saga where state in"
                          + " ('RUNNING', 'COMPENSATING')"))
              .isEmpty();
          for (var service : Service.values()) {
            assertThat(rows(service, "select number, topic, key from outbox limit 10"))
                .as("outbox of %s", service)
                .isEmpty();
          }
        });
  }

  private void stockIsConserved() {
    assertThat(
            rows(
                INVENTORY,
                """
                select s.sku, s.on_hand, s.reserved, s.received, s.sold, held, committed
                  from stock s
                  left join lateral (
                    select coalesce(sum(l.quantity) filter (where r.state = 'HELD'), 0) as held,
                           coalesce(sum(l.quantity) filter (where r.state = 'COMMITTED'), 0)
                             as committed
                      from (select * from reservation_line
                            union all select * from reservation_line_archive) l
                      join (select * from reservation union all select * from reservation_archive) r
                     using (order_id)
                     where l.sku = s.sku) as lines on true
                 where reserved <> held or sold <> committed or on_hand <> received - sold
                    or reserved < 0 or reserved > on_hand
                """))
        .as("stock that does not add up")
        .isEmpty();
  }

  private void moneyIsConserved() {
    assertThat(
            rows(
                PAYMENT,
                "select currency, sum(amount_minor) from ledger_entry group by currency having"
                    + " sum(amount_minor) <> 0"))
        .as("currencies whose ledger does not sum to zero")
        .isEmpty();
    assertThat(
            rows(
                PAYMENT,
                """
                select w.customer_id, w.balance_minor, sum(e.amount_minor)
                  from wallet w left join ledger_entry e on e.account = 'wallet:' || w.customer_id
                 group by w.customer_id
                having w.balance_minor <> coalesce(sum(e.amount_minor), 0)
                """))
        .as("wallets that differ from the ledger")
        .isEmpty();
  }

  /** Confirmed means sold and paid exactly once; cancelled means neither. */
  private void servicesAgree() {
    var confirmed = totals(ORDER, "select id, total_minor from orders where status = 'CONFIRMED'");
    assertThat(ids(ORDER, "select id from orders where status = 'PENDING'")).isEmpty();
    assertThat(ids(INVENTORY, "select order_id from reservation where state = 'COMMITTED'"))
        .containsExactlyInAnyOrderElementsOf(confirmed.keySet());
    assertThat(ids(INVENTORY, "select order_id from reservation where state = 'HELD'")).isEmpty();
    assertThat(
            totals(
                PAYMENT,
                """
                select reference::bigint, sum(case kind when 'CHARGE' then amount_minor
                                                        else -amount_minor end)
                  from ledger_transaction where kind in ('CHARGE', 'REFUND')
                 group by reference having sum(case kind when 'CHARGE' then amount_minor
                                                         else -amount_minor end) <> 0
                """))
        .isEqualTo(confirmed);
  }

  private void customersWereToldOnce() {
    var confirmed = ids(ORDER, "select id from orders where status = 'CONFIRMED'");
    var cancelled = ids(ORDER, "select id from orders where status = 'CANCELLED'");
    assertThat(ids(NOTIFICATION, "select order_id from notification where outcome = 'CONFIRMED'"))
        .containsExactlyInAnyOrderElementsOf(confirmed);
    assertThat(ids(NOTIFICATION, "select order_id from notification where outcome = 'CANCELLED'"))
        .containsExactlyInAnyOrderElementsOf(cancelled);
  }

  Summary summary() {
    return new Summary(
        ids(ORDER, "select id from orders where status = 'CONFIRMED'").size(),
        ids(ORDER, "select id from orders where status = 'CANCELLED'").size());
  }

  /** The greatest fencing token that has written stock. */
  long fence() {
    return ids(INVENTORY, "select coalesce(max(fence), 0) from stock").getFirst();
  }

  /** How many messages were put aside, by topic, where there are any. */
  Map<String, Long> deadLetters() {
    var settings = new Properties();
    settings.put("bootstrap.servers", mall.kafka.bootstrapServers());
    settings.put("client.id", UUID.randomUUID().toString());
    try (var admin = Admin.create(settings)) {
      var names = admin.listTopics().names().get();
      var ends =
          Topics.ALL.stream()
              .map(Topics::deadLettersOf)
              .filter(names::contains)
              .collect(
                  Collectors.toMap(name -> new TopicPartition(name, 0), _ -> OffsetSpec.latest()));
      return admin.listOffsets(ends).all().get().entrySet().stream()
          .filter(end -> end.getValue().offset() > 0)
          .collect(Collectors.toMap(end -> end.getKey().topic(), end -> end.getValue().offset()));
    } catch (InterruptedException | java.util.concurrent.ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private List<Map<String, Object>> rows(Service service, String sql) {
    return JdbcClient.create(mall.database(service)).sql(sql).query().listOfRows();
  }

  private List<Long> ids(Service service, String sql) {
    return JdbcClient.create(mall.database(service)).sql(sql).query(Long.class).list();
  }

  private Map<Long, Long> totals(Service service, String sql) {
    return JdbcClient.create(mall.database(service))
        .sql(sql)
        .query((row, _) -> Map.entry(row.getLong(1), row.getLong(2)))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
