package dev.mall.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.chaos.fault.Faults;
import dev.mall.chaos.fault.Message;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.Replica;
import dev.mall.chaos.mall.Staffing;
import dev.mall.chaos.points.Mutation;
import dev.mall.chaos.shop.Assortment;
import dev.mall.chaos.shop.ShopClient;
import dev.mall.chaos.shop.Wish;
import dev.mall.verifier.Report;
import dev.mall.verifier.Settings;
import dev.mall.verifier.Verifier;
import dev.mall.verifier.books.Service;
import dev.mall.verifier.findings.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The suite can fail: for each guarantee one promise is broken inside a service, and the verifier
 * must notice what a healthy service would have survived.
 */
@Tag("long")
class MutationsIT {

  private static final Duration SETTLE = Duration.ofSeconds(60);
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  private Mall mall;
  private ShopClient shop;

  @BeforeEach
  void open(@TempDir Path home) throws Exception {
    mall = Mall.open(home, Staffing.usual(REPOSITORY).doubling(Service.INVENTORY));
    shop = new ShopClient(mall::uri);
    mall.awaitReady();
    Assortment.open(shop);
    awaitConfirmed(accept(new Wish("customer-1", Map.of("common-1", 1))));
  }

  @AfterEach
  void close() {
    mall.close();
  }

  @Test
  void g1AnOrderThatIsLostOnItsWay() throws Exception {
    restart(Service.ORDER, Mutation.REMOVE_UNACKNOWLEDGED, Mutation.NEVER_ANNOUNCE_AGAIN);
    mall.kafka().kill();
    accept(new Wish("customer-1", Map.of("common-1", 1)));
    await("the outbox forgets it")
        .atMost(SETTLE)
        .until(() -> count(Service.ORDER, "select count(*) from outbox") == 0);
    mall.kafka().start();

    assertThat(judgement().violations()).containsKey(Kind.STUCK_IN_SILENCE);
  }

  @Test
  void g2TwoWritersWithoutAnythingBetweenThem() throws Exception {
    restart(Service.INVENTORY, Mutation.NO_FENCE_AND_NO_ROW_LOCKS);
    mall.redis().stop();
    dropChecks("stock");
    for (int turn = 0; turn < 20 && !judgement().violations().containsKey(Kind.OVERSOLD); turn++) {
      var sku = "rare-" + turn;
      shop.offer(sku, 100, 30);
      everybodyWants(sku);
    }

    assertThat(judgement().violations()).containsKey(Kind.OVERSOLD);
  }

  @Test
  void g2ShelvesThatAreNeverEmpty() throws Exception {
    dropChecks("stock");
    restart(Service.INVENTORY, Mutation.NEVER_OUT_OF_STOCK);
    shop.offer("rare", 100, 3);
    everybodyWants("rare");

    assertThat(judgement().violations()).containsKey(Kind.OVERSOLD);
  }

  @Test
  void g3AShelfThatIsNotWritten() throws Exception {
    restart(Service.INVENTORY, Mutation.SHELF_NOT_WRITTEN);
    awaitConfirmed(accept(new Wish("customer-1", Map.of("common-1", 1))));

    assertThat(judgement().violations()).containsKey(Kind.STOCK_UNBALANCED);
  }

  @Test
  void g4ARefundThatIsSkipped() throws Exception {
    restart(Service.PAYMENT, Mutation.NO_REFUND);
    shop.offer("rare", 100, 1);
    var payment = mall.replicasOf(Service.PAYMENT).getFirst();
    var first = acceptPriced("rare");
    payment.pause();
    // its reservation expires while it waits to be paid for, and the next one gets the piece
    await().atMost(SETTLE).until(() -> expired() > 0);
    accept(new Wish("customer-2", Map.of("rare", 1)));
    await().atMost(SETTLE).until(() -> held() > 0);
    payment.resume();
    await().atMost(SETTLE).until(() -> !statusOf(first).equals("PENDING"));

    assertThat(judgement().violations()).containsKey(Kind.MONEY_DISAGREES);
  }

  @Test
  void g5ADecisionThatIsForgotten() throws Exception {
    restart(Service.PAYMENT, Mutation.FORGET_DECISIONS);
    replayEverything();

    assertThat(judgement().isSound()).isFalse();
  }

  @Test
  void g5AChargeThatComesAfterItsRefund() throws Exception {
    restart(Service.PAYMENT, Mutation.NO_TOMBSTONE);
    var order = accept(new Wish("poor", Map.of("common-1", 99)));
    await().atMost(SETTLE).until(() -> statusOf(order).equals("CANCELLED"));
    shop.deposit("poor", 100_000);
    Message.refund(mall, order, 9);
    Message.charge(mall, order, 9, "poor", 500);
    await()
        .atMost(SETTLE)
        .until(() -> count(Service.PAYMENT, "select count(*) from decision where round = 9") == 2);

    assertThat(judgement().violations()).containsKey(Kind.MONEY_DISAGREES);
  }

  @Test
  void g6ACustomerWhoIsToldTwice() throws Exception {
    dropKeys("notification");
    restart(Service.NOTIFICATION, Mutation.TELL_AGAIN);
    replayEverything();
    await()
        .atMost(SETTLE)
        .until(() -> count(Service.NOTIFICATION, "select count(*) from notification") > 1);

    assertThat(judgement().violations()).containsKey(Kind.TOLD_WRONGLY);
  }

  /** All replicas come back with their promises broken. */
  private void restart(Service service, Mutation... broken) throws InterruptedException {
    for (Replica replica : mall.replicasOf(service)) {
      replica.kill();
      replica.start(broken);
    }
    mall.awaitReady();
  }

  private Report judgement() throws Exception {
    var settings =
        Settings.USUAL
            .waiting(Duration.ofSeconds(12))
            .late(Duration.ofSeconds(5))
            .finalFor(Duration.ofSeconds(1));
    return new Verifier(mall.databases(), settings).verify();
  }

  private void replayEverything() throws InterruptedException {
    Faults.named(mall, "every topic replayed").strike(mall, new Random(1));
  }

  private void everybodyWants(String sku) {
    acceptPriced(sku);
    try (var buyers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        var wish = new Wish("customer-" + i % 20, Map.of(sku, 1));
        buyers.submit(() -> accept(wish));
      }
    }
  }

  /** An order for something new: order-service must first have heard of it. */
  private String acceptPriced(String sku) {
    return accept(new Wish("customer-1", Map.of(sku, 1)));
  }

  private String accept(Wish wish) {
    var key = UUID.randomUUID().toString();
    return await()
        .atMost(SETTLE)
        .ignoreException(ShopClient.NoAnswer.class)
        .until(() -> shop.place(wish, key), ShopClient.Answer::isSuccess)
        .body()
        .get("id")
        .asString();
  }

  private void awaitConfirmed(String id) {
    await().atMost(SETTLE).until(() -> statusOf(id).equals("CONFIRMED"));
  }

  private String statusOf(String id) {
    try {
      return shop.order(id).body().path("status").asString();
    } catch (ShopClient.NoAnswer lost) {
      return lost.toString();
    }
  }

  private long expired() throws SQLException {
    return count(Service.INVENTORY, "select count(*) from reservation where state = 'EXPIRED'");
  }

  private long held() throws SQLException {
    return count(Service.INVENTORY, "select count(*) from reservation where state = 'HELD'");
  }

  private long count(Service service, String sql) throws SQLException {
    try (var connection = mall.connect(service);
        var row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The database's own veto, which would hide what the service does. */
  private void dropChecks(String table) throws SQLException {
    drop(Service.INVENTORY, table, 'c');
  }

  private void dropKeys(String table) throws SQLException {
    drop(Service.NOTIFICATION, table, 'p', 'u');
  }

  private void drop(Service service, String table, Character... types) throws SQLException {
    var sql =
        """
        do $$ declare name text; begin
          for name in select conname from pg_constraint
                       where conrelid = '%s'::regclass and contype in ('%s') loop
            execute format('alter table %s drop constraint %%I', name);
          end loop;
        end $$
        """
            .formatted(
                table,
                String.join("','", Arrays.stream(types).map(String::valueOf).toList()),
                table);
    try (var connection = mall.connect(service);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
