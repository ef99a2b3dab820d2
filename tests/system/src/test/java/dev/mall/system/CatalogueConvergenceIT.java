package dev.mall.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.wire.Topics;
import dev.mall.inventory.InventoryApplication;
import dev.mall.inventory.catalogue.PutProduct;
import dev.mall.money.Money;
import dev.mall.order.OrderApplication;
import dev.mall.testing.Infrastructure;
import dev.mall.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * order-service's copy of the catalogue equals inventory-service's catalogue after message loss.
 */
class CatalogueConvergenceIT {

  private static final int PRODUCTS = 5;

  private final TestDatabase inventoryDatabase = TestDatabase.create("inventory");
  private final TestDatabase orderDatabase = TestDatabase.create("orders");

  @Test
  void aCopyConvergesAfterKafkaLostEveryPublishedProduct() throws Exception {
    try (var inventory =
        start(
            InventoryApplication.application(),
            inventoryDatabase,
            "--mall.locking.redis-url=" + Infrastructure.redis().url(),
            "--mall.catalogue.refresh-every=1s",
            "--mall.catalogue.refresh-pause=50ms")) {
      var products = inventory.getBean(PutProduct.class);
      IntStream.range(0, PRODUCTS)
          .forEach(i -> products.put("tea-" + i, "Tea " + i, Money.of(499 + i, "EUR")));
      loseThePublishedProducts();

      try (var _ = start(OrderApplication.application(), orderDatabase)) {
        awaitEqualCatalogues();

        products.put("tea-0", "Tea 0, now cheaper", Money.of(399, "EUR"));
        loseThePublishedProducts();

        awaitEqualCatalogues();
      }
    }
  }

  private void awaitEqualCatalogues() {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(productsOf(orderDatabase))
                .hasSize(PRODUCTS)
                .isEqualTo(productsOf(inventoryDatabase)));
  }

  private static List<Map<String, Object>> productsOf(TestDatabase database) {
    return JdbcClient.create(database.dataSource())
        .sql("select sku, version, name, price_minor, currency from product order by sku")
        .query()
        .listOfRows();
  }

  /** Deletes the topic's records once at least one is there, whether or not they were read. */
  private static void loseThePublishedProducts() throws Exception {
    try (var admin =
        Admin.create(Map.of("bootstrap.servers", Infrastructure.kafka().bootstrapServers()))) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> offsets(admin, OffsetSpec.latest()), ends -> total(ends) > 0);
      letRecordsBeDeleted(admin);
      var ends = offsets(admin, OffsetSpec.latest());
      admin
          .deleteRecords(
              ends.entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue()))))
          .all()
          .get();
      assertThat(total(offsets(admin, OffsetSpec.earliest()))).isGreaterThanOrEqualTo(total(ends));
    }
  }

  /** The broker refuses to delete records of a topic that is only compacted. */
  private static void letRecordsBeDeleted(Admin admin) throws Exception {
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, Topics.CATALOGUE_EVENTS),
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("cleanup.policy", "compact,delete"),
                        AlterConfigOp.OpType.SET))))
        .all()
        .get();
  }

  private static Map<TopicPartition, Long> offsets(Admin admin, OffsetSpec which) throws Exception {
    var partitions =
        admin
            .describeTopics(List.of(Topics.CATALOGUE_EVENTS))
            .allTopicNames()
            .get()
            .get(Topics.CATALOGUE_EVENTS)
            .partitions();
    var asked =
        partitions.stream()
            .collect(
                Collectors.toMap(
                    partition -> new TopicPartition(Topics.CATALOGUE_EVENTS, partition.partition()),
                    _ -> which));
    return admin.listOffsets(asked).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, found -> found.getValue().offset()));
  }

  private static long total(Map<TopicPartition, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }

  private static ConfigurableApplicationContext start(
      SpringApplicationBuilder service, TestDatabase database, String... settings) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.name(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + Infrastructure.kafka().bootstrapServers()));
    arguments.addAll(List.of(settings));
    return service.run(arguments.toArray(String[]::new));
  }
}
