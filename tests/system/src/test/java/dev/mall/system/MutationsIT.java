package dev.mall.system;

import static dev.mall.system.OpenMall.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.mall.chaos.agent.Mutation;
import dev.mall.chaos.fault.Faults;
import dev.mall.chaos.fault.message.InjectedMessage;
import dev.mall.chaos.fault.message.TopicClient;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.ServiceReplica;
import dev.mall.chaos.mall.Topology;
import dev.mall.chaos.shop.RequestedOrder;
import dev.mall.chaos.shop.ShopClient;
import dev.mall.cli.MallService;
import dev.mall.cli.Polling;
import dev.mall.verifier.Verifier;
import dev.mall.verifier.VerifierSettings;
import dev.mall.verifier.findings.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The suite can fail: for each guarantee something is done that healthy services survive; then a
 * promise is broken inside a service, the same is done again, and the verifier must notice.
 */
@Tag("long")
class MutationsIT {

  private static final Duration NEVER_SETTLES = Duration.ofSeconds(12);

  /**
   * After which a producer has dropped what Kafka has not taken. A relay that does not wait for the
   * acknowledgement empties the outbox before, and the producer may deliver all the same.
   */
  private static final Duration PAST_DELIVERY = Duration.ofSeconds(15);

  private static final String RICH = "rich";
  private static final int BUYERS = 20;

  private static final String WRITERS_THAT_WAIT =
      """
      select count(*) from pg_stat_activity
       where wait_event_type = 'Lock' and query like '%stock%' and datname = current_database()
      """;

  private static OpenMall open;
  private static Mall mall;
  private static ShopClient shop;
  private static int names;

  /** Steps that are taken once with healthy services and once with a broken one. */
  @FunctionalInterface
  private interface Story {
    void happen() throws Exception;
  }

  /**
   * @param settle how long the verifier waits for what is under way before it judges
   */
  private record Broken(
      String name,
      Kind kind,
      Story story,
      Duration settle,
      MallService service,
      List<Mutation> promises) {

    static Broken of(
        String name, Kind kind, Story story, MallService service, Mutation... promises) {
      return new Broken(name, kind, story, NEVER_SETTLES, service, List.of(promises));
    }

    Broken judgedAtOnce() {
      return new Broken(name, kind, story, Duration.ZERO, service, promises);
    }
  }

  /** Those of one service one after the other: it need not be mended in between. */
  private static final List<Broken> ALL =
      List.of(
          Broken.of(
              "G2: a shelf that is never empty",
              Kind.OVERSOLD,
              MutationsIT::manyWantFewPieces,
              MallService.INVENTORY,
              Mutation.NEVER_OUT_OF_STOCK),
          Broken.of(
                  "G2: two writers with nothing between them",
                  Kind.OVERSOLD,
                  MutationsIT::twoWritersWantTheLastPiece,
                  MallService.INVENTORY,
                  Mutation.NO_FENCE_AND_NO_ROW_LOCKS)
              .judgedAtOnce(),
          Broken.of(
              "G3: a shelf that is not written",
              Kind.STOCK_UNBALANCED,
              MutationsIT::anOrderIsConfirmed,
              MallService.INVENTORY,
              Mutation.SHELF_NOT_WRITTEN),
          Broken.of(
              "G4: a refund that is skipped",
              Kind.MONEY_DISAGREES,
              MutationsIT::twoPayForOnePiece,
              MallService.PAYMENT,
              Mutation.NO_REFUND),
          Broken.of(
              "G5: a decision that is forgotten",
              Kind.MONEY_DISAGREES,
              MutationsIT::aChargeComesAgainWhenThereIsMoney,
              MallService.PAYMENT,
              Mutation.FORGET_DECISIONS),
          Broken.of(
              "G5: a charge that comes after its refund",
              Kind.MONEY_DISAGREES,
              MutationsIT::aChargeComesAfterItsRefund,
              MallService.PAYMENT,
              Mutation.NO_TOMBSTONE),
          Broken.of(
              "G6: a customer who is notified twice",
              Kind.TOLD_WRONGLY,
              MutationsIT::everythingIsSaidAgain,
              MallService.NOTIFICATION,
              Mutation.TELL_AGAIN),
          Broken.of(
              "G1: an order that is lost on its way",
              Kind.STUCK_IN_SILENCE,
              MutationsIT::anOrderComesWhileKafkaIsAway,
              MallService.ORDER,
              Mutation.REMOVE_UNACKNOWLEDGED,
              Mutation.NEVER_ANNOUNCE_AGAIN));

  @BeforeAll
  static void open(@TempDir Path home) throws Exception {
    var topology = Topology.usual(OpenMall.REPOSITORY).doubling(MallService.INVENTORY);
    open = OpenMall.open(home, topology);
    mall = open.mall;
    shop = open.shop;
    shop.deposit(RICH, 1_000_000_000);
    for (int i = 0; i < BUYERS; i++) {
      shop.deposit(buyer(i), 1_000_000_000);
    }
    // otherwise the database's own veto would hide what the service does
    execute(MallService.INVENTORY, "alter table stock drop constraint nothing_is_oversold");
    execute(MallService.NOTIFICATION, "alter table notification drop constraint notification_pkey");
  }

  @AfterAll
  static void close() {
    open.close();
  }

  @TestFactory
  Stream<DynamicTest> brokenPromisesAreNoticed() {
    return Stream.concat(
        Stream.of(dynamicTest("healthy services survive it all", this::healthyServicesSurviveAll)),
        ALL.stream().map(broken -> dynamicTest(broken.name(), () -> isNoticed(broken))));
  }

  private void healthyServicesSurviveAll() throws Exception {
    for (var broken : ALL) {
      try {
        broken.story().happen();
      } finally {
        mall.replicas().forEach(ServiceReplica::resume);
      }
    }

    assertThat(violations(OpenMall.SETTLE)).isEmpty();
    open.assertSound();
  }

  private void isNoticed(Broken broken) throws Exception {
    restart(broken);
    var before = violations(OpenMall.SETTLE);

    try {
      broken.story().happen();

      assertThat(newSince(before, broken.settle())).contains(broken.kind());
    } finally {
      mall.replicas().forEach(ServiceReplica::resume);
    }
  }

  /** All its replicas break their promises; those of other services come back whole. */
  private static void restart(Broken broken) throws InterruptedException {
    for (var replica : mall.replicas()) {
      boolean its = replica.service() == broken.service();
      if (its || replica.isBroken()) {
        replica.kill();
        replica.start(its ? broken.promises().toArray(Mutation[]::new) : new Mutation[0]);
      }
    }
    mall.awaitReady();
  }

  private static void manyWantFewPieces() throws Exception {
    everybodyWants(offered(3));
  }

  /**
   * Both replicas have read that there is one piece, and wait until they may write. No customer
   * pays for now: a commit looks again, and would sell what two hold to one of them.
   */
  private static void twoWritersWantTheLastPiece() throws Exception {
    var sku = offered(1);
    payment().pause();
    try (var connection = mall.connect(MallService.INVENTORY);
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select from stock where sku = '%s' for update".formatted(sku));
      everybodyWants(sku);
      soon().until(() -> count(MallService.INVENTORY, WRITERS_THAT_WAIT) > 1);
      connection.commit();
    }
    soon().until(() -> count(MallService.INVENTORY, WRITERS_THAT_WAIT) == 0);
  }

  private static void anOrderIsConfirmed() {
    awaitStatus(open.accept(new RequestedOrder(RICH, Map.of(offered(9), 1))), "CONFIRMED");
  }

  /** The first one's reservation expires while it waits to be paid for. */
  private static void twoPayForOnePiece() {
    var order = new RequestedOrder(RICH, Map.of(offered(1), 1));
    payment().pause();
    awaitReservation(open.accept(order), "EXPIRED");
    awaitReservation(open.accept(order), "HELD");
    payment().resume();
  }

  private static void aChargeComesAgainWhenThereIsMoney() throws Exception {
    var customer = aPoorCustomer();
    var order = declined(customer);
    // otherwise the payment's own memory of the decline would hide that the decision is forgotten
    execute(MallService.PAYMENT, "update payment set declined_round = 0 where order_id = " + order);
    shop.deposit(customer, 100_000);
    replayEverything();
  }

  private static void aChargeComesAfterItsRefund() throws Exception {
    var customer = aPoorCustomer();
    var order = declined(customer);
    shop.deposit(customer, 100_000);
    InjectedMessage.refund(mall, order, 9);
    InjectedMessage.charge(mall, order, 9, customer, 100);
    awaitRead();
  }

  private static void everythingIsSaidAgain() throws Exception {
    anOrderIsConfirmed();
    replayEverything();
  }

  private static void anOrderComesWhileKafkaIsAway() throws Exception {
    var sku = offered(9);
    mall.kafka().kill();
    try {
      open.accept(new RequestedOrder(RICH, Map.of(sku, 1)));
      Polling.until(PAST_DELIVERY, () -> false); // an empty outbox would not do
    } finally {
      mall.kafka().start();
    }
  }

  /** Kinds of which there are more than before. */
  private static Set<Kind> newSince(Map<Kind, Long> before, Duration settle) throws Exception {
    var now = violations(settle);
    now.keySet().removeIf(kind -> now.get(kind) <= before.getOrDefault(kind, 0L));
    return now.keySet();
  }

  private static Map<Kind, Long> violations(Duration settle) throws Exception {
    var settings = VerifierSettings.USUAL.waiting(settle).late(Duration.ofSeconds(5));
    var report = new Verifier(mall.databases(), settings).verify();
    return new TreeMap<>(report.violations());
  }

  private static void replayEverything() throws Exception {
    Faults.named(mall, "every topic replayed").strike(mall, new Random(1));
    awaitRead();
  }

  private static void awaitRead() throws Exception {
    assertThat(TopicClient.isReadWithin(mall.kafkaServers(), OpenMall.SETTLE)).isTrue();
  }

  /** Many at once, each for one piece. Orders of one customer would wait for each other. */
  private static void everybodyWants(String sku) throws Exception {
    var orders = new ArrayList<Future<String>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < BUYERS; i++) {
        var order = new RequestedOrder(buyer(i), Map.of(sku, 1));
        orders.add(threads.submit(() -> open.accept(order)));
      }
    }
    for (var order : orders) {
      order.get(); // or why it was not accepted
    }
  }

  /** A new product with so many pieces, which order-service knows. */
  private static String offered(int pieces) {
    var sku = named("sku");
    shop.offer(sku, 100, pieces);
    open.awaitPriced(sku);
    return sku;
  }

  private static ServiceReplica payment() {
    return mall.replicasOf(MallService.PAYMENT).getFirst();
  }

  private static String buyer(int number) {
    return "buyer-" + number;
  }

  private static String aPoorCustomer() {
    var customer = named("poor");
    shop.deposit(customer, 1);
    return customer;
  }

  /** An order that the customer cannot pay for. */
  private static String declined(String customer) {
    var order = open.accept(new RequestedOrder(customer, Map.of(offered(9), 1)));
    awaitStatus(order, "CANCELLED");
    return order;
  }

  private static String named(String what) {
    return what + "-" + ++names;
  }

  private static void awaitStatus(String order, String status) {
    soon().until(() -> open.statusOf(order).equals(status));
  }

  private static void awaitReservation(String order, String state) {
    var sql =
        "select count(*) from reservation where order_id = %s and state = '%s'"
            .formatted(order, state);
    soon().until(() -> count(MallService.INVENTORY, sql) == 1);
  }

  private static long count(MallService service, String sql) {
    try (var connection = mall.connect(service);
        var row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void execute(MallService service, String sql) throws SQLException {
    try (var connection = mall.connect(service);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
