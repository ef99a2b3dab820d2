package dev.mall.system;

import static dev.mall.system.Services.Service.INVENTORY;
import static dev.mall.system.Services.Service.NOTIFICATION;
import static dev.mall.system.Services.Service.ORDER;
import static dev.mall.system.Services.Service.PAYMENT;
import static dev.mall.system.Services.Service.SAGA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.Topics;
import dev.mall.system.Shoppers.Wish;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What may fail fails, under load, on real servers and processes. After each fault every accepted
 * order must be final, and stock, money and messages must add up.
 *
 * <p>order-service is one process, everything else another, and a third holds second replicas of
 * inventory-service and saga-orchestrator.
 */
class FaultsIT {

  private static final Duration SETTLE = Duration.ofSeconds(90);

  private static TestMall mall;
  private static ServiceProcess orders;
  private static ServiceProcess others;
  private static ServiceProcess replicas;
  private static MallClient client;
  private static Books books;

  private Shoppers shoppers;

  @BeforeAll
  static void open() {
    mall =
        new TestMall(
            Map.of(
                "SPRING_APPLICATION_JSON",
                """
                {"mall": {
                  "orders": {"announce-again-after": "5s", "announce-every": "1s"},
                  "saga": {"place-order": {"steps": {
                    "reserve": {"timeout": "3s"}, "pay": {"timeout": "3s"},
                    "commit": {"timeout": "3s"}, "confirm": {"timeout": "3s"},
                    "notify": {"timeout": "3s"}, "release": {"timeout": "3s"},
                    "refund": {"timeout": "3s"}, "cancel": {"timeout": "3s"}}}}}}
                """));
    orders = mall.start(ORDER);
    others = mall.start(INVENTORY, PAYMENT, NOTIFICATION, SAGA);
    replicas = mall.start(INVENTORY, SAGA);
    others.awaitReady();
    client =
        new MallClient(
            orders.uri(ORDER),
            others.uri(INVENTORY),
            others.uri(PAYMENT),
            others.uri(NOTIFICATION));
    for (int i = 0; i < 5; i++) {
      client.offer("sku-" + i, 100 + i, 1_000_000);
      client.deposit("shopper-" + i, 1_000_000_000);
    }
    client.offer("scarce", 700, 30);
    client.deposit("poor", 1_000);
    orders.awaitReady();
    replicas.awaitReady();
    books = new Books(mall);
  }

  @AfterAll
  static void close() {
    mall.close();
  }

  @BeforeEach
  void hireShoppers() {
    shoppers = new Shoppers(client);
    awaitCatalogue();
  }

  @AfterEach
  void dismissShoppers() {
    shoppers.close();
  }

  @Test
  void anOrderCommittedButNotSentIsCompletedByTheProcessThatComesNext() {
    mall.kafka.stop();
    String id;
    try {
      var answer = client.place("shopper-1", Map.of("sku-1", 1), Map.of());
      assertThat(answer.status()).isEqualTo(202);
      id = answer.body().get("id").asString();
      orders.kill();
    } finally {
      mall.kafka.start();
    }
    orders.startAgain();
    orders.awaitReady();

    await()
        .atMost(SETTLE)
        .until(() -> client.order(id).body().get("status").asString().equals("CONFIRMED"));
    books.balance();
  }

  @Test
  void everyServiceMayBeKilledUnderLoad() throws Exception {
    int before = 0;
    for (var victim : new ServiceProcess[] {orders, others, replicas}) {
      var load = shoppers.place(run(), 200, 1, wishes(1));
      awaitAccepted(before + 20);
      victim.kill();
      victim.startAgain();
      victim.awaitReady();
      load.get(120, TimeUnit.SECONDS);
      before += 200;
    }

    settles();
  }

  @Test
  void aProcessMayStandStillPastItsLeases() throws Exception {
    var load = shoppers.place(run(), 200, 2, wishes(2));
    awaitAccepted(20);
    replicas.pause();
    load.get(120, TimeUnit.SECONDS);
    settles(); // by then others have taken over its leases, locks, partitions and transactions
    replicas.resume();
    replicas.awaitReady();

    shoppers.place(run(), 50, 12, wishes(12)).get(120, TimeUnit.SECONDS);
    settles();
  }

  @Test
  void kafkaMayBeRestartedUnderLoad() throws Exception {
    var load = shoppers.place(run(), 300, 3, wishes(3));
    awaitAccepted(20);
    mall.kafka.restart();
    load.get(120, TimeUnit.SECONDS);

    settles();
  }

  @Test
  void kafkaMayComeBackEmpty() throws Exception {
    var load = shoppers.place(run(), 300, 4, wishes(4));
    awaitAccepted(20);
    mall.kafka.restartEmpty();
    load.get(120, TimeUnit.SECONDS);

    settles();
  }

  @Test
  void postgresMayBeRestartedUnderLoad() throws Exception {
    var load = shoppers.place(run(), 300, 5, wishes(5));
    awaitAccepted(20);
    mall.postgres.restart();
    load.get(120, TimeUnit.SECONDS);

    settles();
    assertThat(books.deadLetters()).as("nothing was put aside for the outage").isEmpty();
  }

  @Test
  void redisMayBeAwayAndComeBackEmpty() throws Exception {
    var tokens = books.fence();
    mall.redis.stop();
    var load = shoppers.place(run(), 100, 6, wishes(6));
    load.get(120, TimeUnit.SECONDS);
    settles();

    mall.redis.restartEmpty();
    shoppers.place(run(), 100, 7, wishes(7)).get(120, TimeUnit.SECONDS);
    settles();
    await()
        .atMost(SETTLE)
        .untilAsserted(() -> {
          shoppers.place(run(), 5, 8, wishes(8)).get(60, TimeUnit.SECONDS);
          assertThat(books.fence()).as("tokens go on growing").isGreaterThan(tokens);
        });
  }

  @Test
  void anAnnouncementThatWasLostIsRepeated() {
    mall.kafka.stop();
    String id;
    try {
      id = client.place("shopper-1", Map.of("sku-1", 1), Map.of()).body().get("id").asString();
      JdbcClient.create(mall.database(ORDER))
          .sql("delete from outbox where key = :id")
          .param("id", id)
          .update();
    } finally {
      mall.kafka.start();
    }

    await()
        .atMost(SETTLE)
        .until(() -> client.order(id).body().get("status").asString().equals("CONFIRMED"));
    books.balance();
  }

  @Test
  void everyMessageMayComeAgain() throws Exception {
    shoppers.place(run(), 100, 9, wishes(9)).get(120, TimeUnit.SECONDS);
    settles();
    var before = books.summary();

    for (var topic : Topics.ALL) {
      Replay.everything(mall.kafka.bootstrapServers(), topic);
    }
    // what is placed last is handled last: all repeats are through when it is final
    shoppers.place(run(), 50, 10, wishes(10)).get(120, TimeUnit.SECONDS);

    settles();
    assertThat(books.deadLetters()).isEmpty();
    assertThat(books.summary().confirmed()).isGreaterThanOrEqualTo(before.confirmed());
  }

  @Test
  void twoHundredBuyersOfFiftyPiecesGetExactlyFifty() throws Exception {
    var sku = "rare-" + UUID.randomUUID();
    client.offer(sku, 1_000, 50);
    awaitPriced(sku);
    var buyers = new int[] {0};
    var load =
        shoppers.place(
            run(), 200, 11, () -> new Wish("shopper-" + buyers[0]++ % 5, Map.of(sku, 1)));
    load.get(120, TimeUnit.SECONDS);

    var ended = shoppers.awaitFinal(SETTLE);

    assertThat(ended).containsEntry("CONFIRMED", 50).containsEntry("CANCELLED", 150);
    assertThat(client.stock(sku).body().get("onHand").asInt()).isZero();
    books.balance();
  }

  /** Until the load is under way. */
  private void awaitAccepted(int orders) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> shoppers.accepted().size() >= orders);
  }

  private void settles() {
    shoppers.awaitFinal(SETTLE);
    books.balance();
  }

  /** Mostly orders that can be had, some that cannot, some of several lines. */
  private static Supplier<Wish> wishes(long seed) {
    var random = new Random(seed);
    return () ->
        switch (random.nextInt(10)) {
          case 0 -> new Wish("poor", Map.of("sku-0", 3));
          case 1 -> new Wish("shopper-0", Map.of("scarce", 2));
          case 2, 3 ->
              new Wish(
                  "shopper-" + random.nextInt(5),
                  Map.of("sku-1", 1, "sku-2", 1 + random.nextInt(3), "sku-3", 2));
          default ->
              new Wish(
                  "shopper-" + random.nextInt(5),
                  Map.of("sku-" + random.nextInt(5), 1 + random.nextInt(3)));
        };
  }

  private static void awaitCatalogue() {
    for (int i = 0; i < 5; i++) {
      awaitPriced("sku-" + i);
    }
    awaitPriced("scarce");
  }

  /**
   * Until order-service has heard of the product, and an order that nobody can pay for has come and
   * gone: it holds a piece for a moment.
   */
  private static void awaitPriced(String sku) {
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreException(MallClient.NoAnswer.class)
        .until(() -> probe(sku).equals("CANCELLED"));
  }

  private static String probe(String sku) {
    var answer = client.place("nobody", Map.of(sku, 1), Map.of("Idempotency-Key", "priced-" + sku));
    return answer.status() < 300
        ? client.order(answer.body().get("id").asString()).body().get("status").asString()
        : "not taken: " + answer;
  }

  private static String run() {
    return UUID.randomUUID().toString();
  }
}
