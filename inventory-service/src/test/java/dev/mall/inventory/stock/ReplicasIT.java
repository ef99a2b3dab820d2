package dev.mall.inventory.stock;

import static dev.mall.inventory.stock.StockFixtures.line;
import static dev.mall.inventory.stock.StockFixtures.reserve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.InventoryCommand;
import dev.mall.embedded.KafkaServer;
import dev.mall.embedded.RedisServer;
import dev.mall.testing.Infrastructure;
import dev.mall.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two replicas with one database, and a Kafka and a Redis that only they use. */
class ReplicasIT {

  private static final KafkaServer KAFKA = Infrastructure.newKafka();
  private static final RedisServer REDIS = Infrastructure.newRedis();
  private static List<InventoryReplica> replicas;
  private static JdbcClient jdbc;

  @BeforeAll
  static void start() {
    KAFKA.start();
    REDIS.start();
    var database = TestDatabase.create("inventory_replicas");
    jdbc = JdbcClient.create(database.dataSource());
    replicas =
        Stream.generate(() -> new InventoryReplica(database, KAFKA, REDIS)).limit(2).toList();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> replicas.stream().allMatch(InventoryReplica::hasPartitions));
  }

  @AfterAll
  static void stop() {
    replicas.forEach(InventoryReplica::close);
    REDIS.close();
    KAFKA.close();
  }

  @AfterEach
  void theStockAddsUp() {
    StockAudit.passes(jdbc);
  }

  @Test
  void twoHundredBuyersForFiftyPiecesBuyExactlyFifty() {
    replicas.getFirst().addProduct("last-fifty", 50);
    var orders = LongStream.rangeClosed(1, 200).boxed().toList();

    fromManyThreads(orders.stream().map(order -> reserve(order, line("last-fifty", 1))).toList());
    awaitAnswers("reserve", orders);

    assertThat(answers("reserve", orders))
        .isEqualTo(Map.of("StockReserved", 50L, "OutOfStock", 150L));
    assertThat(replicas).allSatisfy(replica -> assertThat(replica.batches()).isPositive());
    assertThat(replicas.stream().mapToDouble(r -> r.count("mall.lock.acquired")).sum())
        .as("batches that were locked")
        .isPositive();
    assertThat(fence("last-fifty")).isPositive();

    fromManyThreads(orders.stream().map(StockFixtures::commit).toList());
    awaitAnswers("commit", orders);

    assertThat(answers("commit", orders))
        .isEqualTo(Map.of("ReservationCommitted", 50L, "CommitRefused", 150L));
    assertThat(replicas.getFirst().level("last-fifty"))
        .isEqualTo(new StockLevel("last-fifty", 0, 0, 50, 50));
  }

  @Test
  void reservationsGoOnWithoutRedisAndTokensGrowWhenItComesBackEmpty() throws Exception {
    replicas.getFirst().addProduct("tea", 100);
    send(reserve(1_001, line("tea", 1)));
    awaitAnswers("reserve", List.of(1_001L));
    await().until(() -> reservedUnderAGreaterToken(0));
    long tokenBefore = fence("tea");

    REDIS.stop();
    var without = LongStream.rangeClosed(2_001, 2_030).boxed().toList();
    fromManyThreads(without.stream().map(order -> reserve(order, line("tea", 1))).toList());
    awaitAnswers("reserve", without);

    assertThat(answers("reserve", without)).isEqualTo(Map.of("StockReserved", 30L));
    for (var replica : replicas) {
      assertThat(replica.get("/actuator/health").body()).contains("\"status\":\"DEGRADED\"");
      assertThat(replica.get("/actuator/health").statusCode()).isEqualTo(200);
      assertThat(replica.get("/readyz").body()).contains("UP");
    }

    REDIS.restartEmpty();
    for (var replica : replicas) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> !replica.get("/actuator/health").body().contains("DEGRADED"));
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> reservedUnderAGreaterToken(tokenBefore));
  }

  /** A lock may be missed on a slow machine; then the next reservation shows it. */
  private static boolean reservedUnderAGreaterToken(long token) {
    long order = 10_000 + (System.nanoTime() & Integer.MAX_VALUE);
    send(reserve(order, line("tea", 1)));
    awaitAnswers("reserve", List.of(order));
    return fence("tea") > token;
  }

  private static long fence(String sku) {
    return jdbc.sql("select fence from stock where sku = :sku")
        .param("sku", sku)
        .query(Long.class)
        .single();
  }

  private static void send(InventoryCommand command) {
    replicas.getFirst().send(List.of(command));
  }

  /** Each in a transaction of its own, so that the replicas meet them in many small polls. */
  private static void fromManyThreads(List<? extends InventoryCommand> commands) {
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < commands.size(); i++) {
        var command = commands.get(i);
        var replica = replicas.get(i % 2);
        threads.submit(() -> replica.send(List.of(command)));
      }
    }
  }

  private static void awaitAnswers(String step, List<Long> orders) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            answers(step, orders).values().stream().mapToLong(Long::longValue).sum()
                == orders.size());
  }

  private static Map<String, Long> answers(String step, List<Long> orders) {
    return jdbc
        .sql(
            "select reply_type from decision where step = :step and round = 1 and order_id ="
                + " any(:orders)")
        .param("step", step)
        .param("orders", orders.stream().mapToLong(Long::longValue).toArray())
        .query(String.class)
        .list()
        .stream()
        .collect(Collectors.groupingBy(type -> type, Collectors.counting()));
  }
}
