package dev.mall.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.chaos.fault.Faults;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.Staffing;
import dev.mall.chaos.shop.Assortment;
import dev.mall.chaos.shop.ShopClient;
import dev.mall.chaos.shop.Shoppers;
import dev.mall.chaos.shop.Wish;
import dev.mall.verifier.Settings;
import dev.mall.verifier.Verifier;
import dev.mall.verifier.accepted.Journal;
import dev.mall.verifier.books.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The faults that every build is tried with: on real servers, each service a process from its own
 * jar, judged by the verifier. {@code ./mall chaos} has all the others.
 */
class FaultsIT {

  private static final Duration SETTLE = Duration.ofSeconds(90);
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  private static Path accepted;
  private static Mall mall;
  private static ShopClient shop;
  private static Journal journal;

  @BeforeAll
  static void open(@TempDir Path home) throws Exception {
    accepted = home.resolve("accepted.jsonl");
    mall = Mall.open(home, Staffing.usual(REPOSITORY).doubling(Service.INVENTORY));
    journal = Journal.open(accepted);
    shop = new ShopClient(mall::uri);
    mall.awaitReady();
    Assortment.open(shop);
  }

  @AfterAll
  static void close() {
    journal.close();
    mall.close();
  }

  @AfterEach
  void everythingAddsUp() throws Exception {
    var settings = Settings.USUAL.waiting(SETTLE).accepted(accepted);

    var report = new Verifier(mall.databases(), settings).verify();

    assertThat(report.isSound()).as("%s", report).isTrue();
  }

  @Test
  void anOrderCommittedButNotSentIsCompletedByTheProcessThatComesNext() throws Exception {
    awaitPriced("common-1");
    mall.kafka().kill();
    var id = accept(new Wish("customer-1", Map.of("common-1", 1)));
    mall.replicasOf(Service.ORDER).getFirst().kill();
    mall.kafka().start();
    mall.awaitReady();

    await().atMost(SETTLE).until(() -> statusOf(id).equals("CONFIRMED"));
  }

  @Test
  void everyServiceMayBeKilledUnderLoad() throws Exception {
    try (var shoppers = new Shoppers(shop, new Assortment(1), journal, 30)) {
      shoppers.awaitServed(SETTLE);
      shoppers.come();
      for (var service : Service.values()) {
        int before = shoppers.accepted();
        await().atMost(SETTLE).until(() -> shoppers.accepted() > before + 20);
        var victim = mall.replicasOf(service).getFirst();
        victim.kill();
        victim.start();
      }
      mall.awaitReady();
      shoppers.awaitServed(SETTLE);
      shoppers.closeDoors();
      assertThat(shoppers.tally().wrongs()).isEmpty();
    }
  }

  @Test
  void everyMessageMayComeAgain() throws Exception {
    try (var shoppers = new Shoppers(shop, new Assortment(2), journal, 30)) {
      shoppers.awaitServed(SETTLE);
      shoppers.come();
      await().atMost(SETTLE).until(() -> shoppers.accepted() > 60);
      Faults.named(mall, "every topic replayed").strike(mall, new Random(3));
      // what is placed last is handled last: all repeats are through when it is confirmed
      shoppers.awaitServed(SETTLE);
      shoppers.closeDoors();
      assertThat(shoppers.tally().wrongs()).isEmpty();
    }
  }

  @Test
  void twoHundredBuyersOfFiftyPiecesGetExactlyFifty() throws Exception {
    var sku = "rare-" + UUID.randomUUID();
    shop.offer(sku, 1_000, 50);
    awaitPriced(sku);

    var orders = new ArrayList<Future<String>>();
    try (var buyers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        var wish = new Wish("customer-" + i % 20, Map.of(sku, 1));
        orders.add(buyers.submit(() -> accept(wish)));
      }
    }
    await()
        .atMost(SETTLE)
        .until(() -> orders.stream().noneMatch(it -> statusOf(it.resultNow()).equals("PENDING")));

    assertThat(orders)
        .filteredOn(order -> statusOf(order.resultNow()).equals("CONFIRMED"))
        .hasSize(50);
    assertThat(shop.stock(sku).body().get("onHand").asInt()).isZero();
  }

  /** Places an order until it is accepted, with one key. */
  private static String accept(Wish wish) {
    var key = UUID.randomUUID().toString();
    var answer =
        await()
            .atMost(SETTLE)
            .ignoreException(ShopClient.NoAnswer.class)
            .until(() -> shop.place(wish, key), ShopClient.Answer::isSuccess);
    var id = answer.body().get("id").asString();
    journal.accepted(wish.customer(), key, id);
    return id;
  }

  /**
   * Until order-service has heard of the product, and an order that nobody can pay for has come and
   * gone: it holds a piece for a moment.
   */
  private static void awaitPriced(String sku) {
    var id = accept(new Wish("nobody", Map.of(sku, 1)));
    await().atMost(SETTLE).until(() -> statusOf(id).equals("CANCELLED"));
  }

  private static String statusOf(String id) {
    try {
      return shop.order(id).body().path("status").asString();
    } catch (ShopClient.NoAnswer lost) {
      return "PENDING";
    }
  }
}
