package dev.mall.benchmarks.floor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.load.ClosedLoop;
import dev.mall.benchmarks.load.LoadRecorder;
import dev.mall.benchmarks.load.OrderClient;
import dev.mall.benchmarks.measure.MeasuredSystem;
import dev.mall.benchmarks.measure.OrderCounts;
import dev.mall.cli.HttpReply;
import dev.mall.cli.JsonHttpClient;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The yardsticks do the same work as the mall, and nothing wrong. */
class FloorIT {

  private static final Assortment USUAL = new Assortment(10, 2, 20);
  private static final JsonHttpClient HTTP =
      new JsonHttpClient(Duration.ofSeconds(5), Duration.ofSeconds(30));

  @TempDir private static Path home;
  private static FloorSystem floor;

  @BeforeAll
  static void start() throws InterruptedException {
    floor = FloorSystem.start(home);
    floor.open(USUAL);
  }

  @AfterAll
  static void stop() {
    floor.close();
  }

  @Test
  void confirmsOrdersOfConcurrentCustomers() throws Exception {
    assertThat(placed(floor, USUAL, 200)).isEqualTo(new OrderCounts(200, 0, 0));
    assertThat(placed(floor, USUAL.asHot(), 100)).isEqualTo(new OrderCounts(100, 0, 0));
    assertThat(floor.violations()).isEmpty();
  }

  @Test
  void declinesThePaymentOfACustomerWithoutMoney() throws Exception {
    floor.open(USUAL.asPoor());

    assertThat(placed(floor, USUAL.asPoor(), 20)).isEqualTo(new OrderCounts(0, 20, 0));
    assertThat(floor.violations()).isEmpty();
  }

  @Test
  void writesTheSameRowsWithoutTheService() throws Exception {
    try (var bare = floor.withoutService()) {
      assertThat(placed(bare, USUAL, 50)).isEqualTo(new OrderCounts(50, 0, 0));
      assertThat(bare.violations()).isEmpty();
    }
  }

  @Test
  void countsItsCpuTimeAndItsCommits() throws Exception {
    var usage = floor.usage();
    var start = usage.sample(List.of());

    placed(floor, USUAL, 100);

    try (var connection = floor.database().dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("select pg_stat_force_next_flush()");
    }
    var used = usage.between(start, usage.sample(List.of()));
    assertThat(used.cpuMillis()).containsOnlyKeys("floor-service", "postgresql");
    assertThat(used.totalCpuMillis()).isPositive();
    assertThat(used.walBytes()).isGreaterThan(100 * 500);
    assertThat(used.memoryBytes().get("floor-service")).isGreaterThan(50_000_000);
  }

  @Test
  void repeatsTheAnswerToAKeyAndRefusesItsReuse() {
    var first = post("key-1", order("bench-1", 1));
    var repeated = post("key-1", order("bench-1", 1));
    var other = post("key-1", order("bench-1", 2));

    assertThat(first.status()).isEqualTo(200);
    assertThat(repeated.body()).isEqualTo(first.body());
    assertThat(other.status()).isEqualTo(422);
  }

  @Test
  void refusesWhatTheMallRefuses() {
    assertThat(post("key-2", order("unknown", 1)).status()).isEqualTo(400);
    assertThat(post("key-2", order("bench-1", 0)).status()).isEqualTo(400);
    assertThat(post("key-2", order("bench-1", 1)).status()).isEqualTo(200); // nothing was kept
  }

  private static HttpReply post(String key, Map<String, Object> order) {
    return HTTP.post(
        floor.address().resolve(URI.create("/orders")), order, Map.of("Idempotency-Key", key));
  }

  private static Map<String, Object> order(String sku, int quantity) {
    return Map.of(
        "customerId",
        "bench-customer-1",
        "items",
        List.of(Map.of("sku", sku, "quantity", quantity)),
        "payment",
        Map.of("method", "WALLET"));
  }

  /** Places orders with eight clients, and returns how many more there are. */
  private static OrderCounts placed(MeasuredSystem system, Assortment assortment, int orders)
      throws SQLException {
    var before = system.counts();
    var left = new AtomicInteger(orders);
    try (OrderClient client = system.client(assortment)) {
      new ClosedLoop(8, false)
          .run(client, new LoadRecorder(0, 0), () -> left.getAndDecrement() <= 0);
    }
    var after = system.counts();
    return new OrderCounts(
        after.confirmed() - before.confirmed(),
        after.cancelled() - before.cancelled(),
        after.open());
  }
}
