package dev.mall.system;

import static dev.mall.system.OpenMall.soon;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Steps that healthy services survive and that show a broken guarantee, on a mall with two
 * inventory replicas.
 */
abstract class GuaranteeScenarios {

  /**
   * After which a producer has dropped what Kafka has not taken. A relay that does not wait for the
   * acknowledgement empties the outbox before, and the producer may deliver all the same.
   */
  static final Duration PAST_DELIVERY = Duration.ofSeconds(15);

  /** The verifier's tolerance here for anything that is past its time. */
  static final Duration LATE = Duration.ofSeconds(5);

  static final String RICH = "rich";
  static final int BUYERS = 20;

  static final String WRITERS_THAT_WAIT =
      """
      select count(*) from pg_stat_activity
       where wait_event_type = 'Lock' and query like '%stock%' and datname = current_database()
      """;

  static final String IN_STOCK_FOR_LONG =
      """
      select count(*) from receipt
       where sku = 'common-2' and booked_at < clock_timestamp() - interval '125 s'
      """;

  /** Of a saga that waits for its payment, in milliseconds since 1970; 0 without one. */
  static final String DEADLINE =
      """
      select coalesce(max((extract(epoch from deadline) * 1000)::bigint), 0)
        from saga where order_id = %s and step = 'pay'
      """;

  static OpenMall open;
  static Mall mall;
  static ShopClient shop;
  static int names;

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

  static void manyOrderFewPieces() throws Exception {
    everyBuyerOrders(offered(3));
  }

  /**
   * Both replicas have read that there is one piece, and wait until they may write. No customer
   * pays for now: a commit looks again, and would sell what two hold to one of them.
   */
  static void twoReplicasSellTheLastPiece() throws Exception {
    var sku = offered(1);
    payment().pause();
    try (var connection = mall.connect(MallService.INVENTORY);
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select from stock where sku = '%s' for update".formatted(sku));
      everyBuyerOrders(sku);
      soon().until(() -> count(MallService.INVENTORY, WRITERS_THAT_WAIT) > 1);
      connection.commit();
    }
    soon().until(() -> count(MallService.INVENTORY, WRITERS_THAT_WAIT) == 0);
  }

  static void anOrderIsConfirmed() {
    awaitStatus(open.accept(new RequestedOrder(RICH, Map.of(offered(9), 1))), "CONFIRMED");
  }

  /** The first one's reservation expires while it waits to be paid for. */
  static void twoPayForOnePiece() {
    var order = new RequestedOrder(RICH, Map.of(offered(1), 1));
    payment().pause();
    awaitReservation(open.accept(order), "EXPIRED");
    awaitReservation(open.accept(order), "HELD");
    payment().resume();
  }

  static void aChargeComesAgainWhenThereIsMoney() throws Exception {
    var customer = aPoorCustomer();
    var order = declined(customer);
    // otherwise the payment's own memory of the decline would hide that the decision is forgotten
    execute(MallService.PAYMENT, "update payment set declined_round = 0 where order_id = " + order);
    shop.deposit(customer, 100_000);
    replayEverything();
  }

  static void aChargeComesAfterItsRefund() throws Exception {
    var customer = aPoorCustomer();
    var order = declined(customer);
    shop.deposit(customer, 100_000);
    InjectedMessage.refund(mall, order, 9);
    InjectedMessage.charge(mall, order, 9, customer, 100);
    awaitRead();
  }

  static void everyMessageIsRepeated() throws Exception {
    anOrderIsConfirmed();
    replayEverything();
  }

  static void anOrderComesWhileKafkaIsDown() throws Exception {
    var sku = offered(9);
    mall.kafka().kill();
    try {
      open.accept(new RequestedOrder(RICH, Map.of(sku, 1)));
      Polling.until(PAST_DELIVERY, () -> false); // an empty outbox would not do
    } finally {
      mall.kafka().start();
    }
  }

  /**
   * An order of a product that was in stock for longer than the verifier allows clocks to differ.
   */
  static void thereIsEnoughForAnOrder() {
    soon().until(() -> count(MallService.INVENTORY, IN_STOCK_FOR_LONG) == 1);
    var order = open.accept(new RequestedOrder(RICH, Map.of("common-2", 1)));
    soon().until(() -> !open.statusOf(order).equals("PENDING"));
  }

  /** payment-service does not answer until it is resumed. */
  static void aDeadlinePasses() {
    payment().pause();
    var order = open.accept(new RequestedOrder(RICH, Map.of("common-4", 1)));
    soon().until(() -> deadline(order) > 0);
    long first = deadline(order);
    soon().until(() -> deadline(order) != first || isPast(first));
  }

  static void aPriceChangesOftenWhileKafkaIsDown() throws Exception {
    var sku = offered(9);
    mall.kafka().kill();
    try {
      for (int price = 101; price <= 105; price++) {
        shop.offer(sku, price, 1);
      }
    } finally {
      mall.kafka().start();
    }
    var unsent = "select count(*) from outbox where key = '%s'".formatted(sku);
    soon().until(() -> count(MallService.INVENTORY, unsent) == 0);
  }

  static void aPriceChanges() {
    shop.offer("common-5", 1_000 + ++names, 1);
  }

  static void replayEverything() throws Exception {
    Faults.named(mall, "every topic replayed").strike(mall, new Random(1));
    awaitRead();
  }

  static void awaitRead() throws Exception {
    assertThat(TopicClient.isReadWithin(mall.kafkaServers(), OpenMall.SETTLE)).isTrue();
  }

  /** Many at once, each for one piece. Orders of one customer would wait for each other. */
  static void everyBuyerOrders(String sku) throws Exception {
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
  static String offered(int pieces) {
    var sku = named("sku");
    shop.offer(sku, 100, pieces);
    open.awaitPriced(sku);
    return sku;
  }

  static long deadline(String order) {
    return count(MallService.SAGA, DEADLINE.formatted(order));
  }

  /** Whether a time is further back than the verifier tolerates. */
  static boolean isPast(long deadline) {
    var now = "select (extract(epoch from clock_timestamp()) * 1000)::bigint";
    return count(MallService.SAGA, now) > deadline + LATE.plusSeconds(1).toMillis();
  }

  static ServiceReplica payment() {
    return mall.replicasOf(MallService.PAYMENT).getFirst();
  }

  static String buyer(int number) {
    return "buyer-" + number;
  }

  static String aPoorCustomer() {
    var customer = named("poor");
    shop.deposit(customer, 1);
    return customer;
  }

  /** An order that the customer cannot pay for. */
  static String declined(String customer) {
    var order = open.accept(new RequestedOrder(customer, Map.of(offered(9), 1)));
    awaitStatus(order, "CANCELLED");
    return order;
  }

  static String named(String what) {
    return what + "-" + ++names;
  }

  static void awaitStatus(String order, String status) {
    soon().until(() -> open.statusOf(order).equals(status));
  }

  static void awaitReservation(String order, String state) {
    var sql =
        "select count(*) from reservation where order_id = %s and state = '%s'"
            .formatted(order, state);
    soon().until(() -> count(MallService.INVENTORY, sql) == 1);
  }

  static long count(MallService service, String sql) {
    try (var connection = mall.connect(service);
        var row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static void execute(MallService service, String sql) throws SQLException {
    try (var connection = mall.connect(service);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
