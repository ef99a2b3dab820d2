package dev.mall.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.wire.Topics;
import dev.mall.inventory.InventoryServiceTests;
import dev.mall.money.Money;
import dev.mall.testing.Infrastructure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Announcements that Kafka lost are made again without being asked for. */
class RefreshCatalogueIT extends InventoryServiceTests {

  @DynamicPropertySource
  static void own(DynamicPropertyRegistry registry) {
    Infrastructure.register(registry, "refreshed");
    registry.add("mall.catalogue.refresh-every", () -> "1s");
    registry.add("mall.catalogue.refresh-pause", () -> "50ms");
    registry.add("mall.catalogue.refresh-page", () -> 2);
  }

  @Test
  void announcesEveryProductAgainAfterKafkaLostThem() throws Exception {
    var skus = IntStream.range(0, 5).mapToObj(_ -> aProduct()).toList();
    products.put(skus.getFirst(), "Tea", Money.of(599, "EUR"));
    published.await(2, skus.getFirst());
    loseTopic();
    var before = announced(skus);

    skus.forEach(sku -> published.await(before.get(sku) + 1, sku));

    assertThat(published.await(1, skus.getFirst()).getLast().priceMinor()).isEqualTo(599);
    assertThat(published.await(1, skus.getFirst()).getLast().version()).isEqualTo(2);
  }

  private Map<String, Integer> announced(List<String> skus) {
    var counts = new TreeMap<String, Integer>();
    skus.forEach(sku -> counts.put(sku, published.await(1, sku).size()));
    return counts;
  }

  private static void loseTopic() throws Exception {
    try (var broker =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                Infrastructure.kafka().bootstrapServers()))) {
      broker.deleteTopics(List.of(Topics.CATALOGUE_EVENTS)).all().get();
    }
  }
}
