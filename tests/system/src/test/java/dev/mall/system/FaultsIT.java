package dev.mall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.chaos.fault.Faults;
import dev.mall.chaos.fault.message.TopicClient;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.Topology;
import dev.mall.chaos.shop.RequestedOrder;
import dev.mall.chaos.shop.Shoppers;
import dev.mall.chaos.shop.Workload;
import dev.mall.cli.MallService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The faults that every build is tried with: on real servers, each service a process from its own
 * jar, judged by the verifier. {@code ./mall chaos} has all the others.
 */
class FaultsIT {

  private static OpenMall open;
  private static Mall mall;
  private static List<String> complaints;

  @BeforeAll
  static void openMall(@TempDir Path home) throws Exception {
    open = OpenMall.open(home, Topology.usual(OpenMall.REPOSITORY).doubling(MallService.INVENTORY));
    mall = open.mall;
    complaints = open.complaints();
  }

  @AfterAll
  static void close() {
    open.close();
  }

  @AfterEach
  void everythingAddsUp() throws Exception {
    open.assertSound();
  }

  /** A line that is logged at each start would hide the one that matters. */
  @Test
  void noServiceWarnsWhenItStartsAndServesItsFirstOrder() {
    assertThat(complaints).isEmpty();
  }

  @Test
  void anOrderCommittedButNotSentIsCompletedByTheProcessThatComesNext() throws Exception {
    mall.kafka().kill();
    var id = open.accept(new RequestedOrder("customer-1", Map.of("common-1", 1)));
    mall.replicasOf(MallService.ORDER).getFirst().kill();
    mall.kafka().start();
    mall.awaitReady();

    OpenMall.soon().until(() -> open.statusOf(id).equals("CONFIRMED"));
  }

  @Tag("long")
  @Test
  void everyServiceMayBeKilledUnderLoad() throws Exception {
    try (var shoppers = new Shoppers(open.shop, new Workload(1), open.journal, 30)) {
      shoppers.awaitServed(OpenMall.SETTLE);
      shoppers.come();
      for (var service : MallService.values()) {
        int before = shoppers.accepted();
        OpenMall.soon().until(() -> shoppers.accepted() > before + 20);
        var victim = mall.replicasOf(service).getFirst();
        victim.kill();
        victim.start();
      }
      mall.awaitReady();
      shoppers.awaitServed(OpenMall.SETTLE);
      shoppers.drain();
      assertThat(shoppers.stats().failures()).isEmpty();
    }
  }

  @Test
  void everyMessageMayComeAgain() throws Exception {
    try (var shoppers = new Shoppers(open.shop, new Workload(2), open.journal, 30)) {
      shoppers.awaitServed(OpenMall.SETTLE);
      shoppers.come();
      OpenMall.soon().until(() -> shoppers.accepted() > 60);
      Faults.named(mall, "every topic replayed").strike(mall, new Random(3));
      shoppers.awaitServed(OpenMall.SETTLE);
      shoppers.drain();
      assertThat(TopicClient.isReadWithin(mall.kafkaServers(), OpenMall.SETTLE)).isTrue();
      assertThat(shoppers.stats().failures()).isEmpty();
    }
  }

  @Test
  void twoHundredBuyersOfFiftyPiecesGetExactlyFifty() throws Exception {
    var sku = "rare-" + UUID.randomUUID();
    open.shop.offer(sku, 1_000, 50);
    open.awaitPriced(sku);

    var orders = new ArrayList<Future<String>>();
    try (var buyers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        var order = new RequestedOrder("customer-" + i % 20, Map.of(sku, 1));
        orders.add(buyers.submit(() -> open.accept(order)));
      }
    }
    OpenMall.soon()
        .until(
            () -> orders.stream().noneMatch(it -> open.statusOf(it.resultNow()).equals("PENDING")));

    assertThat(orders)
        .filteredOn(order -> open.statusOf(order.resultNow()).equals("CONFIRMED"))
        .hasSize(50);
    assertThat(open.shop.stock(sku).number("onHand")).isZero();
  }
}
